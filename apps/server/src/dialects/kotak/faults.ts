import type { KotakFault } from '@banyan/contracts'
import type { ErrorCode, FieldProblem } from '@banyan/domain'

/** One row of kotak.md §4. */
interface Fault {
  readonly code: number
  readonly status: number
  readonly message: string
}

const badCredentials: Fault = { code: 900901, status: 401, message: 'Invalid Credentials' }
const badInput: Fault = { code: 100000, status: 400, message: 'Invalid input' }
const loginFailed: Fault = { code: 100001, status: 401, message: 'Login failed' }
const accessCodeRejected: Fault = { code: 100002, status: 401, message: 'Access code rejected' }
const oneTimeTokenRejected: Fault = { code: 100003, status: 401, message: 'One-time token rejected' }
const accountLocked: Fault = { code: 100004, status: 401, message: 'Account locked' }
const accessCodeRequired: Fault = { code: 100005, status: 401, message: 'Access code required' }
const sessionEnded: Fault = { code: 99999, status: 401, message: 'Session ended' }
const tooManyRequests: Fault = { code: 900800, status: 429, message: 'Too many requests' }
const noSuchResource: Fault = { code: 900906, status: 404, message: 'No such resource' }
const unexpectedError: Fault = { code: 101500, status: 500, message: 'Unexpected error' }
const serviceUnavailable: Fault = { code: 101503, status: 503, message: 'Service unavailable' }

/** Fault of every error code under /apim. Codes that no call of kotak.md can meet take the fault nearest in meaning. */
export const kotakFaults = {
  invalid_json: badInput,
  invalid_parameter: badInput,
  body_too_large: { ...badInput, status: 413 },
  uri_too_long: { ...badInput, status: 414 },
  unsupported_media_type: { ...badInput, status: 415 },
  headers_too_large: { ...badInput, status: 431 },
  multiple_credentials: badInput,
  email_taken: badInput,
  invalid_reset_token: badInput,
  invalid_invitation: badInput,
  invalid_bootstrap_token: badInput,
  unacceptable_secret: badInput,
  registration_closed: badInput,
  combination_not_supported: badInput,
  second_factor_enabled: badInput,
  second_factor_not_enabled: badInput,
  sso_link_taken: badInput,
  key_limit_reached: badInput,
  application_limit_reached: badInput,
  watchlist_limit_reached: badInput,
  last_owner: badInput,
  sync_in_progress: badInput,
  broker_sign_in_required: badInput,
  broker_rejected: badInput,
  missing_credentials: badCredentials,
  invalid_application: badCredentials,
  application_mismatch: badCredentials,
  invalid_api_key: badCredentials,
  api_key_expired: badCredentials,
  api_key_not_allowed: badCredentials,
  insufficient_scope: badCredentials,
  insufficient_role: badCredentials,
  cross_site_request: badCredentials,
  admin_secret_not_configured: badCredentials,
  admin_secret_invalid: badCredentials,
  invalid_credentials: loginFailed,
  wrong_password: loginFailed,
  invalid_sso_token: loginFailed,
  invalid_passkey: loginFailed,
  device_not_registered: loginFailed,
  mpin_not_registered: loginFailed,
  invalid_second_factor: accessCodeRejected,
  invalid_code: accessCodeRejected,
  code_expired: accessCodeRejected,
  invalid_code_token: oneTimeTokenRejected,
  challenge_expired: oneTimeTokenRejected,
  too_many_attempts: accountLocked,
  account_disabled: accountLocked,
  access_code_required: accessCodeRequired,
  second_factor_required: accessCodeRequired,
  factor_not_enrolled: accessCodeRequired,
  session_revoked: sessionEnded,
  invalid_token: sessionEnded,
  token_expired: sessionEnded,
  wrong_token_kind: sessionEnded,
  refresh_reused: sessionEnded,
  rate_limited: tooManyRequests,
  code_requested_too_soon: tooManyRequests,
  not_found: noSuchResource,
  unknown_symbol: noSuchResource,
  method_not_allowed: { ...noSuchResource, status: 405 },
  internal_error: unexpectedError,
  unavailable: serviceUnavailable,
  mail_not_configured: serviceUnavailable,
  broker_unreachable: serviceUnavailable,
  broker_timeout: serviceUnavailable,
  broker_rate_limited: serviceUnavailable,
  provider_not_configured: serviceUnavailable,
} as const satisfies Record<ErrorCode, Fault>

