import type { BookRow } from '@banyan/client'
import { InstrumentLink } from '../../app/instrument-link.tsx'
import { Amount, Gain, Units } from '../../components/amount.tsx'
import { Price } from '../../components/price.tsx'
import { brokerAccountName } from '../../lib/broker-names.ts'
import { readableDate } from '../../lib/ist.ts'
import { formatRupees } from '../../lib/numbers.ts'

interface PartRowProps {
  readonly id: string
  readonly row: BookRow
  readonly answeredAt: number
}

const cell = 'px-2 py-1.5 text-right align-top'

/** What one account at one broker has of an instrument. */
export function PartRow({ id, row, answeredAt }: PartRowProps) {
  const name = brokerAccountName(row.broker, row.broker_account)
  const product = row.product === null ? '' : `, ${row.product}`
  return (
    <tr id={id} data-part={row.broker} className="bg-raised text-xs">
      <th scope="row" className="py-1.5 pl-5 text-left align-top font-normal">
        {name}
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
          <Units value={row.quantity} /> at {formatRupees(row.average_price)}, now{' '}
          <Price title={name} value={row.last_price} provenance={row} answeredAt={answeredAt} />
        </span>
      </th>
      <td className={`${cell} max-md:hidden`}>
        <Units value={row.quantity} />
      </td>
      <td className={`${cell} max-lg:hidden`}>{formatRupees(row.average_price)}</td>
      <td className={`${cell} max-md:hidden`}>
        <Price title={name} value={row.last_price} provenance={row} answeredAt={answeredAt} />
      </td>
      <td className={`${cell} max-lg:hidden`}>
        <Amount value={row.invested} />
      </td>
      <td className={cell}>
        <Amount value={row.current_value} />
      </td>
      <td className={`${cell} max-sm:hidden`}>
        <Gain value={row.day_change} />
      </td>
      <td className={cell}>
        <Gain value={row.pnl} />
      </td>
    </tr>
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
