import { useQuery } from '@tanstack/react-query'
import { useMarketQueries } from '../../app/market-queries.ts'
import { readableDate } from '../../lib/ist.ts'

/** Says that this is no live market, and which day it is instead. */
export function ReplayBanner() {
  const { snapshot } = useMarketQueries()
  const { data: market } = useQuery({ ...snapshot, select: (reply) => reply.market })
  return (
    <>
      {market?.mode === 'replay' ? (
        <aside
          data-replay=""
          aria-label="Replay"
          className="flex overflow-hidden rounded-lg border border-replay-line bg-replay-soft text-replay"
        >
          <div aria-hidden="true" className="hatched w-8 shrink-0 sm:w-14" />
          <p className="px-3 py-1.5 text-sm">
            <strong className="mr-2 tracking-widest">REPLAY</strong>
            <strong>{market.recorded_date === null ? 'Generated prices' : readableDate(market.recorded_date)}</strong>
            <span className="max-sm:block">
              <span className="max-sm:hidden"> — </span>prices of a recorded day, not today’s.
            </span>
          </p>
        </aside>
      ) : null}
      {market?.calendar_warning ? (
        <p role="status" className="mt-2 rounded-lg bg-warn-soft px-3 py-1.5 text-sm text-warn">
          {market.calendar_warning}
        </p>
      ) : null}
    </>
  )
}
