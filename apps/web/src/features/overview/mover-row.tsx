import type { Mover, MoversReply } from '@banyan/client'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { useMarketQueries } from '../../app/market-queries.ts'
import { useView } from '../../app/use-view.ts'
import { Change } from '../../components/change.tsx'
import { ProvenanceCard } from '../../components/provenance-card.tsx'
import { Tooltip } from '../../components/tooltip.tsx'
import { formatRupees } from '../../lib/numbers.ts'
import { searchOf } from '../../lib/view.ts'

export type Side = 'gainers' | 'losers'

interface MoverRowProps {
  readonly side: Side
  readonly instrument: string
}

/** One share. What it selects leaves out the age, which changes with every answer; the panel that shows it reads it when open. */
export const MoverRow = memo(function MoverRow({ side, instrument }: MoverRowProps) {
  const { movers } = useMarketQueries()
  const { data: shown } = useQuery({ ...movers, select: (reply) => displayed(find(reply, side, instrument)) })
  const [view] = useView()
  if (!shown) return null
  return (
    <tr className="relative hover:bg-raised">
      <th scope="row" className="py-1 pl-1.5 text-left font-normal">
        <Tooltip content={<MoverProvenance side={side} instrument={instrument} />}>
          <Link
            to="/"
            search={searchOf({ ...view, instrument })}
            resetScroll={false}
            className="flex flex-col leading-tight after:absolute after:inset-0 after:rounded-md focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-focus"
          >
            <span className="truncate font-medium">{instrument.slice(instrument.indexOf(':') + 1)}</span>
            <span className="truncate text-2xs text-muted">{shown.name ?? ' '}</span>
          </Link>
        </Tooltip>
      </th>
      <td className="py-1 text-right">{formatRupees(shown.last_price)}</td>
      <td className="py-1 pr-1.5 text-right">
        <Change percent={shown.change_percent} />
      </td>
    </tr>
  )
})

const find = (reply: MoversReply, side: Side, instrument: string) =>
  reply[side].find((mover) => mover.instrument === instrument)

/** Returns null for a share that has just left the list; its row goes with the next order. */
const displayed = (mover: Mover | undefined) =>
  mover ? { name: mover.name, last_price: mover.last_price, change_percent: mover.change_percent } : null

function MoverProvenance({ side, instrument }: MoverRowProps) {
  const { movers } = useMarketQueries()
  const { data: mover, dataUpdatedAt } = useQuery({
    ...movers,
    select: (reply) => find(reply, side, instrument) ?? null,
  })
  return mover ? <ProvenanceCard title={instrument} price={mover} answeredAt={dataUpdatedAt} /> : null
}
