import type { ErrorBody } from '@banyan/contracts'
import type { ErrorCode, FieldProblem } from '@banyan/domain'

/** Status of every error code under /api (stocktrendz.md §2.4). */
export const apiStatuses = {
  invalid_json: 400,
  invalid_parameter: 400,
  not_found: 404,
  unknown_symbol: 404,
  method_not_allowed: 405,
  body_too_large: 413,
  uri_too_long: 414,
  unsupported_media_type: 415,
  headers_too_large: 431,
  rate_limited: 429,
  internal_error: 500,
  unavailable: 503,
} as const satisfies Record<ErrorCode, number>

export interface ApiProblem {
  readonly code: ErrorCode
  readonly message: string
  readonly details: readonly FieldProblem[]
  readonly retryAfterS: number | null
  readonly requestId: string
  /** Set where HTTP itself decides the status, as 408 of a client too slow. */
  readonly status?: number
}

/** Renders a failure in the one shape all of /api has. The three texts are the same sentence, for clients of either vendor. */
export function renderApiProblem(problem: ApiProblem) {
  const { code, message, details, retryAfterS, requestId } = problem
  const status = problem.status ?? apiStatuses[code]
  const body: ErrorBody = {
    success: 'false',
    message,
    error: message,
    msg: message,
    code,
    ...(code === 'invalid_parameter' ? { details: details.map(({ field, reason }) => ({ field, reason })) } : {}),
    request_id: requestId,
  }
  const headers: Record<string, string> = {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  }
  if (status === 401) headers['www-authenticate'] = 'Bearer'
  if (retryAfterS !== null) headers['retry-after'] = String(Math.max(1, Math.ceil(retryAfterS)))
  return { status, headers, body: JSON.stringify(body) }
}
