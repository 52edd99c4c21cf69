import type { ErrorBody } from '@banyan/contracts'

type Details = NonNullable<ErrorBody['details']>

/**
 * The server answered, and the answer is a refusal or not what the contract says.
 * `code` is the server's (`invalid_parameter`, `rate_limited`, …), or `unexpected_response` when the body is not ours,
 * for example the page of a proxy in between.
 */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: string
  /** HTTP status of the answer, 100–599. */
  readonly status: number
  /** Every parameter that failed; empty except with `invalid_parameter`. */
  readonly details: Details
  /** Quote it when asking the operator; null when the answer carried none. */
  readonly requestId: string | null
  /** Whole seconds to wait before the next call (`Retry-After`); null when the server named none. */
  readonly retryAfterS: number | null

  constructor(message: string, fields: Omit<ApiError, keyof Error>, options?: ErrorOptions) {
    super(message, options)
    this.code = fields.code
    this.status = fields.status
    this.details = fields.details
    this.requestId = fields.requestId
    this.retryAfterS = fields.retryAfterS
  }
}

/** No answer: the server could not be reached, or stayed silent longer than the client waits. `cause` has the reason. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError'
  readonly code: 'unreachable' | 'timeout'
  /** True when the head of an answer had arrived, so that the server has surely acted on the request. */
  readonly partial: boolean

  constructor(code: 'unreachable' | 'timeout', message: string, options: ErrorOptions & { partial?: boolean } = {}) {
    super(message, options)
    this.code = code
    this.partial = options.partial ?? false
  }
}
