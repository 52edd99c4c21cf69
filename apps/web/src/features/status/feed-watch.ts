import type { StreamEvent } from '@banyan/client'

/** What this page saw of its stream so far; instants are of this device's clock. */
export interface FeedWatch {
  /** First sign of life of the stream that is open; null while none is. */
  readonly connectedSince: number | null
  /** Last sign of life; null before the first. */
  readonly lastEventAt: number | null
  /** Prices heard since the page was opened. */
  readonly prices: number
  /** How often the stream came back after it had broken off. */
  readonly reconnects: number
  /** Why there is no stream; null while there is, or none was asked for yet. */
  readonly problem: Error | null
  /** True once no further try is made. */
  readonly isOver: boolean
}

export type FeedHappening =
  | { readonly kind: 'event'; readonly event: StreamEvent; readonly at: number }
  | { readonly kind: 'break'; readonly problem: Error; readonly isOver: boolean }

export const unheard: FeedWatch = {
  connectedSince: null,
  lastEventAt: null,
  prices: 0,
  reconnects: 0,
  problem: null,
  isOver: false,
}

/** Returns the watch after something happened. */
export function watchFeed(before: FeedWatch, happening: FeedHappening): FeedWatch {
  if (happening.kind === 'break')
    return { ...before, connectedSince: null, problem: happening.problem, isOver: happening.isOver }
  const { event, at } = happening
  const cameBack = before.connectedSince === null && before.lastEventAt !== null
  return {
    connectedSince: before.connectedSince ?? at,
    lastEventAt: at,
    prices: before.prices + (event.kind === 'quotes' ? Object.keys(event.quotes).length : 0),
    reconnects: before.reconnects + (cameBack ? 1 : 0),
    problem: null,
    isOver: false,
  }
}
