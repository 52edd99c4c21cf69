import { Link } from '@tanstack/react-router'
import { feedState, type Polled } from '../../lib/feed-state.ts'
import { istTime } from '../../lib/ist.ts'
import { useNow } from '../../lib/use-now.ts'

/** Beside a section's title: nothing while it is fresh, since when it is not. */
export function FeedMark({ polled }: { readonly polled: Polled }) {
  const state = feedState(polled, useNow())
  if (state.kind !== 'stale') return null
  return (
    <span role="status" className="text-xs font-medium text-warn">
      Not updating since {istTime(state.since)} IST.{' '}
      <Link to="/status" className="underline underline-offset-2">
        Status
      </Link>
    </span>
  )
}
