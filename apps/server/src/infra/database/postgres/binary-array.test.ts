import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPostgresPlaces } from '../testing/postgres-places.ts'
import { toBinaryArray } from './binary-array.ts'

const isAbsent = await createPostgresPlaces(process.env).isAbsent()

describe.skipIf(isAbsent)('a binary array', () => {
  let client: pg.Client

  beforeAll(async () => {
    client = new pg.Client(process.env['TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/test')
    await client.connect()
  })
  afterAll(async () => client.end())

  const echo = async (type: 'integer' | 'bigint' | 'float8', values: readonly number[]) => {
    const { rows } = await client.query<{ value: number | string }>(
      `select value from unnest($1::${type}[]) with ordinality as t (value, position) order by position`,
      [toBinaryArray(type, values)],
    )
    return rows.map((row) => Number(row.value))
  }

  it.each([
    ['float8', fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)],
    ['bigint', fc.maxSafeInteger()],
    ['integer', fc.integer()],
  ] as const)('of %s arrives as it was', async (type, value) => {
    await fc.assert(
      fc.asyncProperty(fc.array(value, { maxLength: 50 }), async (values) => {
        expect(await echo(type, values)).toEqual(values)
      }),
      { numRuns: 60 },
    )
  })

  it('refuses a time that is not a whole number', () => {
    expect(() => toBinaryArray('bigint', [0.5])).toThrow('whole number')
    expect(() => toBinaryArray('bigint', [Number.NaN])).toThrow('whole number')
  })
})
