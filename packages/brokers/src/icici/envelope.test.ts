import { istMidnight } from '@banyan/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type UpstreamAnswer, Verdict } from '../http/upstream-port.ts'
import { type Asked, readSuccess } from './envelope.ts'
import { breezeAnswer, pageAnswer } from './testing/breeze-answer.ts'

const now = istMidnight('2026-11-25') + 22 * 3_600_000
const list: Asked = { gives: 'list', notAvailable: 'unavailable', now }
const opening: Asked = { gives: 'record', notAvailable: 'auth_required', now }

/** Returns the outcome of an answer; `malformed` is what the port makes of any other error. */
function failureOf(answer: UpstreamAnswer, asked = list): Pick<Verdict, 'failure' | 'retryAfterS' | 'vendorText'> {
  try {
    readSuccess(answer, asked)
  } catch (error) {
    if (error instanceof Verdict)
      return { failure: error.failure, retryAfterS: error.retryAfterS, vendorText: error.vendorText }
    return { failure: 'malformed', retryAfterS: null, vendorText: null }
  }
  throw new Error('the answer was good')
}

describe('the envelope', () => {
  it.each([[{ Success: [] }], [{ Success: [1], Error: '' }], [{ Success: { a: 1 } }]])('is good: %j', (envelope) => {
    expect(readSuccess(breezeAnswer(envelope), list)).toEqual(envelope.Success)
  })

  it('BZ-3 tells a limit, a session that ended and a wrong checksum apart, though all three come with 401', () => {
    const of = (text: string) => failureOf(breezeAnswer({ Status: 5, Error: text }, { status: 401 }))
    expect(of('Limit exceed: API call per minute:Try after some time')).toMatchObject({
      failure: 'rate_limited',
      retryAfterS: 60,
    })
    expect(of('Limit exceed: API call per day: ')).toMatchObject({ failure: 'rate_limited', retryAfterS: 7200 })
    expect(of('Invalid session').failure).toBe('auth_required')
    expect(of('Invalid Checksum').failure).toBe('auth_required')
    expect(of('Something new').failure).toBe('rejected')
  })

  it('BZ-4 is bad with HTTP 200 when its own status is', () => {
    const text = 'Something went wrong'
    const answer = breezeAnswer({ Success: [{ a: 1 }], Status: 500, Error: text })
    expect(failureOf(answer)).toEqual({ failure: 'unavailable', retryAfterS: null, vendorText: text })
    expect(failureOf(breezeAnswer({ Success: [], Status: 5 })).failure).toBe('rejected')
    expect(failureOf(breezeAnswer({ Success: [], Error: 'No' })).failure).toBe('rejected')
    expect(failureOf(breezeAnswer({ Success: null })).failure).toBe('rejected')
    expect(failureOf(breezeAnswer({ Success: '' })).failure).toBe('rejected')
  })

  it.each([
    ['Limit exceed: API call per minute:Try after some time', 200, 200, 'rate_limited'],
    ['INVALID SESSION token', 200, 500, 'auth_required'],
    ['Session key is expired', 401, 5, 'auth_required'],
    ['Public Key does not exist', 200, 500, 'auth_required'],
    ['IP address used does not match', 200, 5, 'forbidden'],
    ['Resource not available.', 200, 500, 'unavailable'],
    ['Unable to retrieve customer details at the moment', 200, 500, 'unavailable'],
    ['We are not able to process your request', 200, 5, 'unavailable'],
    ['Brand new text', 200, 500, 'unavailable'],
    ['Brand new text', 502, 5, 'unavailable'],
    ['Brand new text', 504, 500, 'timeout'],
    ['We are not able to process your request', 504, 500, 'timeout'],
    ['Brand new text', 404, 5, 'rejected'],
  ] as const)('reads "%s" with HTTP %i and Status %i as %s', (text, status, Status, failure) => {
    expect(failureOf(breezeAnswer({ Status, Error: text }, { status })).failure).toBe(failure)
  })

  it('takes a spent code for the end of the sign-in', () => {
    const answer = breezeAnswer({ Status: 500, Error: 'Resource not available.' })
    expect(failureOf(answer, opening).failure).toBe('auth_required')
  })

  it('takes "no data" for an empty list, and for a failure where a record was asked for', () => {
    const answer = breezeAnswer({ Status: 500, Error: 'No Data Found' })
    expect(readSuccess(answer, list)).toEqual([])
    expect(failureOf(answer, opening).failure).toBe('unavailable')
    expect(failureOf(breezeAnswer({ Success: [1], Status: 500, Error: 'no data' })).failure).toBe('unavailable')
  })

  it.each([
    [429, 'rate_limited', 60],
    [503, 'rate_limited', 60],
    [504, 'timeout', null],
    [502, 'malformed', null],
    [200, 'malformed', null],
  ] as const)('reads a page with HTTP %i as %s', (status, failure, retryAfterS) => {
    expect(failureOf(pageAnswer(status))).toEqual({ failure, retryAfterS, vendorText: null })
  })

  it.each([
    '[]',
    '"ok"',
    'null',
    '{}',
    '{"Success":[],"Status":"200","Error":null}',
    '{"Success":[],"Status":200,"Error":5}',
  ])('does not understand %s', (text) => {
    const answer = { status: 200, headers: {}, body: Buffer.from(text) }
    expect(failureOf(answer).failure).toBe('malformed')
  })

  it('says so when a checksum may be refused because the clocks differ', () => {
    const told = (offsetMs: number) => {
      const date = new Date(now + offsetMs).toUTCString()
      return failureOf(breezeAnswer({ Status: 5, Error: 'Invalid Checksum' }, { status: 401, date })).vendorText
    }
    expect(told(0)).toBe('Invalid Checksum')
    expect(told(-30_000)).toBe('Invalid Checksum')
    expect(told(-45_000)).toBe("Invalid Checksum (the clock of this server is 45 s ahead of ICICI's)")
    expect(told(90_000)).toBe("Invalid Checksum (the clock of this server is 90 s behind ICICI's)")
  })

  it('never takes bytes of any kind for a good answer that is not one', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.integer({ min: 200, max: 599 }), (bytes, status) => {
        expect(failureOf({ status, headers: {}, body: Buffer.from(bytes) }).failure).not.toBe('auth_required')
      }),
    )
  })
})
