/** What a screen may say about polled data. Each case looks different; none can pass for another. */
export type FeedState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly problem: Error }
  | { readonly kind: 'stale'; readonly problem: Error; readonly since: number }
  | { readonly kind: 'fresh' }

/** The fields of a query that decide it. `dataUpdatedAt` is epoch milliseconds of the last good answer, 0 before it. */
export interface Polled {
  readonly dataUpdatedAt: number
  readonly failureReason: Error | null
}

/** One lost answer is no news: the old prices are called stale once they are this old and the server still refuses. */
const graceMs = 5_000

/** Returns the state of a polled query at the instant `now`. */
export function feedState({ dataUpdatedAt, failureReason }: Polled, now: number): FeedState {
  if (dataUpdatedAt === 0) return failureReason ? { kind: 'failed', problem: failureReason } : { kind: 'loading' }
  if (failureReason && now - dataUpdatedAt >= graceMs)
    return { kind: 'stale', problem: failureReason, since: dataUpdatedAt }
  return { kind: 'fresh' }
}
