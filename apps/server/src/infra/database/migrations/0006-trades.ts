import type { Migration } from './migration.ts'

export const trades: Migration = {
  name: '0006-trades',
  statements: (t) => [
    // Files of one's broker are imported beside what it tells through its API.
    `alter table portfolio_books add column source ${t.text} not null default 'broker'`,
    // In the order in which returns read them: all trades of a broker account by date.
    `create table portfolio_trades (
      account_id ${t.int64} not null references accounts (id) on delete cascade,
      broker ${t.text} not null,
      broker_account ${t.text} not null,
      date ${t.text} not null,
      id ${t.text} not null,
      executed_at ${t.int64},
      exchange ${t.text} not null,
      symbol ${t.text} not null,
      is_mapped integer not null,
      isin ${t.text},
      side ${t.text} not null,
      quantity ${t.text} not null,
      price ${t.text} not null,
      trade_id ${t.text},
      primary key (account_id, broker, broker_account, date, id)
    ) ${t.clusteredTableEnd}`,
  ],
}
