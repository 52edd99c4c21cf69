import { instrumentId } from '@banyan/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Edge, Signal } from './analysis-face.ts'
import { composeScore, listScoreParts } from './composite-score.ts'
import { computeIndicators } from './compute-indicators.ts'
import { series } from './testing/plain-series.ts'

const unknown = computeIndicators(null)

function signalOf(told: Partial<Pick<Edge, 'verdict' | 'shrunk' | 'direction' | 'timeframe'>>): Signal {
  const edge: Edge = {
    timeframe: 'day',
    pattern: 'CDLHAMMER',
    direction: 'bullish',
    horizon: 5,
    n: 400,
    hits: 220,
    hitRate: 55,
    baseRate: 50,
    shrunk: 54,
    interval: [51, 57],
    meanReturnPct: 0.2,
    q: 0.01,
    verdict: 'edge',
    ...told,
  }
  const { timeframe, pattern, direction } = edge
  const instrument = instrumentId('NSE', 'TCS')
  return { instrument, symbol: 'TCS', pattern, patternName: 'Hammer', direction, timeframe, detectedAt: 0, edge }
}

const patternsPart = (...signals: Signal[]) => listScoreParts(unknown, signals).find(({ part }) => part === 'patterns')

describe('the part of the patterns', () => {
  it('is what their record says above the base rate, against for bearish ones', () => {
    expect(patternsPart(signalOf({}))).toMatchObject({ value: 4, score: 70 })
    expect(patternsPart(signalOf({ direction: 'bearish' }))).toMatchObject({ value: -4, score: 30 })
    expect(patternsPart(signalOf({}), signalOf({ direction: 'bearish', shrunk: 52 }))).toMatchObject({
      value: 2,
      score: 60,
    })
    expect(patternsPart(signalOf({ shrunk: 80 }))).toMatchObject({ value: 30, score: 100 })
  })

  it('is neutral for patterns without a measurable edge, and unknown without any record', () => {
    expect(patternsPart(signalOf({ verdict: 'no_measurable_edge' }))).toMatchObject({ value: 0, score: 50 })
    expect(patternsPart(signalOf({ timeframe: 'week' }))).toMatchObject({ value: null, score: null })
    expect(patternsPart({ ...signalOf({}), edge: null })).toMatchObject({ value: null, score: null })
  })
})

describe('the composite', () => {
  it('is unknown without any part, and the mean of the known ones else', () => {
    expect(composeScore(listScoreParts(unknown, []))).toEqual({ score: null, sentiment: null })
    expect(composeScore(listScoreParts(unknown, [signalOf({})]))).toEqual({ score: 70, sentiment: 'bullish' })
    expect(composeScore(listScoreParts({ ...unknown, rsi14: 40 }, []))).toEqual({ score: 40, sentiment: 'bearish' })
    expect(composeScore(listScoreParts({ ...unknown, rsi14: 41 }, []))).toEqual({ score: 41, sentiment: 'neutral' })
  })

  it('has weights that add up to one, and lies within 0 and 100 for any prices', () => {
    const total = listScoreParts(unknown, []).reduce((sum, { weight }) => sum + weight, 0)
    expect(total).toBeCloseTo(1, 12)
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.05, max: 1e5, noNaN: true }), { maxLength: 260 }), (closes) => {
        const parts = listScoreParts(computeIndicators(series(closes)), [])
        const { score } = composeScore(parts)
        for (const one of [score, ...parts.map((part) => part.score)])
          if (one !== null) expect(one >= 0 && one <= 100).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
})

describe('indicators', () => {
  it('are null until there are enough days, and for prices that never moved', () => {
    expect(new Set(Object.values(unknown))).toEqual(new Set([null]))
    const few = computeIndicators(series([100, 101]))
    expect([few.close, few.rsi14, few.sma20, few.macd]).toEqual([101, null, null, null])
    const flat = computeIndicators(series(Array(300).fill(100)))
    expect([flat.rsi14, flat.sma200, flat.roc20]).toEqual([null, 100, 0])
  })

  it('agree with values worked out by hand', () => {
    const rising = computeIndicators(series(Array.from({ length: 250 }, (_, i) => 100 + i)))
    expect([rising.sma20, rising.sma50, rising.sma200]).toEqual([339.5, 324.5, 249.5])
    expect([rising.rsi14, rising.roc20]).toEqual([100, expect.closeTo((20 / 329) * 100, 10)])
    // Each day's range is 2, and so is its distance from the close before: Wilder's average of a constant.
    expect(rising.atr14).toBeCloseTo(2, 10)
    const { lower = 0, middle, upper = 0 } = rising.bollinger ?? {}
    expect(middle).toBe(339.5)
    expect(upper - lower).toBeCloseTo(4 * Math.sqrt((20 ** 2 - 1) / 12), 9)
  })
})
