/** Ways a call to an upstream can end other than well; each call ends in exactly one (upstreams.md §1.2). */
export const upstreamFailures = [
  'auth_required',
  'forbidden',
  'rejected',
  'rate_limited',
  'unavailable',
  'timeout',
  'malformed',
] as const
export type UpstreamFailure = (typeof upstreamFailures)[number]

export interface FailureRule {
  /** How often a `GET` is tried again at most. */
  readonly retries: 0 | 1 | 2
  /** Whether the broker session is over with it. */
  readonly endsSession: boolean
  /** Whether it tells that the upstream is ill, so that the breaker counts it. */
  readonly countsForBreaker: boolean
}

/** What follows from each failure, whatever the vendor's status was. */
export const failureRules: Readonly<Record<UpstreamFailure, FailureRule>> = {
  auth_required: { retries: 0, endsSession: true, countsForBreaker: false },
  forbidden: { retries: 0, endsSession: false, countsForBreaker: false },
  rejected: { retries: 0, endsSession: false, countsForBreaker: false },
  rate_limited: { retries: 1, endsSession: false, countsForBreaker: true },
  unavailable: { retries: 2, endsSession: false, countsForBreaker: true },
  timeout: { retries: 1, endsSession: false, countsForBreaker: true },
  malformed: { retries: 1, endsSession: false, countsForBreaker: true },
}

/** A call that did not end well. Its message holds no vendor text, no address and no secret, so it may be logged. */
export class UpstreamError extends Error {
  readonly failure: UpstreamFailure
  readonly provider: string
  /** Name of the call in the adapter's closed list, as `holdings`. */
  readonly operation: string
  /** Seconds until another try makes sense, ≥ 1; null when the failure is not about waiting or nobody knows. */
  readonly retryAfterS: number | null
  /** What the vendor said, scrubbed and at most 200 characters; null when it said nothing fit to show. */
  readonly vendorText: string | null

  constructor(
    failure: UpstreamFailure,
    at: { readonly provider: string; readonly operation: string },
    also: { readonly retryAfterS?: number | null; readonly vendorText?: string | null } = {},
  ) {
    super(`${at.provider} ${at.operation}: ${failure}`)
    this.name = 'UpstreamError'
    this.failure = failure
    this.provider = at.provider
    this.operation = at.operation
    this.retryAfterS = also.retryAfterS ?? null
    this.vendorText = also.vendorText ?? null
  }
}
