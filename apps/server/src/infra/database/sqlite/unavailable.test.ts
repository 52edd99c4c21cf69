import { BanyanError } from '@banyan/domain'
import { describe, expect, it } from 'vitest'
import { toUnavailable } from './unavailable.ts'

const failure = (message: string, errcode?: number) =>
  Object.assign(new Error(message), errcode === undefined ? {} : { code: 'ERR_SQLITE_ERROR', errcode })

describe('a failure of SQLite', () => {
  it.each([
    failure('database is locked', 5),
    failure('database is locked', 5 | (1 << 8)), // a reader during recovery
    failure('disk I/O error', 10),
    failure('disk I/O error', 10 | (3 << 8)), // a write
    failure('database or disk is full', 13),
  ])('that says nothing about the statement is unavailable, with the cause for the log: %s', (error) => {
    const translated = toUnavailable(error)
    expect(translated).toBeInstanceOf(BanyanError)
    expect(translated).toMatchObject({ code: 'unavailable', retryAfterS: 1, cause: error })
  })

  it.each([
    failure('UNIQUE constraint failed', 2067),
    failure('no such table', 1),
    failure('attempt to write a readonly database', 8),
    failure('anything else'),
    'not an error',
  ])('that is about the statement stays what it is: %s', (error) => {
    expect(toUnavailable(error)).toBe(error)
  })
})
