import type { ReturnSpread } from './analysis-face.ts'
import { selectRank } from './select-rank.ts'

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

/** Returns how the returns are spread; reorders them. */
export function spreadReturns(horizon: number, returns: Float64Array): ReturnSpread {
  const n = returns.length
  if (n === 0) return { horizon, n, upPct: null, meanPct: null, points: null }
  let [up, sum] = [0, 0]
  for (const value of returns) {
    if (value > 0) up++
    sum += value
  }
  return { horizon, n, upPct: (up / n) * 100, meanPct: sum / n, points: findPoints(returns) }
}

/** Linear between the two nearest ranks. */
function findPoints(returns: Float64Array): number[] {
  let selected = 0
  const valueAt = (rank: number) => {
    selectRank(returns, rank, selected)
    selected = rank
    return returns[rank] ?? Number.NaN
  }
  return shares.map((share) => {
    const position = share * (returns.length - 1)
    const [lower, upper] = [valueAt(Math.floor(position)), valueAt(Math.ceil(position))]
    return lower + (upper - lower) * (position - Math.floor(position))
  })
}
