import { BanyanError, type ErrorCode } from '@banyan/domain'
import type { UpstreamError, UpstreamFailure } from './outcome.ts'

/** What a failed call about a person's own book is called towards the person (upstreams.md §1.2). */
const codes: Readonly<Record<UpstreamFailure, ErrorCode>> = {
  auth_required: 'broker_rejected',
  forbidden: 'broker_rejected',
  rejected: 'broker_rejected',
  rate_limited: 'broker_rate_limited',
  unavailable: 'broker_unreachable',
  malformed: 'broker_unreachable',
  timeout: 'broker_timeout',
}

const sentences: Readonly<Record<UpstreamFailure, string>> = {
  auth_required: 'refused',
  forbidden: 'refused',
  rejected: 'refused',
  rate_limited: 'takes no more requests for now',
  unavailable: 'cannot be reached',
  malformed: 'answered something that was not understood',
  timeout: 'did not answer in time',
}

/** Returns what a person is told of a failed call; `name` is the broker's. The cause stays with it. */
export function brokerProblem(error: UpstreamError, name: string): BanyanError {
  const { failure, vendorText, retryAfterS } = error
  const code = codes[failure]
  const said = code === 'broker_rejected' && vendorText !== null ? `: ${vendorText}` : '.'
  const wait = code === 'broker_rate_limited' ? { retryAfterS: Math.max(1, Math.ceil(retryAfterS ?? 1)) } : {}
  return new BanyanError(code, { message: `${name} ${sentences[failure]}${said}`, cause: error, ...wait })
}