export interface KotakProblem {
  readonly code: ErrorCode
  readonly message: string
  readonly details: readonly FieldProblem[]
  readonly retryAfterS: number | null
  readonly requestId: string
  /** Set where HTTP itself decides the status, as 408 of a client too slow. */
  readonly status?: number
}

/** Longest `Retry-After`; the vendor's client sleeps as long as it says (kotak.md §3.4, §7). */
const longestWaitS = 60

/** Renders a failure as a fault with the headers of kotak.md §3.4; `no-store` is a header of the surface. */
export function renderKotakProblem(problem: KotakProblem) {
  const fault: Fault = kotakFaults[problem.code]
  const status = problem.status ?? fault.status
  const headers: Record<string, string> = { 'content-type': 'application/json; charset=utf-8' }
  if (status === 401) headers['www-authenticate'] = 'Bearer'
  if (status === 429 || status === 503) headers['retry-after'] = String(Math.min(longestWaitS, secondsOf(problem)))
  return { status, headers, body: JSON.stringify(toFault(problem)) }
}

/** Returns the fault of a failure, for bodies that carry more beside it. */
export function toFault(problem: KotakProblem): KotakFault {
  const fault: Fault = kotakFaults[problem.code]
  return { fault: { code: fault.code, message: fault.message, description: describe(fault, problem) } }
}

/** The texts of one code are the same bytes whatever led to it, but for fields, waiting times and ids. */
function describe({ code }: Fault, problem: KotakProblem): string {
  switch (code) {
    case badInput.code:
      return describeInput(problem)
    case badCredentials.code:
      return 'The bearer token or the consumer key is missing, unknown, expired or revoked.'
    case loginFailed.code:
      return 'Wrong userid or password.'
    case accessCodeRejected.code:
      return 'The access code is wrong or expired.'
    case oneTimeTokenRejected.code:
      return 'The one-time token is unknown, expired or already used.'
    case accountLocked.code:
      return describeLock(problem)
    case accessCodeRequired.code:
      return 'This account needs an access code for this application.'
    case sessionEnded.code:
      return 'The session token is expired or not valid. Log in again.'
    case tooManyRequests.code:
      return `Limit reached. Try again in ${secondsOf(problem)} seconds.`
    case unexpectedError.code:
      return `Request id ${problem.requestId}.`
    default:
      return problem.message
  }
}

function describeInput({ code, details, message }: KotakProblem): string {
  if (details.length > 0) return details.map(({ field, reason }) => `${field}: ${reason}`).join('; ')
  return `${placeOf(code)}: ${message}`
}

/** Names what of the request was wrong where no field is named. */
function placeOf(code: ErrorCode): string {
  switch (code) {
    case 'invalid_json':
    case 'body_too_large':
      return 'body'
    case 'unsupported_media_type':
      return 'Content-Type'
    case 'uri_too_long':
      return 'path'
    default:
      return 'request'
  }
}

/** An account its server's owner has locked opens at no known time; the contract has a text only for guesses. */
function describeLock(problem: KotakProblem): string {
  if (problem.code === 'account_disabled') return problem.message
  const minutes = Math.max(1, Math.ceil((problem.retryAfterS ?? 0) / 60))
  return `Too many failed attempts. Try again in ${minutes} minutes.`
}

/** Whole seconds of at least 1; what nobody knows an end of is asked again after the longest wait. */
function secondsOf({ retryAfterS }: KotakProblem): number {
  return Math.max(1, Math.ceil(retryAfterS ?? longestWaitS))
}
