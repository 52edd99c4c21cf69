import type { Migration } from './migration.ts'

export const analysis: Migration = {
  name: '0003-analysis',
  statements: (t) => [
    // A measurement takes its number when it begins. What is told at its end stays null until then.
    `create table edge_runs (
      number ${t.lastingIdentity},
      as_of ${t.int64} not null,
      revision ${t.text},
      horizons ${t.text},
      cost_pct ${t.float64},
      prior_weight ${t.float64},
      instruments ${t.int64},
      candles ${t.int64}
    ) ${t.tableEnd}`,
    `create table edges (
      run_number ${t.int64} not null references edge_runs (number),
      timeframe ${t.text} not null,
      pattern ${t.text} not null,
      direction ${t.text} not null,
      horizon integer not null,
      n ${t.int64} not null,
      hits ${t.int64} not null,
      hit_rate ${t.float64} not null,
      base_rate ${t.float64} not null,
      shrunk ${t.float64} not null,
      interval_low ${t.float64} not null,
      interval_high ${t.float64} not null,
      mean_return_pct ${t.float64} not null,
      q ${t.float64} not null,
      verdict ${t.text} not null,
      primary key (run_number, timeframe, pattern, direction, horizon)
    ) ${t.clusteredTableEnd}`,
  ],
}
