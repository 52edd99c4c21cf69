import type { SynapsewaveError } from '@banyan/contracts'
import type { ErrorCode, FieldProblem } from '@banyan/domain'

export interface SynapsewaveProblem {
  readonly code: ErrorCode
  readonly message: string
  readonly details: readonly FieldProblem[]
  readonly retryAfterS: number | null
  /** Set where HTTP itself decides the status, as 408 of a client too slow. */
  readonly status?: number
}

type Message = string | ((problem: SynapsewaveProblem) => string)

interface Case {
  readonly errors: `e-${number}`
  readonly status: number
  readonly message: Message
}

const invalidRequest: Case = {
  errors: 'e-20',
  status: 400,
  message: ({ details: [first], message }) =>
    first === undefined ? `Invalid request: ${message}` : `Invalid request: ${first.field}: ${first.reason}`,
}
const wrongCredentials: Case = { errors: 'e-21', status: 400, message: 'Invalid user id or password.' }
const unknownKey: Case = { errors: 'e-31', status: 403, message: 'x-api-key or api_key is not valid.' }
const deadSession: Case = { errors: 'e-35', status: 401, message: 'Session is not valid.' }
const unavailable: Case = { errors: 'e-51', status: 503, message: 'Service unavailable.' }
const forbidden: Case = { errors: 'e-14', status: 403, message: ({ message }) => message }

/** Every error code as this API says it (synapsewave.md §4). Codes that no route here can meet take the nearest case. */
export const synapsewaveCases = {
  account_disabled: {
    errors: 'e-14',
    status: 400,
    message: 'Gateway license error. This account is not enabled for the API.',
  },
  invalid_second_factor: { errors: 'e-17', status: 400, message: 'Incorrect TOTP.' },
  invalid_parameter: invalidRequest,
  invalid_json: {
    errors: 'e-20',
    status: 400,
    message: 'Invalid request: body: must be a JSON object, nested at most 32 deep',
  },
  uri_too_long: { errors: 'e-20', status: 414, message: 'Invalid request: path: must not be longer than 4 KiB' },
  headers_too_large: {
    errors: 'e-20',
    status: 431,
    message: 'Invalid request: headers: must be at most 100 in at most 16 KiB',
  },
  invalid_credentials: wrongCredentials,
  wrong_password: wrongCredentials,
  invalid_code: { errors: 'e-22', status: 400, message: 'Incorrect OTP.' },
  code_expired: { errors: 'e-23', status: 400, message: 'OTP expired. Request a new one.' },
  challenge_expired: {
    errors: 'e-24',
    status: 400,
    message: 'register_token is invalid, expired or already used.',
  },
  too_many_attempts: {
    errors: 'e-25',
    status: 400,
    message: (problem) => `Account locked. Try again in ${Math.max(1, Math.ceil(waitS(problem) / 60))} minutes.`,
  },
  combination_not_supported: {
    errors: 'e-26',
    status: 400,
    message: ({ message }) => `Login combination not supported: ${message}`,
  },
  device_not_registered: { errors: 'e-27', status: 400, message: 'Device not registered.' },
  mpin_not_registered: { errors: 'e-28', status: 400, message: 'MPIN not registered.' },
  invalid_sso_token: { errors: 'e-29', status: 400, message: 'SSO token is invalid.' },
  factor_not_enrolled: { errors: 'e-30', status: 400, message: ({ message }) => message },
  invalid_application: unknownKey,
  invalid_api_key: unknownKey,
  api_key_expired: unknownKey,
  api_key_not_allowed: unknownKey,
  insufficient_scope: unknownKey,
  application_mismatch: { errors: 'e-32', status: 403, message: 'x-api-key does not match.' },
  missing_credentials: { errors: 'e-33', status: 401, message: 'Authorization is missing.' },
  token_expired: { errors: 'e-34', status: 401, message: 'Session expired.' },
  session_revoked: deadSession,
  invalid_token: deadSession,
  wrong_token_kind: deadSession,
  refresh_reused: deadSession,
  rate_limited: {
    errors: 'e-36',
    status: 429,
    message: (problem) => `Too many requests. Try again in ${waitS(problem)} seconds.`,
  },
  code_requested_too_soon: {
    errors: 'e-37',
    status: 429,
    message: (problem) => `Wait ${waitS(problem)} seconds before requesting another OTP.`,
  },
  unacceptable_secret: {
    errors: 'e-38',
    status: 400,
    message: ({ message }) => `New password or MPIN is not acceptable: ${message}`,
  },
  invalid_code_token: { errors: 'e-39', status: 400, message: 'OTP token is invalid, expired or already used.' },
  not_found: { errors: 'e-40', status: 404, message: 'No such resource.' },
  unknown_symbol: { errors: 'e-40', status: 404, message: 'No such resource.' },
  method_not_allowed: { errors: 'e-41', status: 405, message: 'Method not allowed.' },
  body_too_large: { errors: 'e-42', status: 413, message: 'Body too large.' },
  unsupported_media_type: { errors: 'e-43', status: 415, message: 'Content-Type must be application/json.' },
  internal_error: { errors: 'e-50', status: 500, message: 'Unexpected error.' },
  unavailable,
  mail_not_configured: unavailable,
  broker_unreachable: unavailable,
  broker_timeout: unavailable,
  broker_rate_limited: unavailable,
  provider_not_configured: unavailable,
  multiple_credentials: invalidRequest,
  email_taken: invalidRequest,
  invalid_reset_token: invalidRequest,
  invalid_invitation: invalidRequest,
  invalid_bootstrap_token: invalidRequest,
  invalid_passkey: invalidRequest,
  second_factor_required: invalidRequest,
  access_code_required: invalidRequest,
  second_factor_enabled: invalidRequest,
  second_factor_not_enabled: invalidRequest,
  sso_link_taken: invalidRequest,
  key_limit_reached: invalidRequest,
  application_limit_reached: invalidRequest,
  watchlist_limit_reached: invalidRequest,
  last_owner: invalidRequest,
  sync_in_progress: invalidRequest,
  broker_sign_in_required: invalidRequest,
  broker_rejected: invalidRequest,
  insufficient_role: forbidden,
  cross_site_request: forbidden,
  registration_closed: forbidden,
  admin_secret_not_configured: forbidden,
  admin_secret_invalid: forbidden,
} as const satisfies Record<ErrorCode, Case>

/** Renders a failure in the one shape this API has; `data` is never there, because the vendor's client keeps it as its session. */
export function renderSynapsewaveProblem(problem: SynapsewaveProblem) {
  const found: Case = synapsewaveCases[problem.code]
  const status = problem.status ?? found.status
  const body: SynapsewaveError = {
    status: 'error',
    code: 'e-101',
    message: typeof found.message === 'string' ? found.message : found.message(problem),
    errors: found.errors,
  }
  const headers: Record<string, string> = { 'content-type': 'application/json; charset=utf-8' }
  if (status === 401) headers['www-authenticate'] = 'Bearer'
  if (status === 429 || status === 503) headers['retry-after'] = String(waitS(problem))
  return { status, headers, body: JSON.stringify(body) }
}

/** Whole seconds, ≥ 1; what no waiting ends is worth asking about once a minute. */
function waitS({ retryAfterS }: SynapsewaveProblem): number {
  return retryAfterS === null ? 60 : Math.max(1, Math.ceil(retryAfterS))
}
