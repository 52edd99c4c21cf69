import type { ComponentProps } from 'react'
import { PriceButton } from '../../components/price.tsx'
import { ProvenanceCard } from '../../components/provenance-card.tsx'
import { Tooltip } from '../../components/tooltip.tsx'
import { useHiddenAmounts } from '../../lib/hidden-amounts.ts'
import { pricedRow } from './book-tables.ts'
import { useGroup } from './live.tsx'
import type { LiveRow } from './live-row.ts'

interface LivePriceProps {
  /** Key of the group. */
  readonly of: string
  /** Which of its rows; without it the one whose price stands for the group. */
  readonly at?: number
  readonly title: string
}

/** A price that follows the stream. Neither its tooltip nor the row around it renders with it. */
export function GroupPrice({ of, at, title }: LivePriceProps) {
  const which = at === undefined ? { of, title } : { of, at, title }
  return (
    <Tooltip content={<Provenance {...which} />}>
      <Face {...which} />
    </Tooltip>
  )
}

function Face({ of, at, title, ...trigger }: LivePriceProps & Omit<ComponentProps<'button'>, 'title'>) {
  const row = useRow(of, at)
  return <PriceButton {...trigger} title={title} value={row?.last_price ?? null} hidden={useHiddenAmounts()} />
}

function Provenance({ of, at, title }: LivePriceProps) {
  const row = useRow(of, at)
  if (row === null) return <p>{title}: no source has a price.</p>
  return <ProvenanceCard title={title} price={row} answeredAt={row.heardAt} />
}

function useRow(of: string, at: number | undefined): LiveRow | null {
  const group = useGroup(of)
  if (group === null) return null
  return at === undefined ? pricedRow(group) : (group.rows[at] ?? null)
}
