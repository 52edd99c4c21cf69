import type { Migration } from './migration.ts'

export const marketData: Migration = {
  name: '0001-market-data',
  statements: (t) => [
    `create table instruments (
      key ${t.identity},
      exchange ${t.text} not null,
      symbol ${t.text} not null,
      name ${t.text},
      isin ${t.text},
      kind ${t.text} not null,
      series ${t.text},
      sector ${t.text},
      lot_size ${t.int64},
      tick_size ${t.text},
      unique (exchange, symbol)
    ) ${t.tableEnd}`,
    `create table instrument_aliases (
      upstream ${t.text} not null,
      name ${t.text} not null,
      instrument_key integer not null references instruments (key),
      primary key (upstream, name)
    ) ${t.clusteredTableEnd}`,
    `create table candle_sources (
      key ${t.identity},
      id ${t.text} not null unique,
      rank integer not null,
      note ${t.text}
    ) ${t.tableEnd}`,
    // No foreign keys here: they would cost a look-up per row in the one place where rows come by the million.
    `create table candles (
      instrument_key integer not null,
      interval_min integer not null,
      source_key integer not null,
      ts ${t.int64} not null,
      open ${t.float64} not null,
      high ${t.float64} not null,
      low ${t.float64} not null,
      close ${t.float64} not null,
      volume ${t.float64} not null,
      primary key (instrument_key, interval_min, source_key, ts)
    ) ${t.clusteredTableEnd}`,
    `create table adjustments (
      instrument_key integer not null references instruments (key),
      source_key integer not null,
      ex_date ${t.text} not null,
      factor ${t.float64} not null,
      kind ${t.text} not null,
      source ${t.text} not null,
      primary key (instrument_key, source_key, ex_date)
    ) ${t.clusteredTableEnd}`,
    `create table suspect_jumps (
      instrument_key integer not null references instruments (key),
      source_key integer not null references candle_sources (key),
      ts ${t.int64} not null,
      previous_close ${t.float64} not null,
      close ${t.float64} not null,
      primary key (instrument_key, source_key, ts)
    ) ${t.clusteredTableEnd}`,
    `create table imported_files (
      sha256 ${t.text} not null,
      source_id ${t.text} not null,
      name ${t.text} not null,
      format ${t.text} not null,
      rows_read ${t.int64} not null,
      rows_stored ${t.int64} not null,
      rejects ${t.text} not null,
      trading_date ${t.text},
      imported_at ${t.int64} not null,
      primary key (sha256, source_id)
    ) ${t.clusteredTableEnd}`,
    `create table settings (
      name ${t.text} not null primary key,
      value ${t.text} not null
    ) ${t.clusteredTableEnd}`,
  ],
}
