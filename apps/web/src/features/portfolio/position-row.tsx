import type { Position } from '@banyan/client'
import type { ComponentProps, ReactNode } from 'react'
import { InstrumentLink } from '../../app/instrument-link.tsx'
import { Amount, Gain, Units } from '../../components/amount.tsx'
import { LiveFigure } from '../../components/live-figure.tsx'
import { PriceButton } from '../../components/price.tsx'
import { ProvenanceCard } from '../../components/provenance-card.tsx'
import { Tooltip } from '../../components/tooltip.tsx'
import { brokerAccountName } from '../../lib/broker-names.ts'
import { useHiddenAmounts } from '../../lib/hidden-amounts.ts'
import { useGroup } from './live.tsx'
import { type Followed, type PositionNow, positionNow } from './position-now.ts'

interface PositionRowProps {
  readonly position: Position
  readonly followed: Followed | null
  /** When the server answered with the position, in epoch milliseconds. */
  readonly answeredAt: number
}

const cell = 'px-2 py-2 text-right align-top'

/** One position; its price and what follows from it render by themselves. */
export function PositionRow({ position, followed, answeredAt }: PositionRowProps) {
  const { broker, broker_account, instrument, tradingsymbol, product, exchange } = position
  const isListed = exchange === 'NSE' || exchange === 'BSE'
  const live = { position, followed }
  return (
    <tr data-position={tradingsymbol} className="border-t border-line first:border-t-0 hover:bg-raised">
      <th scope="row" className="py-2 text-left align-top font-normal [overflow-wrap:anywhere]">
        <InstrumentLink instrument={isListed ? instrument : null} isRowKey>
          {tradingsymbol}
        </InstrumentLink>
        <span className="block text-2xs text-muted">
          {brokerAccountName(broker, broker_account)} · {exchange}
          {product === null ? '' : ` · ${product}`}
        </span>
      </th>
      <td className={cell}>
        <Units value={position.quantity} />
        {position.quantity < 0 ? <span className="block text-2xs text-muted">sold</span> : null}
      </td>
      <td className={`${cell} max-lg:hidden`}>
        <Amount value={position.average_price} />
      </td>
      <td className={`${cell} max-sm:hidden`}>
        <LiveFigure>
          <Tooltip content={<Provenance {...live} answeredAt={answeredAt} />}>
            <Face {...live} />
          </Tooltip>
        </LiveFigure>
      </td>
      <td className={`${cell} max-lg:hidden`}>
        <Amount value={position.realised} />
      </td>
      <td className={`${cell} max-md:hidden`}>
        <LiveFigure>
          <Now {...live}>{({ m2m }) => <Gain value={m2m} />}</Now>
        </LiveFigure>
      </td>
      <td className={cell}>
        <LiveFigure>
          <Now {...live}>{({ pnl }) => <Gain value={pnl} />}</Now>
        </LiveFigure>
      </td>
    </tr>
  )
}

type LiveProps = Pick<PositionRowProps, 'position' | 'followed'>

function usePositionNow({ position, followed }: LiveProps): PositionNow {
  const group = useGroup(followed?.of ?? '')
  return positionNow(position, followed === null ? null : (group?.rows[followed.at] ?? null))
}

function Now({ children, ...live }: LiveProps & { readonly children: (now: PositionNow) => ReactNode }) {
  return children(usePositionNow(live))
}

function Face({ position, followed, ...trigger }: LiveProps & Omit<ComponentProps<'button'>, 'title'>) {
  const { last_price } = usePositionNow({ position, followed })
  return <PriceButton {...trigger} title={position.tradingsymbol} value={last_price} hidden={useHiddenAmounts()} />
}

function Provenance({ answeredAt, ...live }: PositionRowProps) {
  const now = usePositionNow(live)
  return <ProvenanceCard title={live.position.tradingsymbol} price={now} answeredAt={now.heardAt ?? answeredAt} />
}
