import type { BookOfBroker, BookReply } from '@banyan/client'
import { Fragment } from 'react'
import { Amount, Gain } from '../../components/amount.tsx'
import { Change } from '../../components/change.tsx'
import { Stat } from '../../components/stat.tsx'
import { Tooltip } from '../../components/tooltip.tsx'
import { brokerAccountName } from '../../lib/broker-names.ts'
import { useHiddenAmounts } from '../../lib/hidden-amounts.ts'
import { readableMinute } from '../../lib/ist.ts'
import { formatCompactRupees } from '../../lib/numbers.ts'
import { dayPercent } from './day-percent.ts'
import { FeedLine } from './feed-line.tsx'
import { useBook } from './live.tsx'
import { reconcile } from './reconciliation.ts'

/** What it is all worth, what it made, and how the brokers’ parts add up to it: at the same prices as the rows below. */
export function Summary() {
  const book = useBook()
  const { totals } = book
  const hidden = useHiddenAmounts()
  const day = dayPercent(book)
  return (
    <section aria-label="Summary" className="card ages flex flex-col gap-3 p-4">
      <dl className="grid grid-cols-2 gap-x-6 gap-y-3 md:grid-cols-4">
        <Stat
          large
          label="Value now"
          note={hidden || totals.current_value === null ? null : formatCompactRupees(totals.current_value)}
        >
          <Amount value={totals.current_value} />
        </Stat>
        <Stat label="Since the last close" note={day === null ? null : <Change percent={day} />}>
          <Gain value={totals.day_change} />
        </Stat>
        <Stat
          label="Profit and loss"
          note={totals.pnl_percent === null ? whyNoPercent(totals) : <Change percent={totals.pnl_percent} />}
        >
          <Gain value={totals.pnl} />
        </Stat>
        <Stat label="Invested" note={unpricedNote(totals.unpriced_count)}>
          <Amount value={totals.invested} />
        </Stat>
      </dl>
      <FeedLine book={book} />
      <ReconciliationLine book={book} />
      <StaleParts brokers={book.brokers} />
    </section>
  )
}

function whyNoPercent({ unpriced_count: unpriced, unknown_cost_count: unknownCost }: BookReply['totals']): string {
  if (unknownCost > 0) return `No percentage: the cost of ${unknownCost} is not known`
  return unpriced > 0 ? `No percentage: ${unpriced} without a price` : 'No percentage: nothing is invested'
}

const unpricedNote = (count: number) => (count === 0 ? null : `${count} without a price, in no sum`)

function ReconciliationLine({ book }: { readonly book: BookReply }) {
  const { difference, unpriced } = reconcile(book)
  const adds = difference === null ? 'unknown' : difference === 0 ? 'yes' : 'no'
  return (
    <p data-adds-up={adds} className="border-t border-line pt-2.5 text-sm leading-6">
      {book.brokers.map((part, i) => (
        <Fragment key={`${part.broker} ${part.broker_account}`}>
          {i === 0 ? '' : ' + '}
          <Part part={part} />
        </Fragment>
      ))}
      {' = '}
      <strong>
        <Amount value={book.totals.current_value} />
      </strong>{' '}
      {difference === 0 ? (
        <span className="whitespace-nowrap text-xs text-up">✓ adds up to the paisa</span>
      ) : difference === null ? (
        <span className="text-xs text-muted">nothing has a price yet</span>
      ) : (
        <span className="text-xs font-medium text-warn">
          ✕ the total differs from its parts by <Amount value={difference} />
        </span>
      )}
      {unpriced > 0 && difference !== null ? (
        <span className="text-xs text-muted"> ({unpriced} without any price)</span>
      ) : null}
    </p>
  )
}

function Part({ part }: { readonly part: BookOfBroker }) {
  const name = brokerAccountName(part.broker, part.broker_account)
  const facts = `${part.row_count} rows, synced ${readableMinute(part.synced_at)}`
  return (
    <Tooltip content={facts}>
      <button type="button" className="rounded text-left">
        <span className="text-muted">{name}</span> <Amount value={part.current_value} />
        <span className="sr-only">, {facts}</span>
        {part.stale ? (
          <span aria-hidden="true" className="text-replay">
            {' '}
            ◷
          </span>
        ) : null}
      </button>
    </Tooltip>
  )
}

function StaleParts({ brokers }: { readonly brokers: BookReply['brokers'] }) {
  const stale = brokers.filter((part) => part.stale)
  if (stale.length === 0) return null
  return (
    <p data-stale-brokers="" className="rounded-md bg-replay-soft px-3 py-2 text-sm text-replay">
      <span aria-hidden="true">◷ </span>
      <strong>Older than the trading day:</strong>{' '}
      {stale
        .map((part) => `${brokerAccountName(part.broker, part.broker_account)}, ${readableMinute(part.synced_at)}`)
        .join('; ')}
      . What was bought or sold since is missing; sync again to have it.
    </p>
  )
}
