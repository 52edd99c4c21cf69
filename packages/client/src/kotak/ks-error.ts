/**
 * The client was used wrongly: an option, an argument or the order of calls; nothing was sent. Or the server asked it to
 * move to an origin that `allowedHosts` does not name; nothing was sent there.
 */
export class KsValueError extends Error {
  override readonly name = 'KsValueError'
}

export interface KsFault {
  readonly code: number
  readonly message: string
  readonly description: string
}

/** The server refused, gave an answer that is not the contract's, or gave none (kotak.md §8.4). */
export class KsApiError extends Error {
  override readonly name = 'KsApiError'
  /** HTTP status; the fault's code when a fault came with 2xx; 0 when no answer came. */
  readonly status: number
  readonly reason: string
  /** What the server sent, up to 1 MiB. */
  readonly body: string
  declare readonly fault?: KsFault
  /** Whole seconds to wait before the next call. */
  declare readonly retryAfter?: number

  constructor(fields: Pick<KsApiError, 'status' | 'reason' | 'body' | 'fault' | 'retryAfter'>, options?: ErrorOptions) {
    super(`(${fields.status})\nReason: ${fields.reason}\nHTTP response body: ${fields.body}`, options)
    this.status = fields.status
    this.reason = fields.reason
    this.body = fields.body
    if (fields.fault) this.fault = fields.fault
    if (fields.retryAfter !== undefined) this.retryAfter = fields.retryAfter
  }
}
