import type { CandleRow } from './candle-row.ts'
import { type BasisFactor, basisFactors } from './corporate-actions.ts'

/** Returns the row with prices on the replayed day's basis, rounded to paise. Volume stays: the upstream never adjusted it. */
export function toReplayBasis(row: CandleRow): CandleRow {
  const factor = basisFactors
    .filter((basis) => basis.symbol === row.symbol && row.time < basis.before)
    .reduce((product, basis) => product * basis.factor, 1)
  if (factor === 1) return row
  const scale = (price: number) => Math.round(price * factor * 100) / 100
  return { ...row, open: scale(row.open), high: scale(row.high), low: scale(row.low), close: scale(row.close) }
}

/** Throws unless the last tick of every share lies within 1 % of its close of that day once `basisFactors` are applied. */
export function checkBasis(closes: ReadonlyMap<string, number>, lastTicks: ReadonlyMap<string, number>): void {
  for (const [symbol, tick] of lastTicks) {
    const close = closes.get(symbol)
    if (close !== undefined && Math.abs(tick / close - 1) > 0.01) {
      throw new Error(`${symbol}: last tick and close of the day differ by more than 1 %. A split since then?`)
    }
  }
}

/** Returns a factor as text short enough to read and exact enough to use. */
export function formatFactor(factor: BasisFactor['factor']): string {
  return String(Number(factor.toFixed(6)))
}
