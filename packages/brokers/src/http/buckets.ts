/** A token bucket: a call takes one token, and tokens come back one by one. */
export interface Bucket {
  /** The same on every instance, as `zerodha:quotes` or `zerodha:quotes:<limit key>`. */
  readonly key: string
  /** Milliseconds in which one token comes back; 0 for a bucket that only a pause can empty. */
  readonly intervalMs: number
  /** Tokens it holds when it is full, ≥ 1. */
  readonly capacity: number
}

/** What kept a call from its tokens. */
export interface Shortage {
  /** Key of the bucket that is the last to have a token again. */
  readonly key: string
  /** Milliseconds until then, > 0. */
  readonly waitMs: number
}

/**
 * Where the buckets are kept: in this process, or in one place for all instances. A bucket never used is full. What is kept of one is a
 * single instant, `fullAt` (generic cell rate algorithm): with `slack` = (`capacity` − 1) × `intervalMs` it has a token when now ≥ `fullAt` −
 * `slack`, and taking that sets `fullAt` to max(now, `fullAt`) + `intervalMs`. So an entry may be forgotten once `fullAt` is past. Time is
 * the keeper's own: instances need not agree about it. Either method rejects, within half a second, when the keeper cannot be reached; the
 * port then counts in this process alone.
 */
export interface SharedBuckets {
  /** Takes one token of each bucket and returns null, or takes none and returns what is missing: all or nothing, in one step. */
  take(buckets: readonly Bucket[]): Promise<Shortage | null>
  /** Leaves the bucket without a token for at least `ms`: sets `fullAt` to max(`fullAt`, now + `ms` + `slack`). */
  pause(bucket: Bucket, ms: number): Promise<void>
}
