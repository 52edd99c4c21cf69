import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { allMigrations } from '../migrations/all-migrations.ts'
import type { Migration } from '../migrations/migration.ts'
import { openDatabase } from '../open-database.ts'
import { describeMigrations } from '../testing/migrations.suite.ts'
import { createSqlitePlace, createTestFolder, testEnvironment, testNow } from '../testing/open-stores.ts'
import { listKeptCopies } from './kept-copies.ts'

describeMigrations('SQLite', false, createSqlitePlace)

describe('before migrating', () => {
  const openAt = (homeDir: string, migrations: readonly Migration[], now: number) =>
    openDatabase({ kind: 'sqlite', homeDir }, { ...testEnvironment, migrations, clock: { now: () => now } })

  it('a copy of the database is kept, the last three of them', async () => {
    const { homeDir, remove } = createTestFolder()
    const migrations = [...allMigrations]
    for (let step = 1; step <= 5; step++) {
      const database = await openAt(homeDir, migrations, testNow + step * 1000)
      await database.close()
      migrations.push({
        name: `900${step}-step`,
        statements: (t) => [`create table t${step} (n ${t.int64}) ${t.tableEnd}`],
      })
    }
    const copies = listKeptCopies(join(homeDir, 'banyan.db')).map((copy) => copy.slice(homeDir.length + 1))
    expect(copies).toEqual([
      'banyan.db.before-9002-step-20260312T061210Z',
      'banyan.db.before-9003-step-20260312T061211Z',
      'banyan.db.before-9004-step-20260312T061212Z',
    ])
    const copy = new DatabaseSync(join(homeDir, copies[0] ?? ''), { readOnly: true })
    const names = copy.prepare('select name from schema_migrations order by position').all()
    expect(names.map((row) => row['name'])).toEqual([...allMigrations.map((m) => m.name), '9001-step'])
    copy.close()
    remove()
  })

  it('no copy is made of a new database', async () => {
    const { homeDir, remove } = createTestFolder()
    await (await openAt(homeDir, allMigrations, testNow)).close()
    expect(listKeptCopies(join(homeDir, 'banyan.db'))).toEqual([])
    remove()
  })
})
