import { describe, expect, it } from 'vitest'
import { type UpstreamAnswer, Verdict } from '../http/upstream-port.ts'
import { readData } from './read-answer.ts'
import { failure, page, success, textAnswer } from './testing/vendor-answers.ts'

/** What the port makes of an answer: the verdict, or that it was not understood. */
function outcomeOf(answer: UpstreamAnswer): string {
  try {
    readData(answer)
    return 'ok'
  } catch (error) {
    return error instanceof Verdict ? error.failure : 'malformed'
  }
}

function verdictOf(answer: UpstreamAnswer): Verdict {
  try {
    readData(answer)
  } catch (error) {
    if (error instanceof Verdict) return error
  }
  throw new Error('there was no verdict')
}

describe('readData', () => {
  it('returns the data of a good answer, also when it is empty', () => {
    expect(readData(success([]))).toEqual([])
    expect(readData(success(true))).toBe(true)
  })

  it.each([
    [403, 'TokenException', 'auth_required'],
    [403, 'PermissionException', 'forbidden'],
    [403, 'SomethingElse', 'forbidden'],
    [400, 'InputException', 'rejected'],
    [404, 'GeneralException', 'rejected'],
    [405, 'GeneralException', 'rejected'],
    [410, 'GeneralException', 'rejected'],
    [429, 'NetworkException', 'rate_limited'],
    [500, 'GeneralException', 'unavailable'],
    [502, 'NetworkException', 'unavailable'],
    [503, 'DataException', 'unavailable'],
    [504, 'DataException', 'timeout'],
    [401, 'TokenException', 'rejected'],
    [422, 'HoldingException', 'rejected'],
    [400, 'BrandNewException', 'rejected'],
    [599, 'BrandNewException', 'unavailable'],
    [200, 'GeneralException', 'unavailable'],
  ])('reads %i %s as %s', (status, errorType, outcome) => {
    expect(outcomeOf(failure(status, errorType))).toBe(outcome)
  })

  it.each([
    ['Missing `api_key` or `access_token`', 'auth_required'],
    ['Incorrect `access_token`.', 'auth_required'],
    ['Invalid api_key.', 'auth_required'],
    ['Invalid `i`.', 'rejected'],
    ['no_api_key_word', 'rejected'],
  ])('reads 400 InputException "%s" as %s', (message, outcome) => {
    expect(outcomeOf(failure(400, 'InputException', message))).toBe(outcome)
  })

  it('believes only an InputException about credentials', () => {
    expect(outcomeOf(failure(400, 'OrderException', 'Invalid api_key.'))).toBe('rejected')
  })

  it('KC-9 reads an HTML page with 502 as unavailable, with 200 as malformed', () => {
    expect(outcomeOf(page(502))).toBe('unavailable')
    expect(outcomeOf(page(200))).toBe('malformed')
    expect(outcomeOf(page(403))).toBe('forbidden')
    expect(outcomeOf(page(504))).toBe('timeout')
  })

  it.each([
    ['cut JSON', '{"status":"success","data":[{"tradin'],
    ['no status', '{"data":[]}'],
    ['an unknown status', '{"status":"ok","data":[]}'],
    ['no data', '{"status":"success"}'],
    ['a list', '[]'],
    ['null', 'null'],
    ['nothing', ''],
  ])('reads 200 with %s as malformed', (_, body) => {
    expect(outcomeOf(textAnswer(200, body))).toBe('malformed')
  })

  it('reads a redirect as malformed', () => {
    expect(outcomeOf(textAnswer(302, ''))).toBe('malformed')
  })

  it('hands the vendor’s sentence on', () => {
    expect(verdictOf(failure(403, 'TokenException', 'Token is invalid.')).vendorText).toBe('Token is invalid.')
    expect(verdictOf(page(500)).vendorText).toBeNull()
    expect(verdictOf(textAnswer(400, '{"status":"error","message":12}')).vendorText).toBeNull()
  })
})
