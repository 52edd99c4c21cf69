import type { BookRow } from '@banyan/client'
import type { ReactNode } from 'react'
import { InstrumentLink } from '../../app/instrument-link.tsx'
import { Amount, Gain, Units } from '../../components/amount.tsx'
import { brokerAccountName } from '../../lib/broker-names.ts'
import { readableDate } from '../../lib/ist.ts'
import { holdingColumns, nameCell } from './holding-columns.ts'
import { OfGroup } from './live.tsx'
import { GroupPrice } from './live-price.tsx'
import type { LiveRow } from './live-row.ts'

interface PartRowProps {
  readonly id: string
  /** Key of the group, and which of its rows. */
  readonly of: string
  readonly at: number
}

const cell = 'px-2 py-1.5 text-right'

/** What one account at one broker has of an instrument. */
export function PartRow({ id, of, at }: PartRowProps) {
  const figure = (show: (row: LiveRow) => ReactNode) => (
    <OfGroup of={of}>
      {({ rows }) => {
        const row = rows[at]
        return row === undefined ? null : show(row)
      }}
    </OfGroup>
  )
  return (
    <tr id={id} data-part="" className={`${holdingColumns} bg-raised text-xs`}>
      <th scope="row" className={`py-1.5 pl-7 text-left font-normal ${nameCell}`}>
        {figure((row) => (
          <Facts row={row} of={of} at={at} />
        ))}
      </th>
      <td className={`${cell} max-md:hidden`}>
        {figure(({ quantity }) => (
          <Units value={quantity} />
        ))}
      </td>
      <td className={`${cell} max-lg:hidden`}>
        {figure((row) => (
          <Amount value={row.average_price} />
        ))}
      </td>
      <td className={`${cell} max-md:hidden`}>
        {figure((row) => (
          <GroupPrice of={of} at={at} title={nameOf(row)} />
        ))}
      </td>
      <td className={`${cell} max-lg:hidden`}>
        {figure(({ invested }) => (
          <Amount value={invested} />
        ))}
      </td>
      <td className={cell}>
        {figure((row) => (
          <Amount value={row.current_value} />
        ))}
      </td>
      <td className={`${cell} max-sm:hidden`}>
        {figure((row) => (
          <Gain value={row.day_change} />
        ))}
      </td>
      <td className={cell}>
        {figure(({ pnl }) => (
          <Gain value={pnl} />
        ))}
      </td>
    </tr>
  )
}

const nameOf = ({ broker, broker_account }: BookRow) => brokerAccountName(broker, broker_account)

function Facts({ row, of, at }: { readonly row: LiveRow } & Pick<PartRowProps, 'of' | 'at'>) {
  const product = row.product === null ? '' : `, ${row.product}`
  return (
    <>
      {nameOf(row)}
      <span className="block text-2xs text-muted">
        {row.kind === 'holding' ? 'Holding' : 'Position'}
        {product}
        {row.price_from === 'broker' ? ', price of the last sync' : ''} ·{' '}
        <InstrumentLink instrument={row.instrument}>{row.instrument ?? row.tradingsymbol}</InstrumentLink>
      </span>
      {notesOf(row).map((note) => (
        <span key={note} className="block text-2xs text-replay">
          {note}
        </span>
      ))}
      <span className="block text-2xs text-muted md:hidden">
        <Units value={row.quantity} /> at <Amount value={row.average_price} />, now{' '}
        <GroupPrice of={of} at={at} title={nameOf(row)} />
      </span>
    </>
  )
}

function notesOf(row: BookRow): readonly string[] {
  return [
    ...(row.instrument === null ? ['The broker’s own code: no exchange symbol is known for it.'] : []),
    ...(row.suspect ? ['The price made a step that no known corporate action explains.'] : []),
    ...row.adjusted_for.map(
      ({ kind, ex_date, factor }) =>
        `Quantity and average follow the ${kind} of ${readableDate(ex_date)} (factor ${factor}).`,
    ),
  ]
}
