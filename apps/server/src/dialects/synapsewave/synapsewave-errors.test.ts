import { SynapsewaveError } from '@banyan/contracts'
import { BanyanError, type ErrorCode, errorTable } from '@banyan/domain'
import Schema from 'typebox/schema'
import { describe, expect, it } from 'vitest'
import { renderSynapsewaveProblem } from './synapsewave-errors.ts'

function render(code: ErrorCode, options: ConstructorParameters<typeof BanyanError>[1] = {}, status?: number) {
  const error = new BanyanError(code, options)
  const { message, details, retryAfterS } = error
  const { body, ...reply } = renderSynapsewaveProblem({
    code,
    message,
    details,
    retryAfterS,
    ...(status === undefined ? {} : { status }),
  })
  return { ...reply, body: JSON.parse(body) as Record<string, unknown> }
}

const codes = Object.keys(errorTable) as ErrorCode[]

/** synapsewave.md §4: number, status, message, by the code of the core that means the same. */
const contract = [
  ['account_disabled', 'e-14', 400, 'Gateway license error. This account is not enabled for the API.'],
  ['invalid_second_factor', 'e-17', 400, 'Incorrect TOTP.'],
  ['invalid_credentials', 'e-21', 400, 'Invalid user id or password.'],
  ['invalid_code', 'e-22', 400, 'Incorrect OTP.'],
  ['code_expired', 'e-23', 400, 'OTP expired. Request a new one.'],
  ['challenge_expired', 'e-24', 400, 'register_token is invalid, expired or already used.'],
  ['device_not_registered', 'e-27', 400, 'Device not registered.'],
  ['mpin_not_registered', 'e-28', 400, 'MPIN not registered.'],
  ['invalid_sso_token', 'e-29', 400, 'SSO token is invalid.'],
  ['invalid_application', 'e-31', 403, 'x-api-key or api_key is not valid.'],
  ['application_mismatch', 'e-32', 403, 'x-api-key does not match.'],
  ['missing_credentials', 'e-33', 401, 'Authorization is missing.'],
  ['token_expired', 'e-34', 401, 'Session expired.'],
  ['session_revoked', 'e-35', 401, 'Session is not valid.'],
  ['invalid_token', 'e-35', 401, 'Session is not valid.'],
  ['wrong_token_kind', 'e-35', 401, 'Session is not valid.'],
  ['invalid_code_token', 'e-39', 400, 'OTP token is invalid, expired or already used.'],
  ['not_found', 'e-40', 404, 'No such resource.'],
  ['method_not_allowed', 'e-41', 405, 'Method not allowed.'],
  ['body_too_large', 'e-42', 413, 'Body too large.'],
  ['unsupported_media_type', 'e-43', 415, 'Content-Type must be application/json.'],
  ['internal_error', 'e-50', 500, 'Unexpected error.'],
  ['unavailable', 'e-51', 503, 'Service unavailable.'],
] as const

describe('an error', () => {
  it.each(contract)('%s is %s with status %i', (code, errors, status, message) => {
    const reply = render(code, { message: 'a sentence of the core' })
    expect([reply.status, reply.body]).toEqual([status, { status: 'error', code: 'e-101', message, errors }])
  })

  it.each(codes)('%s has the one shape, its type, and no data', (code) => {
    const { body, status, headers } = render(code)
    expect(Schema.Check(SynapsewaveError, body)).toBe(true)
    expect(Object.keys(body)).toEqual(['status', 'code', 'message', 'errors'])
    expect(headers['content-type']).toBe('application/json; charset=utf-8')
    expect(status).toBeGreaterThanOrEqual(400)
    expect(headers['www-authenticate']).toBe(status === 401 ? 'Bearer' : undefined)
    expect(headers['retry-after']).toEqual(
      status === 429 || status === 503 ? expect.stringMatching(/^[1-9]\d*$/) : undefined,
    )
  })

  it('names the first field that is wrong, and why', () => {
    const details = [
      { field: 'user_id', reason: 'is required' },
      { field: 'source', reason: 'must be WEBAPI or MOBILEAPI' },
    ]
    expect(render('invalid_parameter', { details }).body['message']).toBe('Invalid request: user_id: is required')
  })

  it.each([
    [1, 1],
    [60, 1],
    [61, 2],
    [900, 15],
  ])('says a lock of %i s in minutes begun: %i, without Retry-After', (retryAfterS, minutes) => {
    const { body, status, headers } = render('too_many_attempts', { retryAfterS })
    expect(body).toMatchObject({ errors: 'e-25', message: `Account locked. Try again in ${minutes} minutes.` })
    expect([status, headers['retry-after']]).toEqual([400, undefined])
  })

  it('says how long to wait in the text and in Retry-After', () => {
    const limited = render('rate_limited', { retryAfterS: 17 })
    expect(limited.body).toMatchObject({ errors: 'e-36', message: 'Too many requests. Try again in 17 seconds.' })
    expect([limited.status, limited.headers['retry-after']]).toEqual([429, '17'])
    const soon = render('code_requested_too_soon', { retryAfterS: 30 })
    expect(soon.body).toMatchObject({ errors: 'e-37', message: 'Wait 30 seconds before requesting another OTP.' })
    expect([soon.status, soon.headers['retry-after']]).toEqual([429, '30'])
  })

  it('keeps the status HTTP itself decided', () => {
    expect(render('unavailable', { retryAfterS: 1 }, 408)).toMatchObject({ status: 408, body: { errors: 'e-51' } })
    expect(render('uri_too_long')).toMatchObject({ status: 414, body: { errors: 'e-20' } })
    expect(render('headers_too_large')).toMatchObject({ status: 431, body: { errors: 'e-20' } })
  })
})
