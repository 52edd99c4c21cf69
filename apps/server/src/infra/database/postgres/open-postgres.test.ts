import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../database.ts'
import { openDatabase } from '../open-database.ts'
import { ConfigurationRefusedError } from '../start-errors.ts'
import { type TestPlace, testEnvironment } from '../testing/open-stores.ts'
import { createPostgresPlaces } from '../testing/postgres-places.ts'
import { createPool, serverLimits } from './pool.ts'

const places = createPostgresPlaces(process.env)

describe.skipIf(await places.isAbsent())('a PostgreSQL database', () => {
  let place: TestPlace
  let database: Database
  const url = () => (place.options.kind === 'postgres' ? place.options.url : '')

  beforeAll(async () => {
    place = await places.createPlace()
    database = await openDatabase(place.options, testEnvironment)
  })
  afterAll(async () => {
    await database.close()
    await place.remove()
  })

  it('bounds every wait on the server’s side', async () => {
    const names = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout']
    const asked = names.map((name) => sql<{ value: string }>`select current_setting(${name}) as value`)
    const rows = await Promise.all(asked.map((query) => query.execute(database.writer)))
    expect(rows.map((result) => result.rows[0]?.value)).toEqual(['5s', '2s', '10s'])
  })

  it('refuses the eleventh waiter instead of letting it wait without bound', async () => {
    const sleepers = Array.from({ length: 10 }, () => sql`select pg_sleep(2.6)`.execute(database.writer))
    await expect(database.ping()).rejects.toThrow('timeout')
    await Promise.all(sleepers)
    await expect(database.ping()).resolves.toBeUndefined()
  })

  it('survives a connection that breaks while it is lent out and asks nothing', async () => {
    const pool = createPool(url(), serverLimits, () => undefined)
    const lent = await pool.connect()
    const ended = new Promise((resolve) => lent.once('end', resolve))
    const { rows } = await lent.query<{ pid: number }>('select pg_backend_pid() as pid')
    expect(lent.listenerCount('error')).toBeGreaterThan(0) // else the break below is an uncaught exception
    await pool.query('select pg_terminate_backend($1)', [rows[0]?.pid])
    await ended
    lent.release(true)
    await pool.end()
  })

  it('refuses integers that a number cannot hold', async () => {
    const beyond = sql`select 9007199254740993::bigint as n`.execute(database.writer)
    await expect(beyond).rejects.toThrow('beyond 2^53')
  })

  it('refuses a server that acknowledges commits before they are on disk', async () => {
    const lossy = new URL(url())
    const options = lossy.searchParams.get('options') ?? ''
    lossy.searchParams.set('options', `${options} -c synchronous_commit=off`)
    const opened = openDatabase({ kind: 'postgres', url: lossy.href }, testEnvironment)
    await expect(opened).rejects.toThrow('synchronous_commit off')
    await expect(opened).rejects.toBeInstanceOf(ConfigurationRefusedError)
  })

  it('does not repeat a URL it cannot read', async () => {
    const opened = openDatabase({ kind: 'postgres', url: 'postgres://u:s3cret@[/x' }, testEnvironment)
    await expect(opened).rejects.toThrow(/^DATABASE_URL is not a valid URL\.$/)
  })

  it('reports a connection that broke while idle and replaces it', async () => {
    const broken: Error[] = []
    const own = await openDatabase(place.options, { ...testEnvironment, onBackgroundError: (e) => broken.push(e) })
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(own.writer)
    const admin = new pg.Client({ connectionString: url() })
    await admin.connect()
    await admin.query('select pg_terminate_backend($1)', [rows[0]?.pid])
    await admin.end()
    await expect.poll(() => broken.length).toBe(1)
    await expect(own.ping()).resolves.toBeUndefined()
    await own.close()
  })

  it('is backed up by its own tools', async () => {
    await expect(database.backup('/nowhere')).rejects.toThrow('pg_dump')
  })
})
