import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '../open-database.ts'
import { DataFolderInUseError, DataFolderUnusableError } from '../start-errors.ts'
import { createTestFolder, testEnvironment } from '../testing/open-stores.ts'
import { refuseNetworkFileSystem } from './data-folder.ts'
import { openWriterConnection, readPragma } from './sqlite-connection.ts'

describe('the data folder', () => {
  let folder: ReturnType<typeof createTestFolder>
  let homeDir: string
  const open = (dir = homeDir) => openDatabase({ kind: 'sqlite', homeDir: dir }, testEnvironment)
  const modeOf = (name: string) => (statSync(join(homeDir, name)).mode & 0o777).toString(8)

  beforeEach(() => {
    folder = createTestFolder()
    homeDir = join(folder.homeDir, 'home')
  })
  afterEach(() => folder.remove())

  it('and every file in it are for their owner only', async () => {
    const database = await open()
    await database.writer.insertInto('settings').values({ name: 'a', value: '1' }).execute()
    expect(modeOf('.')).toBe('700')
    const files = ['banyan.db', 'banyan.db-wal', 'banyan.db-shm', 'lock.db', 'server.pid']
    expect(files.map(modeOf)).toEqual(files.map(() => '600'))
    await database.close()
  })

  it('is tightened when it was open to others', async () => {
    await (await open()).close()
    chmodSync(homeDir, 0o755)
    chmodSync(join(homeDir, 'banyan.db'), 0o644)
    await (await open()).close()
    expect([modeOf('.'), modeOf('banyan.db')]).toEqual(['700', '600'])
  })

  it('is refused to a second opener, who is told folder, holder and remedy', async () => {
    const database = await open()
    const second = await open().catch((error: unknown) => error)
    expect(second).toBeInstanceOf(DataFolderInUseError)
    expect(second).toMatchObject({ folder: homeDir, pid: process.pid, exitCode: 2 })
    expect(String(second)).toContain(`${homeDir} is in use by process ${process.pid}. Stop it, or set BANYAN_HOME`)
    await database.close()
  })

  it('stays held after a refused opener, and is free after close', async () => {
    const database = await open()
    await expect(open()).rejects.toBeInstanceOf(DataFolderInUseError)
    await expect(open()).rejects.toBeInstanceOf(DataFolderInUseError)
    await database.close()
    expect(existsSync(join(homeDir, 'server.pid'))).toBe(false)
    await (await open()).close()
  })

  it('is free again after an open that failed', async () => {
    mkdirSync(homeDir)
    writeFileSync(
      join(homeDir, 'banyan.db'),
      'this is no database, it only looks as long as one needs to be\n'.repeat(40),
    )
    await expect(open()).rejects.toBeInstanceOf(DataFolderUnusableError)
    await expect(open()).rejects.toBeInstanceOf(DataFolderUnusableError)
  })

  it('that cannot be created is named', async () => {
    writeFileSync(homeDir, 'a file')
    await expect(open(join(homeDir, 'inside'))).rejects.toMatchObject({ name: 'DataFolderUnusableError', exitCode: 3 })
  })

  it.each([
    [0x6969, 'NFS'],
    [0xff534d42, 'CIFS'],
    [0x517b, 'SMB'],
    [0xfe534d42, 'SMB2'],
  ])('on file system %i is refused as %s', (type, name) => {
    expect(() => refuseNetworkFileSystem('/srv/banyan', type)).toThrow(`network file system (${name})`)
  })

  it('on ext4 is accepted', () => {
    expect(() => refuseNetworkFileSystem('/srv/banyan', 0xef53)).not.toThrow()
  })

  it('leaves one whole file behind when it is closed, and may be closed twice', async () => {
    const database = await open()
    await database.writer.insertInto('settings').values({ name: 'a', value: '1' }).execute()
    await database.close()
    await database.close()
    expect(existsSync(join(homeDir, 'banyan.db-wal'))).toBe(false)
  })

  it('with a page damaged by a crash is refused and its kept copy named', async () => {
    await (await open()).close()
    const copy = join(homeDir, 'banyan.db.before-0002-next-20260312T061207Z')
    writeFileSync(copy, '')
    damageAndLeaveJournal(join(homeDir, 'banyan.db'))
    await expect(open()).rejects.toThrow(`is damaged: restore a backup. The newest copy is ${copy}`)
  })

  it('of another program is refused', async () => {
    mkdirSync(homeDir)
    const other = new DatabaseSync(join(homeDir, 'banyan.db'))
    other.exec('create table notes (text text)')
    other.close()
    await expect(open()).rejects.toThrow('another program’s tables')
  })
})

describe('a writing connection', () => {
  it('commits durably, keeps foreign keys and refuses text in numbers', () => {
    const folder = createTestFolder()
    const connection = openWriterConnection(join(folder.homeDir, 'x.db'), { busyTimeoutMs: 0 })
    const pragmas = [
      'wal_autocheckpoint',
      'journal_mode',
      'synchronous',
      'foreign_keys',
      'trusted_schema',
      'busy_timeout',
    ]
    expect(pragmas.map((name) => readPragma(connection, name))).toEqual([1_000, 'wal', 2, 1, 0, 0])
    connection.exec('create table t (n integer not null) strict')
    expect(() => connection.exec(`insert into t values ('abc')`)).toThrow()
    connection.close()
    folder.remove()
  })
})

describe('an open SQLite database', () => {
  it('cannot be written through its reading side', async () => {
    const folder = createTestFolder()
    const database = await openDatabase({ kind: 'sqlite', homeDir: folder.homeDir }, testEnvironment)
    const write = sql`insert into settings (name, value) values ('a', '1')`.compile(database.writer)
    await expect(database.readArrays(write)).rejects.toThrow('readonly')
    await database.close()
    folder.remove()
  })

  it('lets a write wait for another connection’s transaction without blocking the event loop', async () => {
    const folder = createTestFolder()
    const database = await openDatabase({ kind: 'sqlite', homeDir: folder.homeDir }, testEnvironment)
    const other = openWriterConnection(join(folder.homeDir, 'banyan.db'), { busyTimeoutMs: 0 })
    other.exec('begin immediate')
    const write = database.writer.transaction().execute(async (trx) => {
      await trx.insertInto('settings').values({ name: 'a', value: '1' }).execute()
    })
    const turns = await countTurns(5)
    other.exec('commit')
    await write
    expect(turns).toBe(5)
    expect(await database.reader.selectFrom('settings').select('value').execute()).toEqual([{ value: '1' }])
    other.close()
    await database.close()
    folder.remove()
  })
})

/** Resolves after as many turns of the event loop; never does when something holds the thread. */
async function countTurns(turns: number): Promise<number> {
  let seen = 0
  while (seen < turns) {
    await new Promise((resolve) => setTimeout(resolve, 1))
    seen++
  }
  return seen
}

/** Overwrites the second page and leaves bytes where an unclean stop leaves its journal. */
function damageAndLeaveJournal(file: string): void {
  const bytes = readFileSync(file)
  bytes.fill(0xff, 4096, 8192)
  writeFileSync(file, bytes)
  writeFileSync(`${file}-wal`, Buffer.alloc(32))
}
