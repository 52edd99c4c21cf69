import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database, DatabaseOptions } from '../../apps/server/src/infra/database/database.ts'
import { openDatabase } from '../../apps/server/src/infra/database/open-database.ts'
import { createPostgresPlaces } from '../../apps/server/src/infra/database/testing/postgres-places.ts'
import { runImportCommand } from './import-command.ts'
import { checksumOfCandles, countCandles } from './table-checksum.ts'

const data = resolve(process.env['BANYAN_DEV_DATA'] ?? '../shared/data')
if (!existsSync(join(data, 'README.md'))) throw new Error('development data not present: set BANYAN_DEV_DATA')

/** Rows per file as the data's own description counts them, and the options a user would give: every table under the name of its origin. */
const candleFiles: readonly { path: string; rows: number; options?: readonly string[] }[] = [
  { path: 'daily/eod2_nse_1995_2023-05.csv.gz', rows: 566_316, options: ['--source', 'eod2'] },
  { path: 'daily/nse_bhav_nifty500_2019-10_2026-08.csv.gz', rows: 753_498, options: ['--source', 'nse'] },
  { path: 'daily/yahoo_adj_nifty500_2008_2026-06.csv.gz', rows: 1_652_582, options: ['--source', 'yahoo'] },
  // Its rows name their sources themselves.
  { path: 'index/index_daily.csv.gz', rows: 144_766 },
  { path: 'intraday/minute_from_ticks_2021-05-10_2021-06-11.csv.gz', rows: 484_288, options: ['--source', 'ticks'] },
  {
    path: 'intraday/minute_2016-08-16_2016-09-09_nifty50_indices.csv.gz',
    rows: 405_000,
    options: ['--source', 'minutes'],
  },
  {
    path: 'intraday/ITC_5minute_2024-01-01_2025-06-02.csv.gz',
    rows: 26_180,
    options: ['--source', 'kite', '--symbol', 'NSE:ITC'],
  },
]
const rawDays = { path: 'daily/bhav_raw_days', files: 8, rows: 18_421 }
const derivedLists = ['eod2_jumps_gt40pct.csv', 'yahoo_jumps_gt40pct.csv', 'yahoo_known_bad_dates.csv']

/** Impossible bars that the data's description counts. */
const knownImpossible: Readonly<Record<string, number>> = {
  'eod2_nse_1995_2023-05.csv': 1254,
  'yahoo_adj_nifty500_2008_2026-06.csv': 26,
}

const checksums: Record<string, string> = {}

const postgres = createPostgresPlaces(process.env)

