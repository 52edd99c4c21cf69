import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { adjustmentOf, batchOf, dailyBars, factOf, fileOf } from '../infra/database/testing/candle-batches.ts'
import {
  createSqlitePlace,
  createTestFolder,
  type OpenStores,
  openStores,
  type TestPlace,
} from '../infra/database/testing/open-stores.ts'
import { createPostgresPlaces } from '../infra/database/testing/postgres-places.ts'

const program = fileURLToPath(new URL('./jumps.ts', import.meta.url))
const postgres = createPostgresPlaces(process.env)
const isPostgresAbsent = await postgres.isAbsent()
const engines = [
  { engine: 'SQLite', isAbsent: false, createPlace: createSqlitePlace },
  { engine: 'PostgreSQL', isAbsent: isPostgresAbsent, createPlace: postgres.createPlace },
]

async function run(environment: Readonly<Record<string, string>>, ...words: string[]) {
  const env = { PATH: process.env['PATH'], ...environment }
  const child = spawn(process.execPath, [program, ...words], { env })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { code: await ended, out, err }
}

describe.each(engines)('npm run jumps on $engine', ({ isAbsent, createPlace }) => {
  describe.skipIf(isAbsent)('beside a process that holds the store', () => {
    let place: TestPlace
    let stores: OpenStores
    let environment: Record<string, string>

    beforeEach(async () => {
      place = await createPlace()
      stores = await openStores(place)
      environment =
        place.options.kind === 'postgres' ? { DATABASE_URL: place.options.url } : { BANYAN_HOME: place.options.homeDir }
    })
    afterEach(async () => {
      await stores.close()
      await place.remove()
    })

    async function storeJumps() {
      const tx = await stores.imports.begin()
      const keys = await tx.putInstruments([factOf('BETAY'), factOf('ALPHAX')])
      const sourceKey = await tx.putSource({ id: 'mine', rank: 50, note: null })
      const bars = [...dailyBars(0, [100_000, 40_000.5, 9]), ...dailyBars(1, [10, 50, 50, 25])]
      await tx.putCandles(batchOf(bars), keys, sourceKey)
      const range = { sourceKey, from: 0, to: 4e12 }
      await tx.recordSuspectJumps(keys.map((instrumentKey) => ({ instrumentKey, ...range })))
      await tx.putAdjustments([adjustmentOf(keys[0] ?? 0, sourceKey, '2024-01-03')])
      await tx.commit(fileOf())
    }

    it('lists what no factor explains, by instrument and day, with its guesses and the remedy', async () => {
      await storeJumps()
      const { code, out, err } = await run(environment)
      expect({ code, err }).toEqual({ code: 0, err: '' })
      expect(out.split('\n').slice(0, 4)).toEqual([
        'NSE:ALPHAX 2024-01-02 10.00 → 50.00 (+400.0 %) mine  looks like 1:5',
        'NSE:ALPHAX 2024-01-04 50.00 → 25.00 (−50.0 %) mine  looks like 2:1',
        'NSE:BETAY 2024-01-02 1,00,000.00 → 40,000.50 (−60.0 %) mine  looks like 5:2',
        '',
      ])
      expect(out).toContain('3 unexplained jumps.')
      expect(out).toContain('is a guess')
      expect(out).toContain('symbol,ex_date,factor,kind,source')
    })

    it('lists those of one instrument', async () => {
      await storeJumps()
      const { code, out } = await run(environment, 'betay')
      expect(code).toBe(0)
      expect(out).toMatch(/^NSE:BETAY .*\n\n1 unexplained jump\. /)
    })

    it('says so when there is none', async () => {
      expect(await run(environment)).toEqual({ code: 0, out: 'No unexplained jump is recorded.\n', err: '' })
      const { out } = await run(environment, 'NSE:NOTHING')
      expect(out).toBe('No unexplained jump is recorded for NSE:NOTHING.\n')
    })
  })
})

describe('npm run jumps', () => {
  let folder: ReturnType<typeof createTestFolder>

  beforeEach(() => {
    folder = createTestFolder()
  })
  afterEach(() => folder.remove())

  it('works on a stopped server’s store and leaves it as it is', async () => {
    const place = { options: { kind: 'sqlite', homeDir: folder.homeDir } as const, remove: async () => undefined }
    await (await openStores(place)).close()
    expect(await run({ BANYAN_HOME: folder.homeDir })).toMatchObject({ code: 0, err: '' })
    await (await openStores(place)).close()
  })

  it.skipIf(isPostgresAbsent)('ends with 3 on a PostgreSQL database that holds nothing of ours', async () => {
    const place = await postgres.createPlace()
    const url = place.options.kind === 'postgres' ? place.options.url : ''
    const answer = await run({ DATABASE_URL: url })
    await place.remove()
    expect(answer).toMatchObject({ code: 3, err: 'The database holds no data of this program.\n' })
  })

  it('ends with 3 where there is no database, 64 for words it does not know, and explains itself', async () => {
    const environment = { BANYAN_HOME: folder.homeDir }
    expect(await run(environment)).toMatchObject({ code: 3, err: expect.stringContaining('There is no database') })
    expect((await run(environment, 'a$b')).code).toBe(64)
    expect((await run(environment, 'A', 'B')).code).toBe(64)
    expect(await run(environment, '--help')).toMatchObject({ code: 0, out: expect.stringContaining('npm run jumps') })
  })
})
