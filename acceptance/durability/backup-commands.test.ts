import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createBackupHandler } from '../../apps/server/src/commands/backup-control.ts'
import { startControlServer } from '../../apps/server/src/infra/control/control-server.ts'
import { allMigrations } from '../../apps/server/src/infra/database/migrations/all-migrations.ts'
import { openDatabase } from '../../apps/server/src/infra/database/open-database.ts'
import { createTestFolder, testEnvironment } from '../../apps/server/src/infra/database/testing/open-stores.ts'

describe('npm run backup and npm run restore', () => {
  let folder: ReturnType<typeof createTestFolder>
  let homeDir: string
  const open = () => openDatabase({ kind: 'sqlite', homeDir }, testEnvironment)
  const run = (command: 'backup' | 'restore', words: readonly string[], environment = {}) =>
    runCommandFile(command, words, { BANYAN_HOME: homeDir, INIT_CWD: folder.homeDir, DATABASE_URL: '', ...environment })

  beforeEach(async () => {
    folder = createTestFolder()
    homeDir = join(folder.homeDir, 'home')
    const database = await open()
    await database.writer.insertInto('settings').values({ name: 'a', value: '1' }).execute()
    await database.close()
  })
  afterEach(() => folder.remove())

  it('copy a stopped server’s database into a folder and bring it back', async () => {
    mkdirSync(join(folder.homeDir, 'safe'))
    const backup = await run('backup', ['safe'])
    expect(backup).toMatchObject({ code: 0, complaint: '' })
    const file = readdirSync(join(folder.homeDir, 'safe')).find((name) => name.endsWith('.db')) ?? ''
    expect(backup.output).toContain(`${file}: ${1 + allMigrations.length} rows, verified`)
    const restore = await run('restore', [join('safe', file)])
    expect(restore).toMatchObject({ code: 0, complaint: '' })
    expect(restore.output).toContain('The database it replaced is')
  })

  it('copy a running server’s database through it, and refuse to replace it', async () => {
    const database = await open()
    const handlers = { backup: createBackupHandler(database), import: async () => null }
    const control = await startControlServer({ socketPath: join(homeDir, 'control.sock'), handlers })
    expect(await run('backup', ['copy.db'])).toMatchObject({ code: 0, complaint: '' })
    const refused = await run('restore', ['copy.db'])
    expect(refused.code).toBe(2)
    expect(refused.complaint).toContain(`in use by process ${process.pid}`)
    await control.stop()
    await database.close()
    expect(await run('restore', ['copy.db'])).toMatchObject({ code: 0, complaint: '' })
  })

  it('refuse a backup with one flipped byte', async () => {
    await run('backup', ['copy.db'])
    const file = join(folder.homeDir, 'copy.db')
    const bytes = readFileSync(file)
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
    writeFileSync(file, bytes)
    const refused = await run('restore', ['copy.db'])
    expect(refused.code).toBe(3)
    expect(refused.complaint).toContain('SHA-256')
  })

  it('name PostgreSQL’s own tools', async () => {
    const environment = { DATABASE_URL: 'postgres://someone:s3cret@127.0.0.1/none' }
    const [backup, restore] = [await run('backup', [], environment), await run('restore', ['x'], environment)]
    expect([backup.code, restore.code]).toEqual([78, 78])
    expect(backup.complaint).toContain('pg_dump')
    expect(restore.complaint).toContain('pg_restore')
    expect(backup.complaint + restore.complaint).not.toContain('s3cret')
  })

  it('explain themselves', async () => {
    expect((await run('restore', [])).code).toBe(64)
    expect((await run('backup', ['--unknown'])).code).toBe(64)
    expect(await run('backup', ['--help'])).toMatchObject({ code: 0, complaint: '' })
  })
})

async function runCommandFile(
  command: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<{ code: number | null; output: string; complaint: string }> {
  const file = fileURLToPath(new URL(`../../apps/server/src/commands/${command}.ts`, import.meta.url))
  const child = spawn(process.execPath, [file, ...words], { env: { ...process.env, ...environment } })
  let output = ''
  let complaint = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text
  })
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { code, output, complaint }
}
