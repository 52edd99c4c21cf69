import type { Migration } from './migration.ts'

export const watchlists: Migration = {
  name: '0007-watchlists',
  statements: (t) => [
    `create table watchlists (
      account_id ${t.int64} not null references accounts (id) on delete cascade,
      id ${t.text} not null,
      name ${t.text} not null,
      instruments ${t.text} not null,
      created_at ${t.int64} not null,
      updated_at ${t.int64} not null,
      primary key (account_id, id)
    ) ${t.clusteredTableEnd}`,
  ],
}
