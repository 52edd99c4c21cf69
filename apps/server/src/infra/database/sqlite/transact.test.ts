import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { Kysely, sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../database.ts'
import { openDatabase } from '../open-database.ts'
import type { Schema } from '../schema.ts'
import { createTestFolder, testEnvironment } from '../testing/open-stores.ts'
import { NodeSqliteDialect } from './node-sqlite-dialect.ts'
import { openWriterConnection } from './sqlite-connection.ts'
import { createSqliteTransact } from './transact.ts'

const unavailable = { code: 'unavailable', retryAfterS: 1 }
const patienceMs = 100
/** How often the lock is asked for in that time, at most. */
const tries = patienceMs / 5

describe('a write on SQLite', () => {
  let folder: ReturnType<typeof createTestFolder>
  let database: Database
  let other: DatabaseSync
  const put = (name: string, value = '1') =>
    database.transact((trx) => trx.insertInto('settings').values({ name, value }).execute())
  const listNames = async () => {
    const rows = await database.reader.selectFrom('settings').select('name').orderBy('name').execute()
    return rows.map((row) => row.name)
  }

  beforeEach(async () => {
    folder = createTestFolder()
    database = await openDatabase({ kind: 'sqlite', homeDir: folder.homeDir }, testEnvironment)
    other = openWriterConnection(join(folder.homeDir, 'banyan.db'), { busyTimeoutMs: 0 })
  })
  afterEach(async () => {
    other.close()
    await database.close()
    folder.remove()
  })

  it('lets others have a turn between those that stand in line', async () => {
    let turns = 0
    let next = setImmediate(function count() {
      turns++
      next = setImmediate(count)
    })
    await Promise.all(Array.from({ length: 50 }, (_, i) => put(`name ${i}`)))
    clearImmediate(next)
    expect(turns).toBeGreaterThanOrEqual(49)
  })

  it('waits while an import holds the lock, and reads do not', async () => {
    other.exec('begin immediate')
    const writes = [put('a'), put('b')]
    expect(await listNames()).toEqual([])
    other.exec('commit')
    await Promise.all(writes)
    expect(await listNames()).toEqual(['a', 'b'])
  })

  describe('that may wait a tenth of a second', () => {
    let writer: Kysely<Schema>
    let transact: Database['transact']
    let begins: { count: number }

    beforeEach(() => {
      const connection = openWriterConnection(join(folder.homeDir, 'banyan.db'), { busyTimeoutMs: 0 })
      begins = countExecs(connection)
      writer = new Kysely<Schema>({ dialect: new NodeSqliteDialect(connection, { patienceMs }) })
      transact = createSqliteTransact(writer, patienceMs)
      other.exec('begin immediate')
    })
    afterEach(() => writer.destroy())

    it('is unavailable when the lock is not to be had by then, and so are those behind it, without a wait of their own', async () => {
      const writes = Array.from({ length: 20 }, () => transact(async () => 'written'))
      for (const outcome of await Promise.allSettled(writes)) {
        expect(outcome).toMatchObject({ status: 'rejected', reason: unavailable })
      }
      expect(begins.count).toBeLessThanOrEqual(tries + writes.length)
      other.exec('commit')
      expect(await transact(async () => 'written')).toBe('written')
    })

    it('has waited in line for a part of it', async () => {
      const holding = writer.connection().execute(() => sleep(patienceMs * 0.75))
      await expect(transact(async () => 'written')).rejects.toMatchObject(unavailable)
      await holding
      expect(begins.count).toBeLessThan(tries)
    })
  })

  it('of one statement alone is unavailable too', async () => {
    other.exec('begin immediate')
    const writing = database.writer.insertInto('settings').values({ name: 'a', value: '1' }).execute()
    await expect(writing).rejects.toMatchObject(unavailable)
    other.exec('rollback')
  })

  it('is unavailable while the disk is full, leaves nothing, and works when there is room again', async () => {
    await put('before')
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(database.writer)
    await sql`pragma max_page_count = ${sql.lit(rows[0]?.page_count)}`.execute(database.writer)
    await expect(put('large', 'x'.repeat(100_000))).rejects.toMatchObject(unavailable)
    expect(await listNames()).toEqual(['before'])
    await sql`pragma max_page_count = 1000000`.execute(database.writer)
    await put('large', 'x'.repeat(100_000))
    expect(await listNames()).toEqual(['before', 'large'])
  })

  it('keeps a failure of its own', async () => {
    await put('a')
    await expect(put('a')).rejects.toThrow('UNIQUE')
    await expect(database.transact(() => Promise.reject(new Error('mine')))).rejects.toThrow('mine')
  })
})

function countExecs(connection: DatabaseSync): { count: number } {
  const counted = { count: 0 }
  const exec = connection.exec.bind(connection)
  connection.exec = (text) => {
    counted.count++
    exec(text)
  }
  return counted
}
