import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database, DatabaseEnvironment } from '../database.ts'
import { allMigrations } from '../migrations/all-migrations.ts'
import type { Migration } from '../migrations/migration.ts'
import { openDatabase } from '../open-database.ts'
import { DataFolderUnusableError } from '../start-errors.ts'
import { type TestPlace, testEnvironment } from './open-stores.ts'
import { changedMigration, failingMigration, nextMigration } from './test-migrations.ts'

/** What migrating must do on every engine. */
export function describeMigrations(engine: string, isAbsent: boolean, createPlace: () => Promise<TestPlace>): void {
  describe.skipIf(isAbsent)(`migrations on ${engine}`, () => {
    let place: TestPlace
    const open = (environment: Partial<DatabaseEnvironment> = {}) =>
      openDatabase(place.options, { ...testEnvironment, ...environment })
    const openWith = (migrations: readonly Migration[]) => open({ migrations })

    beforeEach(async () => {
      place = await createPlace()
    })
    afterEach(() => place.remove())

    it('run from an empty database and not a second time', async () => {
      const seen: string[] = []
      const environment = { onMigrationStatement: (migration: string) => seen.push(migration) }
      await (await open(environment)).close()
      expect(new Set(seen)).toEqual(new Set(allMigrations.map((migration) => migration.name)))
      const statements = seen.length
      await (await open(environment)).close()
      expect(seen).toHaveLength(statements)
    })

    it('carry the data of the release before', async () => {
      await withSetting(await open())
      const database = await openWith([...allMigrations, nextMigration])
      expect(await listSettings(database)).toEqual([['a', '1', 'was 1']])
      expect(await listNames(database)).toEqual([...allMigrations, nextMigration].map((m) => m.name))
      await database.close()
    })

    it('that fail leave the data as it was and the cause told', async () => {
      await withSetting(await open())
      const failure = await openWith([...allMigrations, failingMigration]).catch((error: unknown) => error)
      expect(failure).toBeInstanceOf(DataFolderUnusableError)
      expect(String(failure)).toContain('the data is as it was before')
      expect((failure as Error).cause).toBeInstanceOf(Error)
      const database = await open()
      expect(await listSettings(database)).toEqual([['a', '1']])
      expect(await listNames(database)).toEqual(allMigrations.map((m) => m.name))
      await database.close()
    })

    it('refuse a database of a newer release and leave it as it is', async () => {
      await withSetting(await openWith([...allMigrations, nextMigration]))
      await expect(open()).rejects.toThrow('schema 9001-next, which this release does not know')
      const database = await openWith([...allMigrations, nextMigration])
      expect(await listSettings(database)).toHaveLength(1)
      await database.close()
    })

    it('refuse a database on which a step ran that was changed since', async () => {
      await (await open()).close()
      await expect(openWith([changedMigration])).rejects.toThrow('was changed after it ran')
    })

    it('run once when two starts meet', async () => {
      const seen: number[] = []
      const environment = { onMigrationStatement: (_: string, index: number) => seen.push(index) }
      const starts = await Promise.allSettled([open(environment), open(environment)])
      const opened = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []))
      expect(opened.length).toBeGreaterThan(0)
      expect(seen.filter((index) => index === 0)).toHaveLength(allMigrations.length)
      for (const database of opened) await database.close()
    })
  })
}

async function withSetting(database: Database): Promise<void> {
  await database.writer.insertInto('settings').values({ name: 'a', value: '1' }).execute()
  await database.close()
}

/** Every column: a later release's are not in the schema of this one. */
async function listSettings({ reader, readArrays }: Database): Promise<readonly (readonly unknown[])[]> {
  return readArrays(reader.selectFrom('settings').selectAll().orderBy('name').compile())
}

async function listNames({ reader }: Database): Promise<readonly string[]> {
  const rows = await reader.selectFrom('schema_migrations').select('name').orderBy('position').execute()
  return rows.map((row) => row.name)
}
