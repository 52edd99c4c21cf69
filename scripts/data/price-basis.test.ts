import { describe, expect, it } from 'vitest'
import { toCandleRow } from './candle-row.ts'
import { checkBasis, formatFactor, toReplayBasis } from './price-basis.ts'

// Invented prices.
const bar = (symbol: string, date: string) =>
  toCandleRow(symbol, date, { open: '10', high: '12.05', low: '9', close: '11', volume: '7' })

describe('the replayed day’s basis', () => {
  it('multiplies prices, not volume, of a share that split after it', () => {
    expect(toReplayBasis(bar('TATASTEEL', '2021-06-09'))).toMatchObject({
      open: 100,
      high: 120.5,
      low: 90,
      close: 110,
      volume: 7,
    })
  })

  it('undoes an upstream mistake only before its day', () => {
    expect(toReplayBasis(bar('DRREDDY', '2011-03-16')).close).toBe(77)
    expect(toReplayBasis(bar('DRREDDY', '2011-03-17')).close).toBe(11)
  })

  it('leaves every other share alone', () => {
    expect(toReplayBasis(bar('TCS', '2021-06-09')).close).toBe(11)
  })

  it('is refused when a last tick lies more than 1 % from the close', () => {
    expect(() => checkBasis(new Map([['X', 100]]), new Map([['X', 100.9]]))).not.toThrow()
    expect(() => checkBasis(new Map([['X', 100]]), new Map([['X', 101.1]]))).toThrow('X: last tick')
  })

  it('writes factors short', () => {
    expect([10, 1.5, 4 / 3].map(formatFactor)).toEqual(['10', '1.5', '1.333333'])
  })
})
