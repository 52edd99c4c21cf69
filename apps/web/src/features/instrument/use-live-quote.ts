import type { QuotesReply } from '@banyan/client'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useMarketQueries } from '../../app/market-queries.ts'
import { useQuoteFeed } from '../../app/quote-feed.ts'

/**
 * Keeps the quote of one instrument up to date by the browser's stream while the page is shown. Without the stream the quote is asked for
 * after each snapshot, as everywhere.
 */
export function useLiveQuote(instrument: string): void {
  const { quote } = useMarketQueries()
  const feed = useQuoteFeed()
  const queries = useQueryClient()
  useEffect(() => {
    const { queryKey } = quote(instrument)
    // The stream tells prices, not which kind of market or what is missing: that is known from the first answer, before which it waits.
    return feed.follow([instrument], (changed) =>
      queries.setQueryData<QuotesReply>(queryKey, (known) =>
        known === undefined ? undefined : { ...known, quotes: { ...known.quotes, ...Object.fromEntries(changed) } },
      ),
    )
  }, [instrument, quote, feed, queries])
}
