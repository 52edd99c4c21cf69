import { type ErrorCode, errorTable } from '@banyan/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { kotakFaults, renderKotakProblem } from './faults.ts'

const codes = Object.keys(errorTable) as ErrorCode[]
const problem = { message: 'Words.', details: [], retryAfterS: null, requestId: 'req_1' }

describe('faults under /apim', () => {
  it('exist for exactly the codes of the table', () => {
    expect(Object.keys(kotakFaults).sort()).toEqual([...codes].sort())
  })

  /** Status, code, message and description of kotak.md §4, from the failures its calls can meet. */
  const contract: readonly (readonly [ErrorCode, Partial<typeof problem>, number, number, string, string])[] = [
    [
      'invalid_application',
      {},
      401,
      900901,
      'Invalid Credentials',
      'The bearer token or the consumer key is missing, unknown, expired or revoked.',
    ],
    [
      'invalid_json',
      { message: 'The body is not a JSON object.' },
      400,
      100000,
      'Invalid input',
      'body: The body is not a JSON object.',
    ],
    ['body_too_large', {}, 413, 100000, 'Invalid input', 'body: Words.'],
    ['unsupported_media_type', {}, 415, 100000, 'Invalid input', 'Content-Type: Words.'],
    ['uri_too_long', {}, 414, 100000, 'Invalid input', 'path: Words.'],
    ['headers_too_large', {}, 431, 100000, 'Invalid input', 'request: Words.'],
    ['invalid_credentials', {}, 401, 100001, 'Login failed', 'Wrong userid or password.'],
    ['invalid_second_factor', {}, 401, 100002, 'Access code rejected', 'The access code is wrong or expired.'],
    [
      'challenge_expired',
      {},
      401,
      100003,
      'One-time token rejected',
      'The one-time token is unknown, expired or already used.',
    ],
    [
      'access_code_required',
      {},
      401,
      100005,
      'Access code required',
      'This account needs an access code for this application.',
    ],
    ['account_disabled', {}, 401, 100004, 'Account locked', 'Words.'],
    ['session_revoked', {}, 401, 99999, 'Session ended', 'The session token is expired or not valid. Log in again.'],
    ['not_found', { message: 'GET /apim/x' }, 404, 900906, 'No such resource', 'GET /apim/x'],
    ['method_not_allowed', { message: 'PUT /apim/x' }, 405, 900906, 'No such resource', 'PUT /apim/x'],
    ['internal_error', {}, 500, 101500, 'Unexpected error', 'Request id req_1.'],
    ['unavailable', {}, 503, 101503, 'Service unavailable', 'Words.'],
  ]
  it.each(contract)('answer %s %o with %i and %i', (code, given, status, faultCode, message, description) => {
    const rendered = renderKotakProblem({ ...problem, ...given, code })
    expect(rendered.status).toBe(status)
    expect(rendered.body).toBe(JSON.stringify({ fault: { code: faultCode, message, description } }))
  })

  it.each(codes)('%s is one object with one key, its content type, and a challenge exactly with 401', (code) => {
    const { status, headers, body } = renderKotakProblem({ ...problem, code })
    const { fault, ...others } = JSON.parse(body)
    expect(others).toEqual({})
    expect(Object.keys(fault)).toEqual(['code', 'message', 'description'])
    expect(Number.isInteger(fault.code)).toBe(true)
    expect(fault.description).not.toBe('')
    expect(headers['content-type']).toBe('application/json; charset=utf-8')
    expect(headers['www-authenticate']).toBe(status === 401 ? 'Bearer' : undefined)
    expect(headers['retry-after'] !== undefined).toBe(status === 429 || status === 503)
  })

  it('name every failing field', () => {
    const details = [
      { field: 'userid', reason: 'is required' },
      { field: 'accessCode', reason: 'must be a string of 4 digits' },
    ]
    const { body } = renderKotakProblem({ ...problem, code: 'invalid_parameter', details })
    expect(JSON.parse(body).fault.description).toBe('userid: is required; accessCode: must be a string of 4 digits')
  })

  it('say how long a lock lasts in minutes rounded up, and never fewer than one', () => {
    const description = (retryAfterS: number) =>
      JSON.parse(renderKotakProblem({ ...problem, code: 'too_many_attempts', retryAfterS }).body).fault.description
    expect(description(900)).toBe('Too many failed attempts. Try again in 15 minutes.')
    expect(description(841)).toBe('Too many failed attempts. Try again in 15 minutes.')
    expect(description(840)).toBe('Too many failed attempts. Try again in 14 minutes.')
    expect(description(0.2)).toBe('Too many failed attempts. Try again in 1 minutes.')
  })

  it('send clients to sleep for 1 to 60 whole seconds, while the text tells the whole wait', () => {
    const waits = fc.oneof(fc.constant(null), fc.double({ min: 0, max: 100_000, noNaN: true }))
    fc.assert(
      fc.property(waits, fc.constantFrom('rate_limited', 'unavailable', 'mail_not_configured'), (retryAfterS, code) => {
        const { headers, body } = renderKotakProblem({ ...problem, code, retryAfterS })
        const seconds = Number(headers['retry-after'])
        expect(Number.isInteger(seconds) && seconds >= 1 && seconds <= 60).toBe(true)
        if (retryAfterS !== null && retryAfterS <= 60) expect(seconds).toBe(Math.max(1, Math.ceil(retryAfterS)))
        if (code !== 'rate_limited' || retryAfterS === null) return
        const whole = Math.max(1, Math.ceil(retryAfterS))
        expect(JSON.parse(body).fault.description).toBe(`Limit reached. Try again in ${whole} seconds.`)
      }),
    )
  })

  it('keep the status HTTP itself decides', () => {
    expect(renderKotakProblem({ ...problem, code: 'unavailable', status: 408 }).status).toBe(408)
  })
})
