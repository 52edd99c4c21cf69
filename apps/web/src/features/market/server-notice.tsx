import { ApiError } from '@banyan/client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useMarketQueries } from '../../app/market-queries.ts'
import { Notice } from '../../components/notice.tsx'
import { feedState } from '../../lib/feed-state.ts'
import { istTime } from '../../lib/ist.ts'
import { useNow } from '../../lib/use-now.ts'

/** Says when the server stopped answering: over old prices since when they are old, without any what to do. */
export function ServerNotice() {
  const { snapshot } = useMarketQueries()
  const query = useQuery(snapshot)
  const client = useQueryClient()
  const state = feedState(query, useNow())

  useEffect(() => {
    document.documentElement.dataset['feed'] = state.kind
  }, [state.kind])

  const retry = async () => {
    await client.cancelQueries()
    await client.refetchQueries()
  }
  const action = { label: 'Try again now', run: () => void retry() }

  if (state.kind === 'failed')
    return (
      <div className="pt-3">
        <Notice kind="failed" title="No market data" action={action}>
          {explain(state.problem)} Nothing has been received yet. If this is your server, see whether it runs (
          <code>npm start</code>) and what it says; the page goes on trying.
        </Notice>
      </div>
    )
  if (state.kind === 'stale')
    return (
      <div
        role="alert"
        data-stale=""
        className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border border-warn bg-warn-soft px-3 py-2 text-sm text-warn"
      >
        <p className="flex-1">
          <strong>Not updating since {istTime(state.since)} IST on this device’s clock.</strong>{' '}
          {explain(state.problem)} The prices below are from then; the page goes on trying.
        </p>
        <button type="button" onClick={action.run} className="rounded-md border border-current px-2 py-0.5 font-medium">
          {action.label}
        </button>
      </div>
    )
  return null
}

function explain(problem: Error): string {
  if (problem instanceof ApiError && problem.status === 429)
    return 'The server asks this address to slow down, and the page waits as long as it was told.'
  if (problem instanceof ApiError) return `The server answered with an error (${problem.code}).`
  return problem.message
}
