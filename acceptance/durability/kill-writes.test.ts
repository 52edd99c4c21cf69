import { describe, expect, it } from 'vitest'
import { createCandleStore } from '../../apps/server/src/infra/database/candle-store.ts'
import type { Database } from '../../apps/server/src/infra/database/database.ts'
import { createInstrumentStore } from '../../apps/server/src/infra/database/instrument-store.ts'
import { openDatabase } from '../../apps/server/src/infra/database/open-database.ts'
import {
  createSqlitePlace,
  type TestPlace,
  testEnvironment,
} from '../../apps/server/src/infra/database/testing/open-stores.ts'
import { createPostgresPlaces } from '../../apps/server/src/infra/database/testing/postgres-places.ts'
import { startChild } from './killed-child.ts'
import { barsPerBatch, batchesPerFile, hashOf } from './numbered-files.ts'

const kills = Number(process.env['BANYAN_KILLS'] ?? 25)
const postgresKills = 5
const places = createPostgresPlaces(process.env)
const isPostgresAbsent = await places.isAbsent()

describe('kill -9 at a random moment of writing', () => {
  it(
    `loses no acknowledged commit and tears no file on SQLite, ${kills} times`,
    async () => {
      const outcome = await killOnFreshPlaces(createSqlitePlace, kills)
      report('SQLite', outcome)
      expect(outcome).toMatchObject({ lost: [], torn: [], complaints: [] })
      expect(outcome.acknowledged).toBeGreaterThan(kills)
    },
    60_000 + kills * 10_000,
  )

  it.skipIf(isPostgresAbsent)(
    `loses none and tears none on PostgreSQL, ${postgresKills} times`,
    async () => {
      const outcome = await killOnFreshPlaces(places.createPlace, postgresKills)
      report('PostgreSQL', outcome)
      expect(outcome).toMatchObject({ lost: [], torn: [], complaints: [] })
      expect(outcome.acknowledged).toBeGreaterThan(postgresKills)
    },
    120_000,
  )
})

interface Outcome {
  /** Commits that were acknowledged and not found again. */
  readonly lost: readonly string[]
  /** Commits of which only a part was found. */
  readonly torn: readonly string[]
  /** What children said on their error output before they were killed. */
  readonly complaints: readonly string[]
  readonly acknowledged: number
  /** How long each start after a kill took until the database was open, ms. */
  readonly reopenMs: readonly number[]
}

/** Every commit is looked for after every kill, so one place serves only so many: the work grows with their square. */
const killsPerPlace = 20

async function killOnFreshPlaces(createPlace: () => Promise<TestPlace>, times: number): Promise<Outcome> {
  const outcomes: Outcome[] = []
  for (let done = 0; done < times; done += killsPerPlace) {
    outcomes.push(await killRepeatedly(await createPlace(), Math.min(killsPerPlace, times - done)))
  }
  return {
    lost: outcomes.flatMap((outcome) => outcome.lost),
    torn: outcomes.flatMap((outcome) => outcome.torn),
    complaints: outcomes.flatMap((outcome) => outcome.complaints),
    acknowledged: outcomes.reduce((sum, outcome) => sum + outcome.acknowledged, 0),
    reopenMs: outcomes.flatMap((outcome) => outcome.reopenMs),
  }
}

async function killRepeatedly(place: TestPlace, times: number): Promise<Outcome> {
  const known = new Set<string>()
  const [lost, torn, complaints]: [string[], string[], string[]] = [[], [], []]
  const reopenMs: number[] = []
  let next = 1
  for (let round = 0; round < times; round++) {
    const child = await writeUntilKilled(place, next)
    for (const line of child.lines) known.add(line)
    if (child.complaint) complaints.push(child.complaint)
    const start = performance.now()
    const database = await openDatabase(place.options, testEnvironment)
    reopenMs.push(performance.now() - start)
    const found = await listWritten(database)
    lost.push(...[...known].filter((line) => !found.lines.has(line)))
    torn.push(...found.torn)
    next = found.highest + 1
    await database.close()
  }
  await place.remove()
  return { lost, torn, complaints, acknowledged: known.size, reopenMs }
}

function report(engine: string, { acknowledged, lost, torn, reopenMs }: Outcome): void {
  const sorted = reopenMs.toSorted((a, b) => a - b)
  const [median = 0, longest = 0] = [sorted[sorted.length >> 1], sorted.at(-1)]
  process.stdout.write(
    `${engine}: ${reopenMs.length} kills, ${acknowledged} acknowledged commits, ${lost.length} lost, ${torn.length} torn; ` +
      `reopened in ${Math.round(median)} ms (median), ${Math.round(longest)} ms (longest)\n`,
  )
}

/** Returns what the child acknowledged before it was killed at a random moment of its work. */
async function writeUntilKilled(
  { options }: TestPlace,
  first: number,
): Promise<{ lines: readonly string[]; complaint: string }> {
  const child = startChild(new URL('./write-files.child.ts', import.meta.url), [JSON.stringify(options), String(first)])
  await child.waitFor('ready')
  await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 300))
  const lines = await child.kill()
  const { complaint } = await child.ended
  return { lines: lines.filter((line) => line !== 'ready'), complaint }
}

interface Written {
  /** Commits found whole, named as the child acknowledges them. */
  readonly lines: ReadonlySet<string>
  /** Commits of which a part is there. */
  readonly torn: readonly string[]
  readonly highest: number
}

async function listWritten(database: Database): Promise<Written> {
  const files = await listFiles(database)
  const settings = await database.reader.selectFrom('settings').select('name').execute()
  const names = new Set(settings.map((row) => row.name))
  const halves = [...names].filter((name) => !names.has(name.endsWith(' too') ? name.slice(0, -4) : `${name} too`))
  const whole = [...names].filter((name) => names.has(`${name} too`))
  return {
    lines: new Set([...files.whole.map((n) => `file ${n}`), ...whole.map((n) => `setting ${n}`)]),
    torn: [...files.torn, ...halves],
    highest: Math.max(0, ...files.whole, ...whole.map(Number)),
  }
}

async function listFiles(database: Database): Promise<{ whole: number[]; torn: string[] }> {
  const recorded = await database.reader.selectFrom('imported_files').select('sha256').execute()
  const hashes = new Set(recorded.map((row) => row.sha256))
  const whole: number[] = []
  const torn: string[] = []
  for (const { key, symbol } of await createInstrumentStore(database).listInstruments()) {
    const number = Number(symbol.slice('FILE'.length))
    const isWhole = hashes.has(hashOf(number)) && (await hasEveryBar(database, key, number))
    if (isWhole) whole.push(number)
    else torn.push(symbol)
  }
  // A record without its instrument is torn too.
  if (hashes.size !== whole.length) torn.push(`${hashes.size} records for ${whole.length} files`)
  return { whole, torn }
}

async function hasEveryBar(database: Database, instrumentKey: number, number: number): Promise<boolean> {
  const store = createCandleStore(database)
  // PostgreSQL has used up a key when the first file was rolled back, so the source's is not known beforehand.
  const [extent] = await store.listExtents(instrumentKey)
  if (extent === undefined) return false
  const range = { interval: 'day' as const, from: 0, to: 8e15, limit: 5_000 }
  const { close } = await store.readCandles({ instrumentKey, sourceKey: extent.source.key, ...range })
  const isOwn = close.every((price, row) => price === number * 1_000 + row + 0.25)
  return isOwn && close.length === batchesPerFile * barsPerBatch
}
