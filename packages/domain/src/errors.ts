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
  multiple_credentials: { retry: 'never', sentence: 'Send exactly one credential.' },
  email_taken: { retry: 'never', sentence: 'This e-mail address has an account already.' },
  invalid_reset_token: { retry: 'never', sentence: 'The link is not valid any more. Ask for a new one.' },
  invalid_invitation: { retry: 'never', sentence: 'The invitation is not valid, used or over.' },
  invalid_bootstrap_token: { retry: 'never', sentence: 'The bootstrap token is not valid, used or over.' },
  unacceptable_secret: { retry: 'never', sentence: 'Choose another password or MPIN.' },
  missing_credentials: { retry: 'sign-in', sentence: 'Sign in first.' },
  invalid_token: { retry: 'sign-in', sentence: 'The token is not valid.' },
  token_expired: { retry: 'sign-in', sentence: 'The token is over. Refresh it or sign in.' },
  wrong_token_kind: { retry: 'sign-in', sentence: 'This kind of token is not accepted here.' },
  session_revoked: { retry: 'sign-in', sentence: 'The session has ended. Sign in again.' },
  refresh_reused: {
    retry: 'sign-in',
    sentence: 'This refresh token was used before. The session has been ended for safety; sign in again.',
  },
  invalid_credentials: { retry: 'never', sentence: 'The name or the password is wrong.' },
  second_factor_required: { retry: 'never', sentence: 'A second factor is needed.' },
  invalid_second_factor: { retry: 'never', sentence: 'The code is wrong or was used before.' },
  challenge_expired: { retry: 'sign-in', sentence: 'This sign-in is over. Begin again.' },
  access_code_required: { retry: 'never', sentence: 'This account needs an access code for this application.' },
  account_disabled: { retry: 'never', sentence: 'This account is locked by the owner of this server.' },
  invalid_code: { retry: 'never', sentence: 'The code is wrong.' },
  code_expired: { retry: 'never', sentence: 'The code is over. Ask for a new one.' },
  invalid_code_token: { retry: 'never', sentence: 'The code token is not valid, used or over.' },
  code_requested_too_soon: { retry: 'later', sentence: 'Wait before asking for another code.' },
  combination_not_supported: { retry: 'never', sentence: 'These two factors do not sign in together.' },
  device_not_registered: { retry: 'never', sentence: 'The device is not registered.' },
  mpin_not_registered: { retry: 'never', sentence: 'The account has no MPIN.' },
  factor_not_enrolled: { retry: 'never', sentence: 'The account does not have this second factor.' },
  invalid_sso_token: { retry: 'never', sentence: 'The single sign-on token is not valid.' },
  sso_link_taken: { retry: 'never', sentence: 'This identity is linked to an account already.' },
  invalid_passkey: { retry: 'never', sentence: 'The passkey was not accepted.' },
  invalid_application: { retry: 'never', sentence: 'The application is unknown, disabled, or its token is over.' },
  application_mismatch: { retry: 'never', sentence: 'The credentials belong to different applications.' },
  invalid_api_key: { retry: 'never', sentence: 'The API key is not valid.' },
  api_key_expired: { retry: 'never', sentence: 'The API key is over.' },
  insufficient_scope: { retry: 'never', sentence: 'The API key does not have the scope this needs.' },
  api_key_not_allowed: { retry: 'never', sentence: 'API keys only read; sign in for this.' },
  insufficient_role: { retry: 'never', sentence: 'The role of this account does not permit this.' },
  cross_site_request: { retry: 'never', sentence: 'A cookie is not accepted from another site.' },
  wrong_password: { retry: 'never', sentence: 'The password is wrong.' },
  registration_closed: { retry: 'never', sentence: 'This server takes no new accounts.' },
  second_factor_enabled: { retry: 'never', sentence: 'The second factor is on already.' },
  second_factor_not_enabled: { retry: 'never', sentence: 'There is no second factor to confirm or switch off.' },
  key_limit_reached: { retry: 'never', sentence: 'The account has 20 live keys. Remove one first.' },
  application_limit_reached: { retry: 'never', sentence: 'The account has 20 applications. Remove one first.' },
  watchlist_limit_reached: { retry: 'never', sentence: 'The account has 20 watchlists. Remove one first.' },
  last_owner: { retry: 'never', sentence: 'The last owner cannot go. Make another owner first.' },
  too_many_attempts: { retry: 'later', sentence: 'Too many failed attempts. Wait and try again.' },
  mail_not_configured: { retry: 'never', sentence: 'This server sends no mail. Its owner can set SMTP_URL.' },
  sync_in_progress: { retry: 'later', sentence: 'A sync of this account is running already.' },
  broker_sign_in_required: { retry: 'sign-in', sentence: 'Sign in at the broker first.' },
  broker_rejected: { retry: 'sign-in', sentence: 'The broker refused.' },
  broker_unreachable: {
    retry: 'later',
    sentence: 'The broker cannot be reached, or what it answered was not understood.',
  },
  broker_timeout: { retry: 'later', sentence: 'The broker did not answer in time.' },
  broker_rate_limited: { retry: 'later', sentence: 'The broker takes no more requests for now.' },
  provider_not_configured: { retry: 'never', sentence: 'This server is not set up for that provider.' },
  admin_secret_not_configured: { retry: 'never', sentence: 'No admin secret is set on this server, so this is shut.' },
  admin_secret_invalid: { retry: 'never', sentence: 'The admin secret is wrong.' },
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
