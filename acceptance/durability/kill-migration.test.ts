import { describe, expect, it } from 'vitest'
import type { DatabaseEnvironment } from '../../apps/server/src/infra/database/database.ts'
import { allMigrations } from '../../apps/server/src/infra/database/migrations/all-migrations.ts'
import { statementsFor } from '../../apps/server/src/infra/database/migrations/migration.ts'
import { openDatabase } from '../../apps/server/src/infra/database/open-database.ts'
import {
  createSqlitePlace,
  type TestPlace,
  testEnvironment,
} from '../../apps/server/src/infra/database/testing/open-stores.ts'
import { createPostgresPlaces } from '../../apps/server/src/infra/database/testing/postgres-places.ts'
import { nextMigration } from '../../apps/server/src/infra/database/testing/test-migrations.ts'
import { startChild } from './killed-child.ts'

const places = createPostgresPlaces(process.env)
const upgraded: DatabaseEnvironment = { ...testEnvironment, migrations: [...allMigrations, nextMigration] }
const firstStatements = allMigrations.flatMap((migration) => statementsFor(migration, 'sqlite')).length
const nextStatements = statementsFor(nextMigration, 'sqlite').length

const isPostgresAbsent = await places.isAbsent()
const timeout = 180_000

describe('kill -9 at each statement of a migration', () => {
  it(
    'of a new SQLite database: the next start completes',
    async () => {
      const outcomes = await killAtEach(firstStatements + nextStatements, createSqlitePlace, false)
      expect(outcomes).toEqual(Array(firstStatements + nextStatements).fill({ ...completed, settings: [] }))
    },
    timeout,
  )

  it(
    'of a SQLite database with data: the next start completes and loses nothing',
    async () => {
      const outcomes = await killAtEach(nextStatements, createSqlitePlace, true)
      expect(outcomes).toEqual(Array(nextStatements).fill(completed))
    },
    timeout,
  )

  it.skipIf(isPostgresAbsent)(
    'of a PostgreSQL database with data: the same',
    async () => {
      const outcomes = await killAtEach(nextStatements, places.createPlace, true)
      expect(outcomes).toEqual(Array(nextStatements).fill(completed))
    },
    timeout,
  )
})

interface Outcome {
  readonly signal: NodeJS.Signals | null
  readonly complaint: string
  readonly settings: readonly (readonly unknown[])[]
  readonly history: readonly string[]
}

const completed: Outcome = {
  signal: 'SIGKILL',
  complaint: '',
  settings: [['a', '1', 'was 1']],
  history: [...allMigrations, nextMigration].map((migration) => migration.name),
}

/** Returns, per statement, how the process died there and what the next start found. */
async function killAtEach(
  statements: number,
  createPlace: () => Promise<TestPlace>,
  hasData: boolean,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = []
  for (let statement = 0; statement < statements; statement++) {
    const place = await createPlace()
    if (hasData) await storeSetting(place)
    const child = startChild(new URL('./migrate.child.ts', import.meta.url), [
      JSON.stringify(place.options),
      String(statement),
    ])
    const { complaint } = await child.ended
    outcomes.push({ signal: child.process.signalCode, complaint, ...(await startAgain(place)) })
    await place.remove()
  }
  return outcomes
}

async function startAgain({ options }: TestPlace): Promise<Pick<Outcome, 'settings' | 'history'>> {
  const database = await openDatabase(options, upgraded)
  const settings = await database.readArrays(database.reader.selectFrom('settings').selectAll().compile())
  const rows = await database.reader.selectFrom('schema_migrations').select('name').orderBy('position').execute()
  await database.close()
  return { settings, history: rows.map((row) => row.name) }
}

async function storeSetting({ options }: TestPlace): Promise<void> {
  const database = await openDatabase(options, testEnvironment)
  await database.writer.insertInto('settings').values({ name: 'a', value: '1' }).execute()
  await database.close()
}
