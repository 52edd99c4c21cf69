import { ApiError, type Health } from '@banyan/client'
import type { FeedState } from '../../lib/feed-state.ts'
import { istTime } from '../../lib/ist.ts'
import type { FeedWatch } from './feed-watch.ts'
import { type SourceSessions, viewSources } from './source-view.ts'
import { type Summary, summarise } from './summary.ts'
import { viewTasks } from './task-view.ts'

export interface ShownSummary extends Omit<Summary, 'tone'> {
  /** `unknown` until the first answer. */
  readonly tone: Summary['tone'] | 'unknown'
}

interface Known {
  readonly state: FeedState
  /** The last answer; undefined before the first. */
  readonly health: Health | undefined
  /** Null while it is not known. */
  readonly sessions: SourceSessions | null
  readonly watch: Pick<FeedWatch, 'problem'>
}

/** Returns the line at the top: of the server's answer, or of its absence, which nothing it said before may hide. */
export function summaryOf({ state, health, sessions, watch }: Known): ShownSummary {
  if (state.kind === 'stale')
    return {
      tone: 'bad',
      title: `No good answer from the server since ${istTime(state.since)} IST.`,
      points: [state.problem.message, 'What stands below is from then.'],
    }
  if (health !== undefined)
    return summarise({
      health,
      sources: viewSources(health.providers, sessions),
      tasks: viewTasks(health),
      streamProblem: watch.problem,
    })
  if (state.kind !== 'failed') return { tone: 'unknown', title: 'Asking the server how it is…', points: [] }
  const title =
    state.problem instanceof ApiError ? 'The server refuses to say how it is.' : 'The server does not answer.'
  return { tone: 'bad', title, points: [] }
}
