import type { Signal, SignalPage, SignalPageQuery, SignalQuery } from './analysis-face.ts'
import { comparePlaces, placeOf, verdictOf } from './signal-order.ts'

/** Returns the signals that pass the filter and come behind `after`, at most `limit` of them; `signals` are in the order asked for. */
export function pageSignals(
  signals: readonly Signal[],
  query: SignalQuery,
  { order, after, limit }: SignalPageQuery,
): SignalPage {
  const start = after === null ? 0 : firstBehind(signals, order, after)
  const page: Signal[] = []
  let [total, behind] = [0, 0]
  for (const [i, signal] of signals.entries()) {
    if (!passes(signal, query)) continue
    total++
    if (i < start) continue
    behind++
    if (page.length < limit) page.push(signal)
  }
  return { signals: page, total, hasMore: behind > limit }
}

/** Returns the position of the first signal behind a place in the order. */
function firstBehind(
  signals: readonly Signal[],
  order: SignalPageQuery['order'],
  after: NonNullable<SignalPageQuery['after']>,
): number {
  const compare = comparePlaces(order)
  let [low, high] = [0, signals.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    const signal = signals[middle]
    if (signal && compare(placeOf(signal, order), after) <= 0) low = middle + 1
    else high = middle
  }
  return low
}

function passes(signal: Signal, { pattern, direction, timeframe, verdict, instrument }: SignalQuery): boolean {
  return (
    (pattern === null || signal.pattern === pattern) &&
    (direction === null || signal.direction === direction) &&
    (timeframe === null || signal.timeframe === timeframe) &&
    (verdict === null || verdictOf(signal) === verdict) &&
    (instrument === null || signal.instrument === instrument)
  )
}
