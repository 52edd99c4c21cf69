import type { QuotesReply, StreamEvent } from '@banyan/client'
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useMarketQueries } from '../../app/market-queries.ts'
import { hearStream } from '../../lib/hear-stream.ts'

/**
 * Keeps the quote of one instrument up to date by the server's stream while the page is shown. Without the stream the quote is asked for
 * after each snapshot, as everywhere.
 */
export function useLiveQuote(instrument: string): void {
  const { quote, streamQuotes } = useMarketQueries()
  const queries = useQueryClient()
  useEffect(() => {
    const end = new AbortController()
    const { queryKey } = quote(instrument)
    void hearStream(
      {
        open: () => streamQuotes([instrument], { signal: end.signal }),
        onEvent: (event) => write(queries, queryKey, event),
      },
      end.signal,
    )
    return () => end.abort()
  }, [instrument, quote, streamQuotes, queries])
}

/** The stream tells prices, not which kind of market or what is missing: that is known from the first answer, before which it waits. */
function write(queries: QueryClient, queryKey: readonly unknown[], event: StreamEvent): void {
  if (event.kind !== 'quotes') return
  queries.setQueryData<QuotesReply>(queryKey, (known) =>
    known === undefined
      ? undefined
      : { ...known, quotes: { ...known.quotes, ...event.quotes }, as_of_ist: event.as_of_ist },
  )
}