/** A fresh place for one run: a data folder, and for PostgreSQL a schema of its own. */
async function createPlace(engine: 'sqlite' | 'postgres') {
  const home = mkdtempSync(join(tmpdir(), 'banyan-data-'))
  const schema = engine === 'postgres' ? await postgres.createPlace() : null
  const options: DatabaseOptions = schema?.options ?? { kind: 'sqlite', homeDir: home }
  return {
    environment: { BANYAN_HOME: home, ...(options.kind === 'postgres' ? { DATABASE_URL: options.url } : {}) },
    async read<T>(use: (database: Database) => Promise<T>): Promise<T> {
      const environment = { clock: { now: () => Date.now() }, onBackgroundError: () => undefined }
      const database = await openDatabase(options, environment)
      try {
        return await use(database)
      } finally {
        await database.close()
      }
    },
    async remove() {
      rmSync(home, { recursive: true })
      await schema?.remove()
    },
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

describe.each(['sqlite', 'postgres'] as const)('import of the development data on %s', (engine) => {
  let place: Awaited<ReturnType<typeof createPlace>>

  beforeAll(async () => {
    place = await createPlace(engine)
  })
  afterAll(async () => place.remove())

  const run = (words: readonly string[]) => runImportCommand(place.environment, words)
  const listFiles = () =>
    place.read((database) =>
      database.reader
        .selectFrom('imported_files')
        .select(['name', 'rows_read', 'rows_stored', 'rejects'])
        .orderBy('name')
        .execute(),
    )

  it.each(candleFiles)('$path: every row is read, stored or rejected', async ({ path, rows, options = [] }) => {
    const { code, out, peakMb } = await run([...options, join(data, path)])
    expect(out).toContain('1 imported')
    expect(code).toBe(0)
    const name = (path.split('/').at(-1) ?? '').replace('.gz', '')
    const file = (await listFiles()).find((one) => one.name === name)
    const rejects = JSON.parse(file?.rejects ?? '{}') as Record<string, number>
    const rejected = Object.values(rejects).reduce((sum, count) => sum + count, 0)
    say(`${engine} ${name}: ${/time +(.*)/.exec(out)?.[1]}, peak ${peakMb} MB, rejected ${JSON.stringify(rejects)}`)
    expect(file?.rows_read).toBe(rows)
    expect((file?.rows_stored ?? 0) + rejected).toBe(rows)
    const known = knownImpossible[name]
    if (known !== undefined) expect(rejected).toBe(known)
  })

  it('the eight raw end-of-day files', async () => {
    const { code, out } = await run([join(data, rawDays.path)])
    expect(code).toBe(0)
    expect(out).toContain(`${rawDays.files} imported`)
    const files = (await listFiles()).filter((one) => one.name.startsWith('sec_bhavdata'))
    expect(files.reduce((sum, one) => sum + Number(one.rows_read), 0)).toBe(rawDays.rows)
    for (const file of files) expect(file).toMatchObject({ rows_stored: file.rows_read, rejects: '{}' })
  })

  it('the lists derived from candles are not candles', async () => {
    const before = await place.read(countCandles)
    const { code, out } = await run(derivedLists.map((name) => join(data, 'daily', name)))
    expect(code).toBe(1)
    expect(out.match(/not candles/g)).toHaveLength(derivedLists.length)
    const events = await run([join(data, 'daily', 'derived_price_adjust_events_2019_2026.csv')])
    expect(events.out).toMatch(/rows read +168\n/)
    expect(events.out).toMatch(/bad_factor +10\n/)
    expect(await place.read(countCandles)).toBe(before)
  })

  it('a second import changes nothing', async () => {
    const before = await place.read(checksumOfCandles)
    for (const { path, options = [] } of candleFiles) {
      const { code, out } = await run([...options, join(data, path)])
      expect(out).toContain('0 imported, 1 unchanged')
      expect(code).toBe(0)
    }
    const again = candleFiles[0]
    const { out } = await run(['--again', ...(again?.options ?? []), join(data, again?.path ?? '')])
    expect(out).toMatch(/\(0 new, 0 changed\)/)
    const after = await place.read(checksumOfCandles)
    expect(after).toEqual(before)
    checksums[engine] = after.sha256
    say(`${engine}: ${after.rows} candles, ${after.sha256}`)
  })

  it('a raw and an adjusted history whose source nobody names do not mix', async () => {
    const own = await createPlace(engine)
    try {
      const [raw, adjusted] = [candleFiles[1]?.path ?? '', candleFiles[2]?.path ?? '']
      expect((await runImportCommand(own.environment, [join(data, raw)])).code).toBe(0)
      const before = await own.read(checksumOfCandles)
      const { code, out } = await runImportCommand(own.environment, [join(data, adjusted)])
      expect(out).toContain('differs from what is stored under csv: name its origin with --source')
      expect(code).toBe(1)
      expect(await own.read(checksumOfCandles)).toEqual(before)
      expect((await runImportCommand(own.environment, ['--source', 'yahoo', join(data, adjusted)])).code).toBe(0)
    } finally {
      await own.remove()
    }
  })

  it('imports that were killed end in the same table when they are run again', async () => {
    const words = ['--source', 'eod2', join(data, 'daily/eod2_nse_1995_2023-05.csv.gz'), join(data, rawDays.path)]
    const [whole, killed] = [await createPlace(engine), await createPlace(engine)]
    try {
      expect((await runImportCommand(whole.environment, words)).code).toBe(0)
      let kills = 0
      for (const wait of [700, 1300, 2000, 2900]) {
        if ((await runImportCommand(killed.environment, words, wait)).code === null) kills++
      }
      expect(kills).toBeGreaterThan(0)
      expect((await runImportCommand(killed.environment, words)).code).toBe(0)
      expect(await killed.read(checksumOfCandles)).toEqual(await whole.read(checksumOfCandles))
      say(`${engine}: killed ${kills} times, same table`)
    } finally {
      await whole.remove()
      await killed.remove()
    }
  })
})

it('both engines end with the same candles', () => {
  expect(checksums['sqlite']).toBeDefined()
  expect(checksums['postgres']).toBe(checksums['sqlite'])
})
