import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../database.ts'
import { openDatabase } from '../open-database.ts'
import { type TestPlace, testEnvironment } from '../testing/open-stores.ts'
import { createPostgresPlaces } from '../testing/postgres-places.ts'

const places = createPostgresPlaces(process.env)

describe.skipIf(await places.isAbsent())('a write on PostgreSQL', () => {
  let place: TestPlace
  let database: Database

  beforeAll(async () => {
    place = await places.createPlace()
    database = await openDatabase(place.options, testEnvironment)
    const rows = ['a', 'b', 'n'].map((name) => ({ name, value: '0' }))
    await database.writer.insertInto('settings').values(rows).execute()
  })
  afterAll(async () => {
    await database.close()
    await place.remove()
  })

  const raising = (code: string) => sql.raw(`do $$ begin raise exception 'raised' using errcode = '${code}'; end $$`)
  const readValue = async (name: string) => {
    const row = await database.reader.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst()
    return row?.value
  }

  it('that waits in a circle with another one runs again, and both happen', async () => {
    const met = createMeeting(2)
    let runs = 0
    const appendIn = (names: readonly string[], text: string) =>
      database.transact(async (trx) => {
        const isFirstRun = ++runs <= 2
        for (const [i, name] of names.entries()) {
          await trx
            .updateTable('settings')
            .set({ value: sql<string>`value || ${text}` })
            .where('name', '=', name)
            .execute()
          if (i === 0 && isFirstRun) await met()
        }
      })
    await Promise.all([appendIn(['a', 'b'], 'x'), appendIn(['b', 'a'], 'y')])
    expect(runs).toBe(3)
    expect([...((await readValue('a')) ?? '')].sort()).toEqual(['0', 'x', 'y'])
    expect([...((await readValue('b')) ?? '')].sort()).toEqual(['0', 'x', 'y'])
  })

  it.each(['40001', '40P01', '23503'])('that lost with %s leaves nothing of its first run', async (code) => {
    let runs = 0
    await database.transact(async (trx) => {
      runs++
      await trx
        .insertInto('settings')
        .values({ name: `${code} ${runs}`, value: '' })
        .execute()
      if (runs === 1) await raising(code).execute(trx)
    })
    expect([await readValue(`${code} 1`), await readValue(`${code} 2`)]).toEqual([undefined, ''])
  })

  it('that loses again and again is unavailable', async () => {
    let runs = 0
    const losing = database.transact(async (trx) => {
      runs++
      await raising('40001').execute(trx)
    })
    await expect(losing).rejects.toMatchObject({ code: 'unavailable', retryAfterS: 1, cause: { code: '40001' } })
    expect(runs).toBe(5)
  })

  it('does not run again for a failure of its own', async () => {
    let runs = 0
    const failing = database.transact(async (trx) => {
      runs++
      await trx.insertInto('settings').values({ name: 'n', value: '' }).execute()
    })
    await expect(failing).rejects.toMatchObject({ code: '23505' })
    expect(runs).toBe(1)
  })

  it('whose connection breaks at the commit is unavailable and not run again: it may have happened', async () => {
    let runs = 0
    const breaking = database.transact(async (trx) => {
      runs++
      await trx.updateTable('settings').set({ value: '1' }).where('name', '=', 'n').execute()
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx)
      await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(database.writer)
    })
    await expect(breaking).rejects.toMatchObject({ code: 'unavailable' })
    expect(runs).toBe(1)
    expect(await readValue('n')).toBe('0')
  })
})

/** Returns a function that resolves once it was called so many times. */
function createMeeting(guests: number): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  let arrived = 0
  return () => {
    if (++arrived === guests) resolve()
    return promise
  }
}
