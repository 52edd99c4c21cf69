import type { InstrumentAnalysis, ScorePart, Signal } from './analysis-face.ts'
import type { Indicators } from './indicators.ts'

/** A part before its score: how its value becomes one is said in `meaning`, for people. */
type Part = Omit<ScorePart, 'score'> & { readonly toScore: (value: number) => number }

const neutral = 50

/**
 * Returns the parts of the composite. Half of the weight lies with what patterns were measured to be worth, half with momentum. Distances are
 * taken in average true ranges, so that a quiet and a wild share are judged alike.
 */
export function listScoreParts(indicators: Indicators, signals: readonly Signal[]): readonly ScorePart[] {
  const { close, rsi14, macd, sma50, sma200, atr14, roc20 } = indicators
  const inRanges = (distance: number | null) => (distance === null || !atr14 ? null : distance / atr14)
  const above = (average: number | null) => inRanges(close === null || average === null ? null : close - average)
  const parts: readonly Part[] = [
    {
      part: 'patterns',
      group: 'patterns',
      value: advantageOf(signals),
      weight: 0.5,
      meaning:
        'Sum over the daily signals with a measured edge of confidence less base rate, in percentage points, bearish ones negative; signals without one count nothing. Each point moves the score by 5 from 50.',
      toScore: (points) => neutral + 5 * points,
    },
    {
      part: 'rsi_14',
      group: 'momentum',
      value: rsi14,
      weight: 0.15,
      meaning: 'Relative strength index over 14 days; its own scale of 0 to 100.',
      toScore: (value) => value,
    },
    {
      part: 'macd_histogram',
      group: 'momentum',
      value: inRanges(macd?.histogram ?? null),
      weight: 0.1,
      meaning: 'MACD (12, 26) less its signal (9), in average true ranges; one range is 88.',
      toScore: squashed,
    },
    {
      part: 'sma_50_distance',
      group: 'momentum',
      value: above(sma50),
      weight: 0.1,
      meaning: 'Close less its 50-day average, in fourfold average true ranges; one of them is 88.',
      toScore: (ranges) => squashed(ranges / 4),
    },
    {
      part: 'sma_200_distance',
      group: 'momentum',
      value: above(sma200),
      weight: 0.1,
      meaning: 'Close less its 200-day average, in eightfold average true ranges; one of them is 88.',
      toScore: (ranges) => squashed(ranges / 8),
    },
    {
      part: 'roc_20',
      group: 'momentum',
      value: roc20,
      weight: 0.05,
      meaning: 'Change over 20 days in per cent; 10 % is 88.',
      toScore: (pct) => squashed(pct / 10),
    },
  ]
  return parts.map(({ toScore, ...part }) => ({
    ...part,
    score: part.value === null ? null : Math.min(100, Math.max(0, toScore(part.value))),
  }))
}

/** Returns the composite and its word. Unknown parts do not count; without any the composite is unknown. */
export function composeScore(parts: readonly ScorePart[]): Pick<InstrumentAnalysis, 'score' | 'sentiment'> {
  const known = parts.flatMap(({ score, weight }) => (score === null ? [] : [{ score, weight }]))
  const total = known.reduce((sum, { weight }) => sum + weight, 0)
  if (total === 0) return { score: null, sentiment: null }
  const score = known.reduce((sum, part) => sum + part.score * part.weight, 0) / total
  return { score, sentiment: score >= 60 ? 'bullish' : score <= 40 ? 'bearish' : 'neutral' }
}

/** Null without a daily signal that has a record: that is no opinion, where 0 is a neutral one. */
function advantageOf(signals: readonly Signal[]): number | null {
  const judged = signals.flatMap(({ edge, timeframe, direction }) =>
    edge === null || timeframe !== 'day' ? [] : [{ edge, sign: direction === 'bullish' ? 1 : -1 }],
  )
  if (judged.length === 0) return null
  const points = judged.map(({ edge, sign }) => (edge.verdict === 'edge' ? sign * (edge.shrunk - edge.baseRate) : 0))
  return points.reduce((sum, value) => sum + value, 0)
}

/** 50 at 0, 88 at 1, 12 at −1; never outside 0 to 100. */
function squashed(value: number): number {
  return neutral + neutral * Math.tanh(value)
}
