import type { Position, PositionsReply } from '@banyan/client'
import { useQuery } from '@tanstack/react-query'
import { InstrumentLink } from '../../app/instrument-link.tsx'
import { Loaded } from '../../app/loaded.tsx'
import { Amount, Gain, Units } from '../../components/amount.tsx'
import { Choice } from '../../components/choice.tsx'
import { Notice } from '../../components/notice.tsx'
import { Price } from '../../components/price.tsx'
import { Section } from '../../components/section.tsx'
import { brokerAccountName } from '../../lib/broker-names.ts'
import { readableMinute } from '../../lib/ist.ts'
import { formatRupees } from '../../lib/numbers.ts'
import { usePortfolioQueries, usePortfolioSearch } from './portfolio-queries.ts'

const types = [
  { value: 'net', label: 'Net', name: 'Net: what is held now' },
  { value: 'day', label: 'Day', name: 'Day: what was bought and sold today alone' },
] as const

/** Open positions as the brokers gave them at the last sync: nothing here is priced anew. */
export function Positions() {
  const [{ pos = 'net' }, change] = usePortfolioSearch()
  const { positions } = usePortfolioQueries()
  const query = useQuery(positions(pos))
  return (
    <Section
      id="positions"
      title="Positions"
      aside={
        <Choice
          label="Positions"
          options={types}
          value={pos}
          onChange={(value) => change({ pos: value === 'day' ? 'day' : undefined })}
        />
      }
    >
      <Loaded query={query} label="Positions are loading" rows={3}>
        {(reply) => <PositionsOf reply={reply} type={pos} answeredAt={query.dataUpdatedAt} />}
      </Loaded>
    </Section>
  )
}

interface PositionsOfProps {
  readonly reply: PositionsReply
  readonly type: 'net' | 'day'
  readonly answeredAt: number
}

function PositionsOf({ reply: { positions, synced_at }, type, answeredAt }: PositionsOfProps) {
  if (positions.length === 0)
    return (
      <Notice kind="empty" title={type === 'net' ? 'No open position' : 'Nothing traded and still open that day'}>
        {synced_at === null ? 'Nothing was synced yet.' : `As of the sync of ${readableMinute(synced_at)}.`}
      </Notice>
    )
  return (
    <>
      <table className="w-full text-sm">
        <thead className="text-xs text-muted">
          <tr className="border-b border-line">
            <Head label="Instrument" left />
            <Head label="Quantity" />
            <Head label="Average" hidden="max-md:hidden" />
            <Head label="Price" hidden="max-sm:hidden" />
            <Head label="Realised" hidden="max-md:hidden" />
            <Head label="Of the day" hidden="max-md:hidden" />
            <Head label="P&L" />
          </tr>
        </thead>
        <tbody>
          {positions.map((position) => (
            <PositionRow key={keyOf(position)} position={position} answeredAt={answeredAt} />
          ))}
        </tbody>
      </table>
      {synced_at === null ? null : (
        <p className="mt-2 text-xs text-muted">As the brokers said at the last sync, {readableMinute(synced_at)}.</p>
      )}
    </>
  )
}

const keyOf = ({ broker, broker_account, instrument, product }: Position) =>
  [broker, broker_account, instrument, product].join(' ')

function Head({ label, left = false, hidden = '' }: { label: string; left?: boolean; hidden?: string }) {
  return (
    <th scope="col" className={`py-1.5 font-medium ${left ? 'text-left' : 'px-2 text-right'} ${hidden}`}>
      {label}
    </th>
  )
}

const cell = 'px-2 py-2 text-right align-top'

function PositionRow({ position, answeredAt }: { readonly position: Position; readonly answeredAt: number }) {
  const { broker, broker_account, instrument, tradingsymbol, product, exchange } = position
  const sold = position.quantity < 0
  return (
    <tr data-position={tradingsymbol} className="border-t border-line first:border-t-0 hover:bg-raised">
      <th scope="row" className="py-2 text-left font-normal">
        <InstrumentLink instrument={exchange === 'NSE' || exchange === 'BSE' ? instrument : null}>
          {tradingsymbol}
        </InstrumentLink>
        <span className="block text-2xs text-muted">
          {brokerAccountName(broker, broker_account)} · {exchange}
          {product === null ? '' : ` · ${product}`}
        </span>
      </th>
      <td className={cell}>
        <Units value={position.quantity} />
        {sold ? <span className="block text-2xs text-muted">sold</span> : null}
      </td>
      <td className={`${cell} max-md:hidden`}>{formatRupees(position.average_price)}</td>
      <td className={`${cell} max-sm:hidden`}>
        <Price title={tradingsymbol} value={position.last_price} provenance={position} answeredAt={answeredAt} />
      </td>
      <td className={`${cell} max-md:hidden`}>
        <Amount value={position.realised} />
      </td>
      <td className={`${cell} max-md:hidden`}>
        <Gain value={position.m2m} />
      </td>
      <td className={cell}>
        <Gain value={position.pnl} />
      </td>
    </tr>
  )
}
