import type { Migration } from './migration.ts'

export const portfolio: Migration = {
  name: '0005-portfolio',
  statements: (t) => {
    const account = `${t.int64} not null references accounts (id) on delete cascade`
    // Amounts are text: digits as the broker gave them, exact on both engines.
    return [
      `create table portfolio_books (
        account_id ${account},
        broker ${t.text} not null,
        broker_account ${t.text} not null,
        synced_at ${t.int64} not null,
        trading_day ${t.text} not null,
        primary key (account_id, broker, broker_account)
      ) ${t.clusteredTableEnd}`,
      `create table portfolio_holdings (
        account_id ${account},
        broker ${t.text} not null,
        broker_account ${t.text} not null,
        place integer not null,
        exchange ${t.text} not null,
        symbol ${t.text} not null,
        is_mapped integer not null,
        isin ${t.text},
        product ${t.text},
        quantity ${t.text} not null,
        t1_quantity ${t.text},
        average_price ${t.text},
        last_price ${t.text},
        close_price ${t.text},
        primary key (account_id, broker, broker_account, place)
      ) ${t.clusteredTableEnd}`,
      `create table portfolio_positions (
        account_id ${account},
        broker ${t.text} not null,
        broker_account ${t.text} not null,
        place integer not null,
        type ${t.text} not null,
        exchange ${t.text} not null,
        symbol ${t.text} not null,
        is_mapped integer not null,
        isin ${t.text},
        product ${t.text},
        quantity ${t.text} not null,
        overnight_quantity ${t.text},
        multiplier ${t.text} not null,
        average_price ${t.text},
        last_price ${t.text},
        close_price ${t.text},
        pnl ${t.text},
        m2m ${t.text},
        unrealised ${t.text},
        realised ${t.text},
        primary key (account_id, broker, broker_account, place)
      ) ${t.clusteredTableEnd}`,
      // A book's positions go with the next sync; what was traded on a day is offered to the journal for some weeks.
      `create table portfolio_day_trades (
        account_id ${account},
        broker ${t.text} not null,
        broker_account ${t.text} not null,
        date ${t.text} not null,
        place integer not null,
        exchange ${t.text} not null,
        symbol ${t.text} not null,
        product ${t.text},
        quantity ${t.text} not null,
        multiplier ${t.text} not null,
        average_price ${t.text},
        realised ${t.text},
        primary key (account_id, broker, broker_account, date, place)
      ) ${t.clusteredTableEnd}`,
      `create table pnl_snapshots (
        account_id ${account},
        date ${t.text} not null,
        invested ${t.text},
        current_value ${t.text},
        holdings_pnl ${t.text},
        positions_pnl ${t.text},
        total_pnl ${t.text},
        day_pnl ${t.text},
        unpriced_count integer not null,
        stale_brokers ${t.text} not null,
        primary key (account_id, date)
      ) ${t.clusteredTableEnd}`,
      `create table portfolio_syncs (
        account_id ${t.int64} primary key references accounts (id) on delete cascade,
        until ${t.int64} not null
      ) ${t.tableEnd}`,
    ]
  },
}
