import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { setImmediate } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '../open-database.ts'
import { openWriterConnection } from '../sqlite/sqlite-connection.ts'
import { BackupRefusedError, DataFolderInUseError } from '../start-errors.ts'
import { createTestFolder, testEnvironment } from '../testing/open-stores.ts'
import { manifestPath, readManifest } from './backup-manifest.ts'
import { restoreBackup } from './restore-backup.ts'
import { takeBackup } from './take-backup.ts'

const { clock } = testEnvironment

describe('backup and restore', () => {
  let folder: ReturnType<typeof createTestFolder>
  let homeDir: string
  const open = () => openDatabase({ kind: 'sqlite', homeDir }, testEnvironment)
  const noServer = async () => {
    throw new Error('No server was expected to be asked.')
  }
  const take = (target: string | null = null) => takeBackup({ homeDir, target, clock, copyThroughServer: noServer })
  const restore = (file: string) => restoreBackup({ homeDir, file, clock })

  const put = async (name: string) => {
    const database = await open()
    await database.writer.insertInto('settings').values({ name, value: 'x' }).execute()
    await database.close()
  }
  const list = async () => {
    const database = await open()
    const rows = await database.reader.selectFrom('settings').select('name').orderBy('name').execute()
    await database.close()
    return rows.map((row) => row.name)
  }

  beforeEach(async () => {
    folder = createTestFolder()
    homeDir = join(folder.homeDir, 'home')
    await put('before')
  })
  afterEach(() => folder.remove())

  it('give back exactly what was stored, and keep what they replaced', async () => {
    const { file, manifest } = await take()
    expect(file).toBe(join(homeDir, 'backups', 'banyan-20260312T061207Z.db'))
    expect(manifest.rows).toMatchObject({ settings: 1, candles: 0 })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    await put('after')
    const { replaced } = await restore(file)
    expect(await list()).toEqual(['before'])
    expect(replaced).toBe(join(homeDir, 'banyan.db.replaced-20260312T061207Z'))
    const old = openWriterConnection(replaced ?? '', { busyTimeoutMs: 0 })
    expect(old.prepare('select count(*) as rows from settings').get()).toEqual({ rows: 2 })
    old.close()
  })

  it('refuse a backup that is not there, with or without its manifest', async () => {
    const { file } = await take()
    rmSync(file)
    await expect(restore(file)).rejects.toThrow(new BackupRefusedError(`There is no backup at ${file}.`))
    rmSync(manifestPath(file))
    await expect(restore(file)).rejects.toBeInstanceOf(BackupRefusedError)
    expect(await list()).toEqual(['before'])
  })

  it('work beside a running server, which makes the copy itself', async () => {
    const database = await open()
    const target = join(folder.homeDir, 'copy.db')
    const copyThroughServer = async (path: string) => {
      const copying = database.backup(path)
      await database.writer.insertInto('settings').values({ name: 'meanwhile', value: 'x' }).execute()
      await copying
    }
    const { manifest } = await takeBackup({ homeDir, target, clock, copyThroughServer })
    expect(manifest.rows['settings']).toBeGreaterThan(0)
    await expect(restore(target)).rejects.toBeInstanceOf(DataFolderInUseError)
    await database.close()
    await restore(target)
    expect(await list()).toHaveLength(manifest.rows['settings'] ?? -1)
  })

  it('copy one commit point while another connection commits without pause', async () => {
    const database = await open()
    const writer = openWriterConnection(join(homeDir, 'banyan.db'), { busyTimeoutMs: 0 })
    fill(writer, 20_000)
    let commits = 0
    const target = join(folder.homeDir, 'copy.db')
    const copyThroughServer = async (path: string) => {
      let isDone = false
      const copying = database.backup(path).finally(() => {
        isDone = true
      })
      for (; !isDone; commits++) {
        writer.exec(
          `begin; insert into settings values ('a${commits}', ''); insert into settings values ('b${commits}', ''); commit`,
        )
        await setImmediate()
      }
      await copying
    }
    const { manifest } = await takeBackup({ homeDir, target, clock, copyThroughServer })
    writer.close()
    await database.close()
    expect(commits).toBeGreaterThan(0)
    const paired = (manifest.rows['settings'] ?? 0) - 20_001
    expect(paired % 2).toBe(0)
    expect(paired).toBeLessThanOrEqual(commits * 2)
  })

  it('leave no file under the final name when the copy fails', async () => {
    const database = await open()
    const target = join(folder.homeDir, 'copy.db')
    const copyThroughServer = async (path: string) => {
      writeFileSync(path, 'half')
      throw new Error('The server went away.')
    }
    await expect(takeBackup({ homeDir, target, clock, copyThroughServer })).rejects.toThrow('went away')
    expect(readdirSync(folder.homeDir)).toEqual(['home'])
    await database.close()
  })

  it('do not write over an earlier backup', async () => {
    await take()
    await expect(take()).rejects.toThrow('exists already')
  })

  it.each([20, 5_000, 9_000])('refuse a backup with byte %i flipped and leave the data in use', async (at) => {
    const { file } = await take()
    await put('after')
    const bytes = readFileSync(file)
    bytes[at] = (bytes[at] ?? 0) ^ 0x10
    writeFileSync(file, bytes)
    await expect(restore(file)).rejects.toBeInstanceOf(BackupRefusedError)
    expect(await list()).toEqual(['after', 'before'])
    expect(readdirSync(homeDir).filter((name) => name.includes('restoring') || name.includes('replaced'))).toEqual([])
  })

  it('refuse a backup without its manifest or with one that counts other rows', async () => {
    const { file } = await take()
    const manifest = { ...readManifest(file), rows: { settings: 7 } }
    writeFileSync(manifestPath(file), JSON.stringify(manifest))
    await expect(restore(file)).rejects.toThrow('does not hold the rows')
    rmSync(manifestPath(file))
    await expect(restore(file)).rejects.toThrow('manifest')
    expect(await list()).toEqual(['before'])
  })

  it.each(['with', 'without'])('bring a damaged database back, %s a journal beside it', async (journal) => {
    const { file } = await take()
    if (journal === 'with') writeFileSync(join(homeDir, 'banyan.db-wal'), Buffer.alloc(64, 7))
    writeFileSync(join(homeDir, 'banyan.db'), Buffer.alloc(8192, 0xff))
    await restore(file)
    expect(await list()).toEqual(['before'])
  })

  it('fill an empty data folder', async () => {
    const { file } = await take(join(folder.homeDir, 'elsewhere.db'))
    rmSync(homeDir, { recursive: true })
    expect((await restore(file)).replaced).toBeNull()
    expect(existsSync(homeDir)).toBe(true)
    expect(await list()).toEqual(['before'])
  })
})

/** Makes the database large enough for a copy to take a while. */
function fill(connection: DatabaseSync, rows: number): void {
  const text = 'x'.repeat(1_000)
  const insert = connection.prepare('insert into settings (name, value) values (?, ?)')
  connection.exec('begin')
  for (let row = 0; row < rows; row++) insert.run(`row ${row}`, text)
  connection.exec('commit')
}
