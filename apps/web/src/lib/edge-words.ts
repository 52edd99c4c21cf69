import type { SignalsReply } from '@banyan/client'

type Signal = SignalsReply['signals'][number]

/** The measured record of a pattern, as every endpoint writes it beside what it found. */
export type EdgeRecord = Pick<
  Signal,
  'direction' | 'timeframe' | 'confidence' | 'horizon' | 'n' | 'base_rate' | 'interval' | 'verdict'
>

const counts = new Intl.NumberFormat('en-IN')

/** Returns `57 of 100 against 52 usual, n = 412`, whose `n = 412` stays on one line; what is not known is not guessed: `no past case`. */
export function edgeFigures({ confidence, base_rate, n }: EdgeRecord): string {
  if (n === 0 || confidence === null) return 'no past case'
  const usual = base_rate === null ? '' : ` against ${Math.round(base_rate)} usual`
  return `${Math.round(confidence)} of 100${usual}, n\u00a0=\u00a0${counts.format(n)}`
}

/** Returns what a record says in words: the figures where there is an edge, else that there is none or that nobody can tell. */
export function edgeWords(record: EdgeRecord): string {
  if (record.verdict === 'edge') return edgeFigures(record)
  return verdictWords[record.verdict]
}

export const verdictWords = {
  edge: 'Measured edge',
  no_measurable_edge: 'No measurable edge',
  too_few_cases: 'Too few cases to tell',
} as const satisfies Record<EdgeRecord['verdict'], string>

const bars: Record<EdgeRecord['timeframe'], readonly [one: string, many: string]> = {
  '15m': ['candle of 15 minutes', 'candles of 15 minutes'],
  '1h': ['hour of trading', 'hours of trading'],
  '1d': ['trading day', 'trading days'],
  '1w': ['week', 'weeks'],
}

/** Returns `5 trading days`, `1 week`. */
export function horizonWords({ bars: count, timeframe }: EdgeRecord['horizon']): string {
  const [one, many] = bars[timeframe]
  return `${count} ${count === 1 ? one : many}`
}

/** Returns what was counted: `higher after 5 trading days`. */
export function caseWords({ direction, horizon }: Pick<EdgeRecord, 'direction' | 'horizon'>): string {
  return `${direction === 'bullish' ? 'higher' : 'lower'} after ${horizonWords(horizon)}`
}

/** Returns how far above (negative: below) the usual rate the record is, in percentage points; null when either is not known. */
export function liftPoints({ confidence, base_rate }: EdgeRecord): number | null {
  return confidence === null || base_rate === null ? null : confidence - base_rate
}
