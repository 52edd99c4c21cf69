import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { useMarketQueries } from '../../app/market-queries.ts'
import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import { Section } from '../../components/section.tsx'
import { Waiting } from '../../components/waiting.tsx'
import { readableInstant } from '../../lib/ist.ts'
import { parseSignalsSearch, type SignalsSearch } from '../../lib/signals-search.ts'
import { OrderField } from './order-field.tsx'
import { SignalsGrid } from './signals-grid.tsx'

/** The signals that pass the filter, in the order of the address; further ones come as they are scrolled to. */
export function SignalsCard({ search }: { readonly search: SignalsSearch }) {
  const { query, rows, first, question, onReach } = useSignals(search)
  const navigate = useNavigate({ from: '/signals' })
  const onOrder = (order: SignalsSearch['order']) =>
    void navigate({ search: (before) => parseSignalsSearch({ ...before, order }), resetScroll: false, replace: true })
  const problem = query.error ?? query.failureReason
  if (!first || (query.isPlaceholderData && problem))
    return (
      <Section id="signals" title="Completed lately">
        <Waiting label="Signals are loading" rows={12} failure="No signals" problem={problem} />
      </Section>
    )
  return (
    <Section
      id="signals"
      title="Completed lately"
      aside={
        <span role="status" className="text-xs text-muted">
          {query.isPlaceholderData ? 'Filtering…' : `${first.total.toLocaleString('en-IN')} in all`}
        </span>
      }
    >
      {problem ? (
        <div role="status" className="mb-2 flex flex-wrap items-center gap-2 text-xs font-medium text-warn">
          Not up to date: {problem.message}
          {query.isFetchNextPageError ? (
            <Button onClick={() => void query.fetchNextPage()}>Ask again for the rest</Button>
          ) : null}
        </div>
      ) : null}
      {rows.length === 0 ? (
        <Notice kind="empty" title="No signal fits the filter">
          {first.measured === null
            ? 'The records are still being measured; signals come with them.'
            : 'Ask for another pattern, symbol or verdict.'}
        </Notice>
      ) : (
        <>
          <OrderField order={search.order} onOrder={onOrder} />
          <SignalsGrid
            signals={rows}
            total={query.hasNextPage ? Math.max(first.total, rows.length) : rows.length}
            order={search.order}
            question={question}
            faded={query.isPlaceholderData}
            onOrder={onOrder}
            onReach={onReach}
          />
        </>
      )}
      <p className="mt-2 text-xs text-muted">
        {search.order === undefined ? 'Measured edge first, then by rate. ' : ''}“Of 100” is how many past cases moved
        that way after five candles, drawn towards the usual. As of {readableInstant(first.as_of_ist)}.
      </p>
    </Section>
  )
}

/** Signals asked for beyond the last row in sight. */
const ahead = 25

/** Returns the signals that have come, and what hears how far they are wanted. */
function useSignals(search: SignalsSearch) {
  const { signals } = useMarketQueries()
  const options = signals(search)
  const query = useInfiniteQuery(options)
  const { data, hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = query
  const rows = useMemo(() => data?.pages.flatMap((page) => page.signals) ?? [], [data])
  const [reach, setReach] = useState(0)
  const isWanted = hasNextPage && reach + ahead > rows.length
  useEffect(() => {
    if (isWanted && !isFetching && !isFetchNextPageError) void fetchNextPage()
  }, [isWanted, isFetching, isFetchNextPageError, fetchNextPage])
  return {
    query,
    rows,
    first: data?.pages[0],
    question: JSON.stringify(options.queryKey),
    onReach: useCallback((row: number) => setReach(row), []),
  }
}
