import { BanyanError } from '@banyan/domain'
import { describe, expect, it } from 'vitest'
import { toUnavailable } from './unavailable.ts'

const failure = (message: string, code?: string) =>
  Object.assign(new Error(message), code === undefined ? {} : { code })

describe('a failure of PostgreSQL', () => {
  it.each([
    failure('connect ECONNREFUSED 127.0.0.1:5432', 'ECONNREFUSED'),
    failure('read ECONNRESET', 'ECONNRESET'),
    failure('terminating connection due to administrator command', '57P01'),
    failure('canceling statement due to statement timeout', '57014'),
    failure('sorry, too many clients already', '53300'),
    failure('canceling statement due to lock timeout', '55P03'),
    failure('timeout exceeded when trying to connect'),
    failure('Connection terminated unexpectedly'),
    failure('Query read timeout'),
  ])('that says nothing about the statement is unavailable, with the cause for the log: %s', (error) => {
    const translated = toUnavailable(error)
    expect(translated).toBeInstanceOf(BanyanError)
    expect(translated).toMatchObject({ code: 'unavailable', retryAfterS: 1, cause: error })
  })

  it.each([
    failure('duplicate key value', '23505'),
    failure('syntax error', '42601'),
    failure('anything else'),
    'not an error',
  ])('that is about the statement stays what it is: %s', (error) => {
    expect(toUnavailable(error)).toBe(error)
  })
})
