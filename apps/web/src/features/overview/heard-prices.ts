import { useEffect, useState } from 'react'
import { useQuoteFeed } from '../../app/quote-feed.ts'
import type { HeardQuote, HeardQuotes, QuoteFeed } from '../../lib/feed-types.ts'

/** Prices the stream told of a list's instruments. Whoever shows one hears of that one alone. */
export interface HeardPrices {
  /** Returns what was heard last of the instrument; undefined while nothing was. */
  priceOf(instrument: string): HeardQuote | undefined
  onPrice(instrument: string, changed: () => void): () => void
}

/** Follows the browser's stream for a whole list at once: two hundred rows are not two hundred followers. */
export function useHeardPrices(instruments: readonly string[]): HeardPrices {
  const feed = useQuoteFeed()
  const [heard] = useState(() => createHeardPrices(feed))
  const wanted = instruments.join('\n')
  useEffect(() => feed.follow(wanted.split('\n'), heard.tell), [feed, heard, wanted])
  return heard
}

function createHeardPrices({ quotes }: Pick<QuoteFeed, 'quotes'>) {
  const listeners = new Map<string, Set<() => void>>()
  return {
    priceOf: (instrument: string) => quotes().get(instrument),
    onPrice(instrument: string, changed: () => void) {
      const own = listeners.get(instrument) ?? new Set()
      listeners.set(instrument, own.add(changed))
      return () => own.delete(changed)
    },
    tell(changed: HeardQuotes): void {
      for (const instrument of changed.keys()) for (const listener of listeners.get(instrument) ?? []) listener()
    },
  }
}
