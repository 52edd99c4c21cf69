import type { ErrorBody } from '@banyan/contracts'
import type { ErrorCode, FieldProblem } from '@banyan/domain'

/** Status of every error code under /api (stocktrendz.md §2.4). */
export const apiStatuses = {
  invalid_json: 400,
  invalid_parameter: 400,
  multiple_credentials: 400,
  email_taken: 400,
  invalid_reset_token: 400,
  invalid_invitation: 400,
  unacceptable_secret: 400,
  invalid_code: 400,
  code_expired: 400,
  invalid_code_token: 400,
  combination_not_supported: 400,
  device_not_registered: 400,
  mpin_not_registered: 400,
  factor_not_enrolled: 400,
  invalid_sso_token: 400,
  invalid_passkey: 401,
  missing_credentials: 401,
  invalid_token: 401,
  token_expired: 401,
  wrong_token_kind: 401,
  session_revoked: 401,
  refresh_reused: 401,
  invalid_credentials: 401,
  second_factor_required: 401,
  invalid_second_factor: 401,
  challenge_expired: 401,
  access_code_required: 401,
  invalid_application: 401,
  invalid_api_key: 401,
  api_key_expired: 401,
  account_disabled: 403,
  application_mismatch: 403,
  insufficient_scope: 403,
  api_key_not_allowed: 403,
  insufficient_role: 403,
  cross_site_request: 403,
  wrong_password: 403,
  registration_closed: 403,
  invalid_bootstrap_token: 403,
  not_found: 404,
  unknown_symbol: 404,
  method_not_allowed: 405,
  second_factor_enabled: 409,
  second_factor_not_enabled: 409,
  sso_link_taken: 409,
  key_limit_reached: 409,
  application_limit_reached: 409,
  watchlist_limit_reached: 409,
  last_owner: 409,
  body_too_large: 413,
  uri_too_long: 414,
  unsupported_media_type: 415,
  headers_too_large: 431,
  rate_limited: 429,
  too_many_attempts: 429,
  code_requested_too_soon: 429,
  sync_in_progress: 409,
  broker_sign_in_required: 409,
  broker_rejected: 422,
  broker_unreachable: 502,
  broker_timeout: 504,
  broker_rate_limited: 503,
  provider_not_configured: 503,
  admin_secret_not_configured: 403,
  admin_secret_invalid: 403,
  internal_error: 500,
  mail_not_configured: 503,
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

/**
 * Renders a failure in the one shape all of /api has. The three texts are the same sentence, for clients of either vendor. `also` are members
 * of one failure alone.
 */
export function renderApiProblem(problem: ApiProblem, also: object = {}) {
  const { code, message, details, retryAfterS, requestId } = problem
  const status = problem.status ?? apiStatuses[code]
  const body = {
    success: 'false',
    message,
    error: message,
    msg: message,
    code,
    ...(code === 'invalid_parameter' ? { details: details.map(({ field, reason }) => ({ field, reason })) } : {}),
    ...also,
    request_id: requestId,
  } satisfies ErrorBody
  const headers: Record<string, string> = {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  }
  if (status === 401) headers['www-authenticate'] = 'Bearer'
  if (retryAfterS !== null) headers['retry-after'] = String(Math.max(1, Math.ceil(retryAfterS)))
  return { status, headers, body: JSON.stringify(body) }
}
