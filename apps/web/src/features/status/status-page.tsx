import type { Health } from '@banyan/client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Notice } from '../../components/notice.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { feedState } from '../../lib/feed-state.ts'
import { useNow } from '../../lib/use-now.ts'
import { usePageTitle } from '../../lib/use-page-title.ts'
import { FeedCard } from './feed-card.tsx'
import type { FeedWatch } from './feed-watch.ts'
import { MarketCard } from './market-card.tsx'
import { ServerCard } from './server-card.tsx'
import { type SourceSessions, unusedSources, viewSources } from './source-view.ts'
import { SourcesCard } from './sources-card.tsx'
import { statusPollMs, useStatusQueries } from './status-queries.ts'
import { SummaryLine } from './summary-line.tsx'
import { summaryOf } from './summary-of.ts'
import { viewTasks } from './task-view.ts'
import { TasksCard } from './tasks-card.tsx'
import { useFeedWatch } from './use-feed-watch.ts'

/** How the server and its sources are, in plain words. Anybody may look. */
export function StatusPage() {
  usePageTitle('Status')
  const { health, sessions } = useStatusQueries()
  const query = useQuery({ ...health, refetchInterval: statusPollMs.health })
  const { data: sourceSessions = null } = useQuery({ ...sessions, refetchInterval: statusPollMs.sessions })
  const watch = useFeedWatch()
  const state = feedState(query, useNow())
  return (
    <div className="flex flex-col gap-3">
      <h1 className="text-xl font-semibold tracking-tight">Status</h1>
      <SummaryLine summary={summaryOf({ state, health: query.data, sessions: sourceSessions, watch })} />
      {query.data === undefined ? (
        <NoReport problem={query.failureReason} />
      ) : (
        <Report
          health={query.data}
          answeredAt={query.dataUpdatedAt}
          sessions={sourceSessions}
          watch={watch}
          isPast={state.kind === 'stale'}
        />
      )}
    </div>
  )
}

/** Nothing is known of the server yet: it is being asked, or it does not say. */
function NoReport({ problem }: { readonly problem: Error | null }) {
  const queries = useQueryClient()
  const retry = async () => {
    await queries.cancelQueries()
    await queries.refetchQueries()
  }
  if (problem === null)
    return (
      <div className="card p-4">
        <Skeleton label="The status is loading" rows={8} />
      </div>
    )
  return (
    <Notice kind="failed" title="No status" action={{ label: 'Ask again', run: () => void retry() }}>
      {problem.message} The page goes on trying.
    </Notice>
  )
}

interface ReportProps {
  readonly health: Health
  readonly answeredAt: number
  readonly sessions: SourceSessions | null
  readonly watch: FeedWatch
  readonly isPast: boolean
}

function Report({ health, answeredAt, sessions, watch, isPast }: ReportProps) {
  const clock = { time: health.time, answeredAt }
  return (
    <div className="grid items-start gap-3 lg:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-3">
        <SourcesCard
          sources={viewSources(health.providers, sessions)}
          unused={unusedSources(health.providers)}
          clock={clock}
          isPast={isPast}
        />
        <MarketCard market={health.market} isPast={isPast} />
      </div>
      <div className="flex min-w-0 flex-col gap-3">
        <FeedCard watch={watch} feed={health.feed} />
        <ServerCard health={health} />
      </div>
      <div className="lg:col-span-2">
        <TasksCard tasks={viewTasks(health)} clock={clock} />
      </div>
    </div>
  )
}
