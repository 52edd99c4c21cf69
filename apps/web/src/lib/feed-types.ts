import type { Quote, StreamEvent } from '@banyan/client'

/** A price with the time of this device at which it came, in epoch milliseconds: from then on it ages. */
export interface HeardQuote extends Quote {
  readonly heardAt: number
}

export type HeardQuotes = ReadonlyMap<string, HeardQuote>

/** How the stream of prices stands. `since` and `beatAt` are epoch milliseconds of this device. */
export type FeedLink = { readonly kind: 'opening' } | LiveLink | LostLink

interface LiveLink {
  readonly kind: 'live'
  readonly isOpen: boolean
  readonly mode: 'live' | 'replay'
  /** First sign of life since it was opened, or came back. */
  readonly since: number
  /** Last sign of life. */
  readonly beatAt: number
}

interface LostLink {
  readonly kind: 'lost'
  readonly since: number
  readonly problem: string
  /** True where no further try is made until somebody else begins to follow. */
  readonly isOver: boolean
}

/** Prices as they change, over one stream for all who follow it, in this tab and in others. */
export interface QuoteFeed {
  /** What was heard last of each instrument. */
  quotes(): HeardQuotes
  link(): FeedLink
  /** Calls back with what changed, at most once a frame, until the returned function is called. */
  follow(instruments: readonly string[], hear: (changed: HeardQuotes) => void): () => void
  onLink(changed: () => void): () => void
}

/** The other tabs of this browser that show the same server. */
export interface FeedPeers<T> {
  /** Tells tabs apart. */
  readonly tab: string
  /** Calls `won` once this tab is the one that acts for all, and `lost` when the signal ends that. */
  lead(won: () => void, lost: () => void, signal: AbortSignal): Promise<void>
  send(message: T): void
  onMessage(hear: (message: T) => void): void
}

/** What is sent between tabs. */
export type FeedMessage =
  | { readonly kind: 'ask' }
  | { readonly kind: 'want'; readonly tab: string; readonly instruments: readonly string[] }
  | { readonly kind: 'quotes'; readonly quotes: readonly (readonly [string, HeardQuote])[] }
  | { readonly kind: 'link'; readonly link: FeedLink }

export interface QuoteFeedParts {
  open(instruments: readonly string[], options: { readonly signal: AbortSignal }): AsyncIterable<StreamEvent>
  /** Elects the tab that streams for all. */
  readonly peers: FeedPeers<FeedMessage>
  now(): number
  /** Calls back before one of the next frames; while the page is hidden, when it is shown again. */
  onFrame(callback: () => void): void
}
