import type { FeedLink } from '../../lib/feed-types.ts'

/** What this page saw of the browser's stream so far; instants are of this device's clock. */
export interface FeedWatch {
  /** First sign of life of the stream that is open, which another page or tab may have had; null while none is. */
  readonly connectedSince: number | null
  /** Last sign of life; null before the first. */
  readonly lastEventAt: number | null
  /** Prices heard since the page was opened. */
  readonly prices: number
  /** How often the stream came back after it had broken off. */
  readonly reconnects: number
  /** Why there is no stream; null while there is, or none was asked for yet. */
  readonly problem: string | null
  /** True once no further try is made. */
  readonly isOver: boolean
}

export type FeedHappening =
  | { readonly kind: 'link'; readonly link: FeedLink }
  | { readonly kind: 'prices'; readonly count: number; readonly at: number }

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
  if (happening.kind === 'link') return watchLink(before, happening.link)
  const { count, at } = happening
  return { ...before, lastEventAt: Math.max(at, before.lastEventAt ?? at), prices: before.prices + count }
}

function watchLink(before: FeedWatch, link: FeedLink): FeedWatch {
  if (link.kind === 'opening') return before
  if (link.kind === 'lost') return { ...before, connectedSince: null, problem: link.problem, isOver: link.isOver }
  const cameBack = before.problem !== null && before.lastEventAt !== null
  return {
    connectedSince: link.since,
    lastEventAt: Math.max(link.beatAt, before.lastEventAt ?? link.beatAt),
    prices: before.prices,
    reconnects: before.reconnects + (cameBack ? 1 : 0),
    problem: null,
    isOver: false,
  }
}
