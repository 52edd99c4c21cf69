import type { Migration } from './migration.ts'

export const journal: Migration = {
  name: '0004-journal',
  statements: (t) => {
    const account = `${t.int64} not null references accounts (id) on delete cascade`
    return [
      // An id is one of a kind within its account, so that a file of entries can be brought to another one. Notes are last: what reads the rest
      // of a row then does not read their pages.
      `create table journal_entries (
        account_id ${account},
        id ${t.text} not null,
        symbol ${t.text} not null,
        side ${t.text} not null,
        quantity ${t.text} not null,
        price ${t.text} not null,
        exit_price ${t.text},
        fees ${t.text} not null,
        pnl ${t.text},
        opened_at ${t.int64} not null,
        closed_at ${t.int64},
        tags ${t.text} not null,
        tag_keys ${t.text} not null,
        rating integer,
        patterns ${t.text},
        created_at ${t.int64} not null,
        updated_at ${t.int64} not null,
        notes ${t.text} not null,
        primary key (account_id, id)
      ) ${t.tableEnd}`,
      'create index journal_entries_by_opening on journal_entries (account_id, opened_at desc, id)',
      `create table dismissed_drafts (
        account_id ${account},
        draft_id ${t.text} not null,
        date ${t.text} not null,
        primary key (account_id, draft_id)
      ) ${t.clusteredTableEnd}`,
    ]
  },
}
