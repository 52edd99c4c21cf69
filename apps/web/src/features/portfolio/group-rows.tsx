import type { BookGroup } from '@banyan/client'
import { useId, useState } from 'react'
import { Amount, Gain, Units } from '../../components/amount.tsx'
import { Change } from '../../components/change.tsx'
import { Price } from '../../components/price.tsx'
import { formatRupees } from '../../lib/numbers.ts'
import { averagePrice, dayMovePercent, pricedRow, unitsOf } from './book-tables.ts'
import { PartRow } from './part-row.tsx'

interface GroupRowsProps {
  readonly group: BookGroup
  readonly answeredAt: number
}

const cell = 'px-2 py-2 text-right align-top'

/** An instrument over all brokers, and below it, once opened, a row for each part. */
export function GroupRows({ group, answeredAt }: GroupRowsProps) {
  const id = useId()
  const [open, setOpen] = useState(false)
  const priced = pricedRow(group)
  const average = averagePrice(group)
  const ids = group.rows.map((_, i) => `${id}-${i}`)
  return (
    <>
      <tr data-group={group.symbol} className="border-t border-line first:border-t-0 hover:bg-raised">
        <th scope="row" className="py-2 text-left align-top font-normal">
          <button
            type="button"
            data-row-key=""
            aria-expanded={open}
            aria-controls={open ? ids.join(' ') : undefined}
            onClick={() => setOpen(!open)}
            className="flex w-full items-start gap-1.5 rounded text-left"
          >
            <span aria-hidden="true" className={`mt-px w-3 text-muted transition-transform ${open ? 'rotate-90' : ''}`}>
              ›
            </span>
            <span className="min-w-0">
              <span className="font-medium">{group.symbol}</span>
              <PartsMark group={group} />
              <span className="block max-w-56 truncate text-2xs text-muted max-sm:max-w-32">
                {group.name ?? group.sector ?? group.isin ?? ''}
              </span>
              <span className="block text-2xs text-muted md:hidden">
                <Units value={unitsOf(group)} /> at {formatRupees(average)}
              </span>
            </span>
          </button>
        </th>
        <td className={`${cell} max-md:hidden`}>
          <Units value={unitsOf(group)} />
        </td>
        <td className={`${cell} max-lg:hidden`}>{formatRupees(average)}</td>
        <td className={`${cell} max-md:hidden`}>
          {priced === null ? (
            <span className="text-muted">No price</span>
          ) : (
            <>
              <Price title={group.symbol} value={priced.last_price} provenance={priced} answeredAt={answeredAt} />
              <Percent value={dayMovePercent(priced)} />
            </>
          )}
        </td>
        <td className={`${cell} max-lg:hidden`}>
          <Amount value={group.invested} />
        </td>
        <td className={cell}>
          <Amount value={group.current_value} />
        </td>
        <td className={`${cell} max-sm:hidden`}>
          <Gain value={group.day_change} />
        </td>
        <td className={cell}>
          <Gain value={group.pnl} />
          <Percent value={group.pnl_percent} />
        </td>
      </tr>
      {open
        ? group.rows.map((row, i) => <PartRow key={ids[i]} id={ids[i] ?? id} row={row} answeredAt={answeredAt} />)
        : null}
    </>
  )
}

function Percent({ value }: { readonly value: number | null }) {
  return value === null ? null : (
    <span className="block text-xs">
      <Change percent={value} />
    </span>
  )
}

/** At how many accounts it lies, and whether a price is doubted. */
function PartsMark({ group }: { readonly group: BookGroup }) {
  const accounts = new Set(group.rows.map(({ broker, broker_account }) => `${broker} ${broker_account}`)).size
  return (
    <>
      {accounts > 1 ? (
        <span className="ml-1.5 rounded bg-raised px-1 text-2xs text-muted">{accounts} accounts</span>
      ) : null}
      {group.rows.some(({ suspect }) => suspect) ? (
        <span className="ml-1.5 rounded bg-replay-soft px-1 text-2xs text-replay">price doubted</span>
      ) : null}
    </>
  )
}
