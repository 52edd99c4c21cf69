import type { Mover, MoversReply } from '@banyan/client'
import { useQuery } from '@tanstack/react-query'
import { pollMs, useMarketQueries } from '../../app/market-queries.ts'
import { Notice } from '../../components/notice.tsx'
import { Section } from '../../components/section.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { FeedMark } from '../market/feed-mark.tsx'
import { MoverRow, type Side } from './mover-row.tsx'

const titles = { gainers: 'Gainers', losers: 'Losers' } as const

/**
 * The shares that moved most. The table hears only of a changed order; each row listens for its own figures, so that a
 * poll re-renders the rows that changed and no others.
 */
export function Movers() {
  const { movers } = useMarketQueries()
  const query = useQuery({ ...movers, refetchInterval: pollMs.movers, select: orderOf })
  const { data: order, failureReason } = query
  return (
    <Section
      id="movers"
      title="Movers"
      aside={<FeedMark polled={{ dataUpdatedAt: query.dataUpdatedAt, failureReason }} />}
    >
      {order ? <Tables order={order} /> : <Waiting problem={failureReason} />}
    </Section>
  )
}

type Order = Record<Side, readonly string[]>

const ids = (rows: readonly Mover[]) => rows.map(({ instrument }) => instrument)

const orderOf = (reply: MoversReply): Order => ({ gainers: ids(reply.gainers), losers: ids(reply.losers) })

function Tables({ order }: { readonly order: Order }) {
  if (order.gainers.length === 0 && order.losers.length === 0)
    return (
      <Notice kind="empty" title="Nothing has moved">
        No share has both a price and a previous close yet.
      </Notice>
    )
  return (
    <div className="grid gap-4 sm:max-lg:grid-cols-2">
      <MoversTable side="gainers" instruments={order.gainers} />
      <MoversTable side="losers" instruments={order.losers} />
    </div>
  )
}

function MoversTable({ side, instruments }: { readonly side: Side; readonly instruments: readonly string[] }) {
  return (
    <table className="w-full table-fixed text-sm">
      <caption className="pb-1 text-left text-xs font-semibold tracking-wide text-muted">{titles[side]}</caption>
      <colgroup>
        <col className="w-1/2" />
        <col className="w-[27%]" />
        <col />
      </colgroup>
      <thead className="sr-only">
        <tr>
          <th scope="col">Share</th>
          <th scope="col">Last price, rupees</th>
          <th scope="col">Change</th>
        </tr>
      </thead>
      <tbody>
        {instruments.map((instrument) => (
          <MoverRow key={instrument} side={side} instrument={instrument} />
        ))}
      </tbody>
    </table>
  )
}

function Waiting({ problem }: { readonly problem: Error | null }) {
  if (!problem) return <Skeleton label="Movers are loading" rows={12} />
  return (
    <Notice kind="failed" title="No movers">
      {problem.message} The page goes on trying.
    </Notice>
  )
}
