import type { Secret } from '@banyan/domain'
import type { UpstreamFailure } from '../outcome.ts'

/** One line of an adapter's closed list: nothing else leaves the process (quality-bar.md B8). */
export interface Operation {
  /** As it is logged and counted: `holdings`. */
  readonly name: string
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** Which of the provider's addresses, as `rest`. */
  readonly host: string
  /** Path below the host's address; `:name` stands for one percent-encoded segment of `path`. */
  readonly path: string
  /** Names of the token buckets a call takes one from, each of this installation and of the caller's key (§1.5). */
  readonly limits: readonly string[]
  readonly size: 'json' | 'file'
  /** False keeps a `GET` that works once from being repeated. */
  readonly retried: boolean
}

export interface UpstreamCall<T> {
  readonly operation: Operation
  /** Values of the path's `:name` segments, not yet encoded. */
  readonly path?: Readonly<Record<string, string>>
  /** Not yet encoded; a name may repeat. */
  readonly query?: readonly (readonly [string, string])[]
  readonly headers?: Readonly<Record<string, string>>
  /** The exact bytes to send, also with a `GET`. */
  readonly body?: string
  /** Whose limits the call counts against beside the installation's: a mac or id of the key, never the key; null for none. */
  readonly limitKey: string | null
  /** Rank when calls wait for a place: a person's sync first, then quotes, then history. */
  readonly rank: 'sync' | 'quotes' | 'history'
  /** Every secret the call carries or the answer may echo: taken out of vendor texts. */
  readonly secrets: readonly Secret[]
  /** Ends the call. Calls of rank `sync` with the same signal are one sync, which is finished before a later one goes on. */
  readonly signal: AbortSignal
  /** Turns an answer into its meaning. Throws {@link Verdict} for a failure the vendor reports; anything else it throws is `malformed`. */
  read(answer: UpstreamAnswer): T | Promise<T>
}

export interface UpstreamAnswer {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** Unpacked when it came with a content encoding. */
  readonly body: Buffer
}

/** What an adapter makes of an answer that is a failure. */
export class Verdict extends Error {
  readonly failure: UpstreamFailure
  readonly retryAfterS: number | null
  /** The vendor's own words, not yet scrubbed. */
  readonly vendorText: string | null

  constructor(failure: UpstreamFailure, also: { retryAfterS?: number | null; vendorText?: string | null } = {}) {
    super(failure)
    this.name = 'Verdict'
    this.failure = failure
    this.retryAfterS = also.retryAfterS ?? null
    this.vendorText = also.vendorText ?? null
  }
}

/** The only way out to one provider: deadlines, size caps, allow-list, budgets, retries and breakers are in it. */
export interface UpstreamPort {
  readonly provider: string
  /** Resolves with what `read` made of the answer. Rejects with `UpstreamError`, or with the signal's reason when it was aborted. */
  call<T>(call: UpstreamCall<T>): Promise<T>
  /** State of the breaker that matters most, for the health report. */
  circuit(): 'closed' | 'open' | 'half_open'
  /** Closes every socket. Calls under way reject. Safe to call twice. */
  close(): Promise<void>
}
