import { Link } from '@tanstack/react-router'
import { type KeyboardEvent, memo, useId, useState } from 'react'
import { Amount, Gain, Units } from '../../components/amount.tsx'
import { Change } from '../../components/change.tsx'
import { LiveFigure } from '../../components/live-figure.tsx'
import { averagePrice, dayMovePercent, pricedRow, unitsOf } from './book-tables.ts'
import { holdingColumns, nameCell } from './holding-columns.ts'
import { OfGroup } from './live.tsx'
import { GroupPrice } from './live-price.tsx'
import type { LiveGroup } from './live-row.ts'
import { PartRow } from './part-row.tsx'

const cell = 'px-2 py-2 text-right'

/** What of a group no price changes: of simple values, so that a row renders again only where one of them is another. */
export interface GroupFacts {
  /** Key of the group. */
  readonly of: string
  readonly symbol: string
  readonly instrument: string | null
  /** Its name, or what else tells which it is. */
  readonly title: string
  readonly units: number
  readonly average: number | null
  readonly partCount: number
  readonly accountCount: number
  readonly isDoubted: boolean
}

export function factsOf(group: LiveGroup): GroupFacts {
  const { key, symbol, instrument, name, sector, isin, rows } = group
  return {
    of: key,
    symbol,
    instrument,
    title: name ?? sector ?? isin ?? '',
    units: unitsOf(group),
    average: averagePrice(group),
    partCount: rows.length,
    accountCount: new Set(rows.map(({ broker, broker_account }) => `${broker} ${broker_account}`)).size,
    isDoubted: rows.some(({ suspect }) => suspect),
  }
}

/** An instrument over all brokers, and below it, once opened, a row for each part. What the stream prices renders by itself. */
export const GroupRows = memo(function GroupRows(facts: GroupFacts) {
  const { of: key, symbol, units, average, partCount } = facts
  const id = useId()
  const [open, setOpen] = useState(false)
  const ids = Array.from({ length: partCount }, (_, i) => `${id}-${i}`)
  const turn = (event: KeyboardEvent) => {
    const wanted = { ArrowRight: true, ArrowLeft: false }[event.key]
    if (wanted === undefined || !isRowKey(event.target)) return
    event.preventDefault()
    setOpen(wanted)
  }
  return (
    <>
      <tr
        data-group={symbol}
        onKeyDown={turn}
        className={`${holdingColumns} unseen-rows border-t border-line first:border-t-0 hover:bg-raised`}
      >
        <th scope="row" className={`py-2 text-left font-normal max-[22.5rem]:pb-0 ${nameCell}`}>
          <span className="flex items-start gap-1">
            <button
              type="button"
              {...(facts.instrument === null ? { 'data-row-key': '' } : {})}
              aria-label={`Parts of ${symbol}`}
              aria-expanded={open}
              aria-controls={open ? ids.join(' ') : undefined}
              onClick={() => setOpen(!open)}
              className="-my-0.5 size-6 shrink-0 rounded text-muted hover:text-ink"
            >
              <span aria-hidden="true" className={`inline-block transition-transform ${open ? 'rotate-90' : ''}`}>
                ›
              </span>
            </button>
            <Name {...facts} />
          </span>
        </th>
        <td className={`${cell} max-md:hidden`}>
          <Units value={units} />
        </td>
        <td className={`${cell} max-lg:hidden`}>
          <Amount value={average} />
        </td>
        <td className={`${cell} max-md:hidden`}>
          <LiveFigure>
            <GroupPrice of={key} title={symbol} />
          </LiveFigure>
          <LiveFigure small>
            <OfGroup of={key}>{(now) => <Percent value={dayMovePercent(pricedRow(now))} />}</OfGroup>
          </LiveFigure>
        </td>
        <td className={`${cell} max-lg:hidden`}>
          <LiveFigure>
            <OfGroup of={key}>{({ invested }) => <Amount value={invested} />}</OfGroup>
          </LiveFigure>
        </td>
        <td className={cell}>
          <LiveFigure>
            <OfGroup of={key}>{({ current_value }) => <Amount value={current_value} />}</OfGroup>
          </LiveFigure>
        </td>
        <td className={`${cell} max-sm:hidden`}>
          <LiveFigure>
            <OfGroup of={key}>{({ day_change }) => <Gain value={day_change} />}</OfGroup>
          </LiveFigure>
        </td>
        <td className={cell}>
          <LiveFigure>
            <OfGroup of={key}>{({ pnl }) => <Gain value={pnl} />}</OfGroup>
          </LiveFigure>
          <LiveFigure small>
            <OfGroup of={key}>{({ pnl_percent }) => <Percent value={pnl_percent} />}</OfGroup>
          </LiveFigure>
        </td>
      </tr>
      {open ? ids.map((part, i) => <PartRow key={part} id={part} of={key} at={i} />) : null}
    </>
  )
})

const isRowKey = (target: EventTarget) => target instanceof HTMLElement && target.dataset['rowKey'] !== undefined

/** Beside the symbol; below it where the figures of the row need the room. */
const badge = 'ml-1.5 whitespace-nowrap rounded px-1 text-2xs max-lg:ml-0 max-lg:block max-lg:w-fit'

function Name({ instrument, symbol, title, units, average, accountCount, isDoubted }: GroupFacts) {
  return (
    <span className="min-w-0 [overflow-wrap:anywhere]">
      {instrument === null ? (
        <span className="font-medium">{symbol}</span>
      ) : (
        <Link
          to="/instrument/$instrument"
          params={{ instrument }}
          data-row-key=""
          className="rounded font-medium underline-offset-2 hover:underline"
        >
          {symbol}
        </Link>
      )}
      {/* At how many accounts it lies, and whether a price is doubted. */}
      {accountCount > 1 ? <span className={`${badge} bg-raised text-muted`}>{accountCount} accounts</span> : null}
      {isDoubted ? <span className={`${badge} bg-replay-soft text-replay`}>price doubted</span> : null}
      <span className="block max-w-56 truncate text-2xs text-muted max-sm:max-w-32">{title}</span>
      <span className="block text-2xs text-muted md:hidden">
        <Units value={units} /> at <Amount value={average} />
      </span>
    </span>
  )
}

const Percent = ({ value }: { readonly value: number | null }) => (value === null ? null : <Change percent={value} />)
