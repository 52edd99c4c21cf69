import { type Signal, type SignalRank, type Verdict, verdicts } from './analysis-face.ts'
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

function compareTexts(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}
