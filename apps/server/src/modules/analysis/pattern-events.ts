import {
  type CandleSeries,
  type CandlestickId,
  candlestickPatterns,
  type Formation,
  findFormations,
  scanCandlesticks,
} from '@banyan/patterns'
import type { PatternDirection } from './analysis-face.ts'

/** A pattern that tells a direction, at the candle that completed it. Positions in the series. */
export interface PatternEvent {
  readonly pattern: string
  readonly direction: PatternDirection
  readonly index: number
  /** First candle of the shape. */
  readonly from: number
}

const barsOf: ReadonlyMap<CandlestickId, number> = new Map(candlestickPatterns.map(({ id, bars }) => [id, bars]))

/** Candlesticks whose sign is a direction; the others are shown, but there is nothing they could be right about. */
const directed = candlestickPatterns.filter(({ direction }) => direction !== 'none').map(({ id }) => id)

/** Returns all candlesticks and confirmed formations of a series; each uses candles up to its `index` only. */
export function listEvents(series: CandleSeries): PatternEvent[] {
  return [...listCandlestickEvents(series), ...findFormations(series).flatMap(toEvents)]
}

/** Reads the columns itself: to order the finds by candle would cost more than to find them. */
function listCandlestickEvents(series: CandleSeries): PatternEvent[] {
  const scan = scanCandlesticks(series, { patterns: directed })
  const events: PatternEvent[] = []
  for (const pattern of directed) {
    const values = scan.values(pattern)
    for (let index = 0; index < values.length; index++) {
      const value = values[index] ?? 0
      if (value !== 0) events.push({ pattern, direction: directionOf(value), index, from: firstOf(pattern, index) })
    }
  }
  return events
}

export function directionOf(value: number): PatternDirection {
  return value > 0 ? 'bullish' : 'bearish'
}

export function firstOf(pattern: CandlestickId, index: number): number {
  return Math.max(0, index - (barsOf.get(pattern) ?? 1) + 1)
}

/** A formation speaks when a candle closes beyond its border; what it does later is its outcome. */
function toEvents({ pattern, start, events }: Formation): PatternEvent[] {
  const confirmed = events.find(({ state }) => state === 'confirmed')
  if (!confirmed || confirmed.direction === 'neutral') return []
  return [{ pattern, direction: confirmed.direction, index: confirmed.index, from: start }]
}

/** True when no corporate action lies within the shape or within `horizon` candles after it. `actions` are the first candles after each. */
export function isUndisturbed({ from, index }: PatternEvent, actions: readonly number[], horizon: number): boolean {
  return !actions.some((action) => action > from && action <= index + horizon)
}
