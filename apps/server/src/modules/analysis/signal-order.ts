import {
  type Signal,
  type SignalOrder,
  type SignalPlace,
  type SignalRank,
  type SignalSort,
  type Verdict,
  verdicts,
} from './analysis-face.ts'
import { timeframes } from './timeframe.ts'

/** Returns what a signal is to be trusted with: one without any record has too few cases. */
export function verdictOf({ edge }: Pick<Signal, 'edge'>): Verdict {
  return edge?.verdict ?? 'too_few_cases'
}

export function rankOf(signal: Signal): SignalRank {
  const { instrument, symbol, timeframe, pattern, direction, edge } = signal
  const rest = [instrument, timeframes.indexOf(timeframe), pattern, direction].join(' ')
  return [verdicts.indexOf(verdictOf(signal)), edge?.shrunk ?? -1, symbol, rest]
}

export function compareRanks(a: SignalRank, b: SignalRank): number {
  return a[0] - b[0] || b[1] - a[1] || compareTexts(a[2], b[2]) || compareTexts(a[3], b[3])
}

const keys: Readonly<Record<SignalSort, (signal: Signal) => string | number | null>> = {
  symbol: ({ symbol }) => symbol,
  pattern: ({ patternName }) => patternName,
  direction: ({ direction }) => direction,
  detectedAt: ({ detectedAt }) => detectedAt,
  confidence: ({ edge }) => edge?.shrunk ?? null,
  lower: ({ edge }) => edge?.interval[0] ?? null,
  cases: ({ edge }) => edge?.n ?? 0,
}

/** Returns where a signal stands in an order; null is the order of the rank alone. */
export function placeOf(signal: Signal, order: SignalOrder | null): SignalPlace {
  return { key: order === null ? null : keys[order.by](signal), rank: rankOf(signal) }
}

/** Returns how places of one order compare. */
export function comparePlaces(order: SignalOrder | null): (a: SignalPlace, b: SignalPlace) => number {
  const way = order?.descending ? -1 : 1
  return (a, b) => compareKeys(a.key, b.key, way) || compareRanks(a.rank, b.rank)
}

/** What is not known stands last, whichever way. Keys of one order are of one type. */
function compareKeys(a: SignalPlace['key'], b: SignalPlace['key'], way: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  return way * (typeof a === 'number' && typeof b === 'number' ? a - b : compareTexts(String(a), String(b)))
}

function compareTexts(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}
