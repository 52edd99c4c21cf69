import { expect, it } from 'vitest'
import { bySymbolAndTime, isPossible, toCandleRow, writeCandles } from './candle-row.ts'

const cells = { open: '10.0', high: '12', low: '9.5', close: '11', volume: '100' }
const row = toCandleRow('TCS', '2021-06-09', cells)

it.each([
  ['a high below the close', { high: 10.5 }],
  ['a low above the open', { low: 10.5 }],
  ['a price of zero', { open: 0, low: 0 }],
  ['a price that is no number', { close: Number.NaN }],
  ['a negative volume', { volume: -1 }],
])('a bar with %s cannot have happened', (_, change) => {
  expect(isPossible({ ...row, ...change })).toBe(false)
})

it('a bar without volume can have happened, and stays without', () => {
  const index = toCandleRow('BSE:SENSEX', '2021-06-09', { ...cells, volume: '' })
  expect(isPossible(index)).toBe(true)
  expect(writeCandles(['index', 'date'], [index])).toBe(
    'index,date,open,high,low,close,volume\nBSE:SENSEX,2021-06-09,10,12,9.5,11,\n',
  )
})

it('an empty price is no number, so the bar is not possible', () => {
  expect(isPossible(toCandleRow('TCS', '2021-06-09', { ...cells, open: '' }))).toBe(false)
})

it('rows are ordered by symbol, then time', () => {
  const rows = [row, { ...row, time: '2021-06-08' }, { ...row, symbol: 'ITC' }].toSorted(bySymbolAndTime)
  expect(rows.map((one) => `${one.symbol} ${one.time}`)).toEqual(['ITC 2021-06-09', 'TCS 2021-06-08', 'TCS 2021-06-09'])
})
