import type { JournalEntry } from '@banyan/client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Loaded } from '../../app/loaded.tsx'
import { Amount, Gain, Units } from '../../components/amount.tsx'
import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import { Section } from '../../components/section.tsx'
import { istDate, istTime, readableDate } from '../../lib/ist.ts'
import { moveBetweenRows } from '../../lib/row-keys.ts'
import { useJournalFilter, useJournalQueries } from './journal-queries.ts'

/** The entries, newest opening first. */
export function EntriesCard() {
  const [filter] = useJournalFilter()
  const { entries } = useJournalQueries()
  const query = useInfiniteQuery(entries(filter))
  const isFiltered = Object.keys(filter).length > 0
  return (
    <Section id="entries" title="Entries">
      <Loaded query={query} label="Entries are loading" rows={6}>
        {({ pages }) => <Entries entries={pages.flatMap((page) => page.entries)} isFiltered={isFiltered} />}
      </Loaded>
      {query.hasNextPage ? (
        <div className="mt-3 text-center">
          <Button aria-disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {query.isFetchingNextPage ? 'Loading…' : 'Show earlier ones'}
          </Button>
        </div>
      ) : null}
    </Section>
  )
}

interface EntriesProps {
  readonly entries: readonly JournalEntry[]
  readonly isFiltered: boolean
}

function Entries({ entries, isFiltered }: EntriesProps) {
  if (entries.length === 0)
    return isFiltered ? (
      <Notice kind="empty" title="No entry fits the filter">
        Show all, or ask for another symbol, tag or time.
      </Notice>
    ) : (
      <Notice kind="empty" title="Nothing written yet">
        <Link to="/journal/new" search={{}} className="underline">
          Write the first entry
        </Link>
        , take one from the trades of your brokers, or bring in a CSV file.
      </Notice>
    )
  return (
    <table className="w-full text-sm" onKeyDown={moveBetweenRows}>
      <thead className="text-xs text-muted">
        <tr className="border-b border-line">
          <th scope="col" className="py-1.5 text-left font-medium">
            Trade
          </th>
          <th scope="col" className="px-2 text-right font-medium max-sm:hidden">
            Quantity
          </th>
          <th scope="col" className="px-2 text-right font-medium max-sm:hidden">
            Entry
          </th>
          <th scope="col" className="px-2 text-right font-medium max-sm:hidden">
            Exit
          </th>
          <th scope="col" className="px-2 text-left font-medium max-lg:hidden">
            Tags
          </th>
          <th scope="col" className="px-2 text-right font-medium">
            P&L
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <EntryRow key={entry.id} entry={entry} />
        ))}
      </tbody>
    </table>
  )
}

const cell = 'px-2 py-2 text-right align-top'

function EntryRow({ entry }: { readonly entry: JournalEntry }) {
  const { id, symbol, side, quantity, price, exit_price: exit, closed_at: closedAt, tags, rating, pnl } = entry
  return (
    <tr data-entry={symbol} className="relative border-t border-line first:border-t-0 hover:bg-raised">
      <th scope="row" className="py-2 text-left align-top font-normal">
        <Link
          to="/journal/$id"
          params={{ id }}
          data-row-key=""
          className="font-medium after:absolute after:inset-0 after:rounded-md focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-focus"
        >
          {symbol}
        </Link>{' '}
        <span className={side === 'buy' ? 'text-up' : 'text-down'}>{side === 'buy' ? '▲ buy' : '▼ sell'}</span>
        <span className="block text-2xs text-muted">
          {minuteOf(entry.opened_at)} {rating === null ? null : <Rating rating={rating} />}
        </span>
        <span className="block text-2xs text-muted sm:hidden">
          <Units value={quantity} /> at <Amount value={price} />
        </span>
      </th>
      <td className={`${cell} max-sm:hidden`}>
        <Units value={quantity} />
      </td>
      <td className={`${cell} max-sm:hidden`}>
        <Amount value={price} />
      </td>
      <td className={`${cell} max-sm:hidden`}>
        {exit === null ? (
          <span className="text-muted">{closedAt === null ? 'open' : 'price not known'}</span>
        ) : (
          <Amount value={exit} />
        )}
        {closedAt === null ? null : <span className="block text-2xs text-muted">{minuteOf(closedAt)}</span>}
      </td>
      <td className="px-2 py-2 align-top max-lg:hidden">
        {tags.map((tag) => (
          <span key={tag} className="mr-1 inline-block rounded bg-raised px-1.5 text-xs">
            {tag}
          </span>
        ))}
      </td>
      <td className={cell}>{pnl === null ? <span className="text-muted">–</span> : <Gain value={pnl} />}</td>
    </tr>
  )
}

function Rating({ rating }: { readonly rating: number }) {
  return (
    <span role="img" aria-label={`Rated ${rating} of 5`} className="ml-1 whitespace-nowrap text-replay">
      {'★'.repeat(rating)}
      <span className="text-muted">{'☆'.repeat(5 - rating)}</span>
    </span>
  )
}

function minuteOf(timestamp: string): string {
  const instant = Date.parse(timestamp)
  return `${readableDate(istDate(instant))}, ${istTime(instant).slice(0, 5)}`
}
