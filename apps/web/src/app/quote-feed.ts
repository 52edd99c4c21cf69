import type { BanyanClient } from '@banyan/client'
import { createContext, useContext, useSyncExternalStore } from 'react'
import { pageClock } from '../lib/clock.ts'
import { createFeedPeers } from '../lib/feed-peers.ts'
import type { FeedLink, QuoteFeed } from '../lib/feed-types.ts'
import { createQuoteFeed } from '../lib/quote-feed.ts'

/** Prices are shown so often at most, as the server tells them: faster is not seen by people. */
const showEveryMs = 100

/** Returns the page's feed of live prices: one stream for all tabs of this browser. */
export function createPageFeed({ streamQuotes }: Pick<BanyanClient, 'streamQuotes'>): QuoteFeed {
  return createQuoteFeed({
    open: streamQuotes,
    peers: createFeedPeers('banyan.quotes'),
    now: pageClock.now,
    onFrame: (callback) => void setTimeout(() => requestAnimationFrame(callback), showEveryMs),
  })
}

const QuoteFeedContext = createContext<QuoteFeed | null>(null)

export const QuoteFeedProvider = QuoteFeedContext.Provider

export function useQuoteFeed(): QuoteFeed {
  const feed = useContext(QuoteFeedContext)
  if (!feed) throw new Error('QuoteFeedProvider is missing above this component.')
  return feed
}

/** Returns how the stream stands. */
export function useFeedLink(): FeedLink {
  const feed = useQuoteFeed()
  return useSyncExternalStore(feed.onLink, feed.link)
}

/**
 * How often prices that are streamed are asked for all the same while the page is visible, in milliseconds. Beside the stream an answer
 * brings what that does not tell.
 */
export const streamedPollMs = { besideStream: 10_000, alone: 5_000 } as const

/** Returns how often to ask now. */
export function useStreamedPollMs(): number {
  const feed = useQuoteFeed()
  return useSyncExternalStore(feed.onLink, () =>
    feed.link().kind === 'live' ? streamedPollMs.besideStream : streamedPollMs.alone,
  )
}
