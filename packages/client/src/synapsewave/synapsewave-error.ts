/**
 * The server answered, and the answer is a refusal or not what the contract says. `message` is the server's sentence.
 * An answer that never came is a `ConnectionError`.
 */
export class SynapsewaveError extends Error {
  override readonly name = 'SynapsewaveError'
  /** HTTP status of the answer. */
  readonly status: number
  /** `e-<n>`, which the wire calls `errors` (synapsewave.md §4), or `unexpected_response`. */
  readonly code: string
  /** Quote it when asking the operator; null when the answer carried none. */
  readonly requestId: string | null
  /** Whole seconds to wait before the next call; null when the server named none. */
  readonly retryAfterS: number | null

  constructor(message: string, fields: Omit<SynapsewaveError, keyof Error>) {
    super(message)
    this.status = fields.status
    this.code = fields.code
    this.requestId = fields.requestId
    this.retryAfterS = fields.retryAfterS
  }
}
