/**
 * The one table of everything that can go wrong towards a caller. `retry` tells a client what helps:
 * never (change the request), later, next-source, sign-in. Dialects map each code to their own status and body.
 */
export const errorTable = {
  invalid_json: { retry: 'never', sentence: 'The body is not a JSON object.' },
  invalid_parameter: { retry: 'never', sentence: 'A parameter is not valid.' },
  not_found: { retry: 'never', sentence: 'There is nothing at this address.' },
  unknown_symbol: { retry: 'never', sentence: 'No exchange list knows this symbol.' },
  method_not_allowed: { retry: 'never', sentence: 'This address does not take that method.' },
  body_too_large: { retry: 'never', sentence: 'The body is larger than this address takes.' },
  uri_too_long: { retry: 'never', sentence: 'The address is longer than 4 KiB.' },
  unsupported_media_type: { retry: 'never', sentence: 'Send the body as application/json.' },
  headers_too_large: { retry: 'never', sentence: 'The request head is larger than 16 KiB.' },
  rate_limited: { retry: 'later', sentence: 'Too many requests; wait and try again.' },
  internal_error: { retry: 'later', sentence: 'Something went wrong on the server.' },
  unavailable: { retry: 'later', sentence: 'The server cannot answer this right now.' },
} as const satisfies Record<string, { retry: 'never' | 'later' | 'next-source' | 'sign-in'; sentence: string }>

export type ErrorCode = keyof typeof errorTable

/** One failing parameter: its name as the caller sent it, and what it must be ("must be a whole number from 1"). */
export interface FieldProblem {
  readonly field: string
  readonly reason: string
}

/** An expected failure. Its message is safe to show; the cause is for the log only. */
export class BanyanError extends Error {
  readonly code: ErrorCode
  readonly details: readonly FieldProblem[]
  /** Seconds until a retry makes sense, ≥ 1; null when the code is not about waiting. */
  readonly retryAfterS: number | null

  constructor(
    code: ErrorCode,
    options: { message?: string; details?: readonly FieldProblem[]; retryAfterS?: number; cause?: unknown } = {},
  ) {
    const details = options.details ?? []
    const first = details[0]
    const message = options.message ?? (first ? `${first.field} ${first.reason}.` : errorTable[code].sentence)
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'BanyanError'
    this.code = code
    this.details = details
    this.retryAfterS = options.retryAfterS ?? null
  }
}
