import { allMigrations } from '../migrations/all-migrations.ts'
import type { Migration } from '../migrations/migration.ts'

/** A later release's step: adds a column and fills it from what is stored. */
export const nextMigration: Migration = {
  name: '9001-next',
  statements: (t) => [
    `alter table settings add column note ${t.text}`,
    `update settings set note = 'was ' || value`,
    `create table drafts (name ${t.text} not null primary key) ${t.clusteredTableEnd}`,
  ],
}

export const failingMigration: Migration = {
  name: '9001-next',
  statements: (t) => [...nextMigration.statements(t).slice(0, 2), 'insert into no_such_table values (1)'],
}

export const changedMigration: Migration = {
  name: allMigrations[0]?.name ?? '',
  statements: (t) => [`create table settings (name ${t.text})`],
}
