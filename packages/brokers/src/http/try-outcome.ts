import { UpstreamError, type UpstreamFailure } from '../outcome.ts'
import { type CallFault, faultOf } from './call-fault.ts'
import { retryAfterOf } from './retry-after.ts'
import { scrub } from './scrub.ts'
import { type UpstreamAnswer, type UpstreamCall, Verdict } from './upstream-port.ts'

/** How one try ended. */
export type TryOutcome<T> = { readonly failure: null; readonly value: T } | TryFailure

export interface TryFailure {
  readonly failure: UpstreamFailure
  /** Whole seconds, ≥ 1; known for `rate_limited`. */
  readonly retryAfterS: number | null
  /** Scrubbed. */
  readonly vendorText: string | null
  /** A fixed word or a system's error code: all that is told of the cause. */
  readonly code: string | null
}

/** Returns what it means that a try ended with `error`, after the answer when there was one. */
export function failureOf(error: unknown, answer: UpstreamAnswer | null, call: UpstreamCall<unknown>): TryFailure {
  if (error instanceof Verdict) return verdictFailure(error, answer, call)
  if (answer === null) return faultFailure(faultOf(error))
  // Nothing of the error is kept: its message may quote the answer, as that of JSON.parse does.
  return { failure: 'malformed', retryAfterS: null, vendorText: null, code: 'NOT_UNDERSTOOD' }
}

export function faultFailure({ failure, retryAfterS, code }: CallFault): TryFailure {
  return { failure, retryAfterS, vendorText: null, code }
}

function verdictFailure(verdict: Verdict, answer: UpstreamAnswer | null, call: UpstreamCall<unknown>): TryFailure {
  const said = scrub(verdict.vendorText ?? '', call.secrets)
  const retryAfterS = retryAfterOf(verdict.retryAfterS, answer?.headers['retry-after'])
  return {
    failure: verdict.failure,
    retryAfterS: verdict.failure === 'rate_limited' ? (retryAfterS ?? 1) : retryAfterS,
    vendorText: said === '' ? null : said,
    code: null,
  }
}

export function upstreamError(provider: string, operation: string, failed: TryFailure): UpstreamError {
  const error = new UpstreamError(failed.failure, { provider, operation }, failed)
  if (failed.code !== null) error.cause = failed.code
  return error
}
