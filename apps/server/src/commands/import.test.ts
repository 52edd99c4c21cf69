import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ControlServer, startControlServer } from '../infra/control/control-server.ts'
import { controlSocketPath } from '../infra/control/control-socket.ts'
import type { Database } from '../infra/database/database.ts'
import { createInstrumentStore } from '../infra/database/instrument-store.ts'
import { openDatabase } from '../infra/database/open-database.ts'
import { testEnvironment } from '../infra/database/testing/open-stores.ts'
import { createImportHandler } from './import-control.ts'

const program = fileURLToPath(new URL('./import.ts', import.meta.url))
const table =
  'symbol,date,open,high,low,close,volume\nALPHAX,2024-08-19,100,105,99,104,1000\nALPHAX,2024-08-20,100,98,99,104,1\n'

let folder: string
let home: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'banyan-import-'))
  home = join(folder, 'home')
  writeFileSync(join(folder, 'a.csv'), table)
})
afterEach(() => rmSync(folder, { recursive: true }))

async function run(...words: string[]) {
  const env = { PATH: process.env['PATH'], BANYAN_HOME: home, INIT_CWD: folder }
  const child = spawn(process.execPath, [program, ...words], { env, cwd: folder })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { code: await ended, out, err }
}

describe('npm run import', () => {
  it('imports in its own process, counts rejected rows and lists them in a file', async () => {
    const { code, out, err } = await run('a.csv', '--source', 'mine', '--rejects', 'bad.csv')
    expect(err).toBe('')
    expect(code).toBe(0)
    expect(out).toMatch(/✓ .*a\.csv {2}1 rows, 1 rejected/)
    expect(out).toMatch(/high_below_low +1/)
    expect(readFileSync(join(folder, 'bad.csv'), 'utf8')).toBe(
      `file,line,reason,detail\n${join(folder, 'a.csv')},3,high_below_low,high 98 below low 99\n`,
    )
  })

  it('ends with 65 for rejected rows only when asked to be strict', async () => {
    expect((await run('a.csv', '--strict')).code).toBe(65)
  })

  it('ends with 1 when a file failed or nothing was found', async () => {
    const { code, out } = await run('a.csv', 'nowhere')
    expect(code).toBe(1)
    expect(out).toContain('There is no such file or folder.')
  })

  it('ends with 64 and a sentence for words it does not know', async () => {
    expect(await run('--sauce', 'mine')).toMatchObject({ code: 64, err: "Unknown option '--sauce'; see --help.\n" })
  })

  it('explains itself', async () => {
    const { code, out } = await run('--help')
    expect(code).toBe(0)
    expect(out).toContain('--map COLUMN=NAME')
  })
})

describe('npm run import beside a running server', () => {
  let database: Database
  let server: ControlServer
  let refreshed: number

  beforeEach(async () => {
    refreshed = 0
    const options = { kind: 'sqlite', homeDir: home } as const
    database = await openDatabase(options, testEnvironment)
    const handler = createImportHandler({
      database: options,
      instruments: createInstrumentStore(database),
      afterImport: async () => {
        refreshed++
      },
    })
    const backup = async () => null
    server = await startControlServer({ socketPath: controlSocketPath(home), handlers: { import: handler, backup } })
  })
  afterEach(async () => {
    await server.stop()
    await database.close()
  })

  it('hands its files over, shows the server’s progress and tells the server what changed', async () => {
    const { code, out } = await run('a.csv', '--source', 'mine', '--rejects', 'bad.csv')
    expect(code).toBe(0)
    expect(out).toMatch(/✓ .*a\.csv {2}1 rows, 1 rejected/)
    expect(readFileSync(join(folder, 'bad.csv'), 'utf8')).toContain('high_below_low')
    expect(refreshed).toBe(1)
    const sources = await database.reader.selectFrom('candle_sources').select('id').execute()
    expect(sources).toEqual([{ id: 'mine' }])
  })

  it('is told by exit code 2 when the folder is held and nobody listens', async () => {
    await server.stop()
    expect(await run('a.csv')).toMatchObject({ code: 2, err: expect.stringContaining('in use') })
  })
})
