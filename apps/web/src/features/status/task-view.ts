import type { Health } from '@banyan/client'

type Warmer = Health['warmers'][number]

/** `elsewhere`: another instance of the server does it. */
export type TaskState = 'done' | 'running' | 'failing' | 'elsewhere'

/** A background task as a person is told of it: what it keeps ready, and how fresh that is. */
export interface TaskView {
  readonly id: string
  readonly name: string
  readonly purpose: string
  readonly state: TaskState
  /** Short; null unless it fails. */
  readonly problem: string | null
  /** Timestamps of the server's clock: of the last run that succeeded, and of the next one. */
  readonly lastSuccess: string | null
  readonly nextRun: string | null
}

const known: Readonly<Record<string, readonly [name: string, purpose: string]>> = {
  index_snapshot: ['Indices and sectors', 'The figures of the first screen, there before anybody asks.'],
  instrument_index: ['List of instruments', 'What the search knows. It follows every file that comes in.'],
  index_candles: ['Charts of the indices', 'Their daily candles, kept in memory.'],
  zerodha_feed: ['Zerodha’s stream', 'The day’s list of instruments and the live connection.'],
  day_files: ['End-of-day files', 'Fetched from the exchanges in the evening, from 18:00 IST.'],
  pattern_signals: ['Patterns', 'Looked for whenever a candle closes.'],
  pattern_edges: ['Record of the patterns', 'What each was worth, measured again when history changes.'],
  identity_upkeep: ['Upkeep of accounts', 'Codes and sessions that are over are removed.'],
  signing_keys: ['Signing keys', 'A key that was changed on disk is noticed.'],
}

/** Returns the background tasks in the server's order. */
export function viewTasks({ warmers, time }: Pick<Health, 'warmers' | 'time'>): readonly TaskView[] {
  return warmers.map((warmer) => ({
    id: warmer.name,
    name: known[warmer.name]?.[0] ?? warmer.name.replaceAll('_', ' '),
    purpose: known[warmer.name]?.[1] ?? 'A task this page does not know.',
    state: stateOf(warmer, Date.parse(time)),
    problem: warmer.last_error,
    lastSuccess: warmer.last_success,
    nextRun: warmer.next_run,
  }))
}

function stateOf({ last_error, next_run }: Warmer, now: number): TaskState {
  if (last_error !== null) return 'failing'
  if (next_run === null) return 'elsewhere'
  return Date.parse(next_run) <= now ? 'running' : 'done'
}
