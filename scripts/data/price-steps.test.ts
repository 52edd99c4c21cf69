import { describe, expect, it } from 'vitest'
import { toCandleRow } from './candle-row.ts'
import { explainStep, findSteps } from './price-steps.ts'

// Invented closes; the dates are those of decisions in corporate-actions.ts.
function closes(symbol: string, ...rows: readonly (readonly [string, number])[]) {
  return rows.map(([date, close]) =>
    toCandleRow(symbol, date, { open: '1', high: '1', low: '1', close: String(close), volume: '1' }),
  )
}

describe('a step', () => {
  it('is a close below 3/4 or above 4/3 of the one before', () => {
    const rows = closes(
      'X',
      ['2020-01-01', 100],
      ['2020-01-02', 75],
      ['2020-01-03', 100],
      ['2020-01-06', 134],
      ['2020-01-07', 100],
    )
    expect(findSteps(rows).map((step) => step.date)).toEqual(['2020-01-06', '2020-01-07'])
  })

  it('is explained by an action whose factor leaves an ordinary move', () => {
    expect(explainStep({ symbol: 'TCS', date: '2018-05-31', ratio: 0.49 })).toMatchObject({ factor: 2, kind: 'bonus' })
  })

  it('is real when it is listed so', () => {
    expect(explainStep({ symbol: 'YESBANK', date: '2020-03-06', ratio: 0.44 })).toBeNull()
  })

  it('stops the build when the factor leaves too much, or nobody decided', () => {
    expect(() => explainStep({ symbol: 'TCS', date: '2018-05-31', ratio: 0.44 })).toThrow('leaves -12.0 %')
    expect(() => explainStep({ symbol: 'TCS', date: '2018-06-01', ratio: 0.5 })).toThrow('undecided')
  })
})
