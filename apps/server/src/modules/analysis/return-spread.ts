import type { ReturnSpread } from './analysis-face.ts'

const shares = [0.1, 0.25, 0.5, 0.75, 0.9] as const

/** Returns the change of the close over `horizon` candles from every candle that has so many after it, in per cent. */
export function listReturns(series: readonly { readonly close: Float64Array }[], horizon: number): Float64Array {
  const count = series.reduce((sum, { close }) => sum + Math.max(0, close.length - horizon), 0)
  const returns = new Float64Array(count)
  let at = 0
  for (const { close } of series)
    for (let i = 0; i + horizon < close.length; i++) returns[at++] = changePct(close, i, horizon)
  return returns
}

export function changePct(close: Float64Array, index: number, horizon: number): number {
  const [before = Number.NaN, after = Number.NaN] = [close[index], close[index + horizon]]
  return ((after - before) / before) * 100
}

/** Returns how the returns are spread; sorts them. */
export function spreadReturns(horizon: number, returns: Float64Array): ReturnSpread {
  const n = returns.length
  if (n === 0) return { horizon, n, upPct: null, meanPct: null, points: null }
  returns.sort()
  const firstUp = returns.findIndex((value) => value > 0)
  return {
    horizon,
    n,
    upPct: firstUp < 0 ? 0 : ((n - firstUp) / n) * 100,
    meanPct: returns.reduce((sum, value) => sum + value, 0) / n,
    points: shares.map((share) => pointAt(returns, share)),
  }
}

/** Linear between the two nearest ranks. */
function pointAt(sorted: Float64Array, share: number): number {
  const position = share * (sorted.length - 1)
  const lower = sorted[Math.floor(position)] ?? Number.NaN
  const upper = sorted[Math.ceil(position)] ?? Number.NaN
  return lower + (upper - lower) * (position - Math.floor(position))
}
