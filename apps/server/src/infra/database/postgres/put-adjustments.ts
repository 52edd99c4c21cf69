import { istMidnight } from '@banyan/domain'
import type pg from 'pg'
import type { AdjustmentRow } from '../adjustment-row.ts'
import { everySource } from '../schema.ts'
import { dailyMinutes } from '../suspect-jumps.ts'

/** Writes factors. A jump that a new factor explains is no longer suspect and goes. */
export async function putAdjustments(client: pg.ClientBase, rows: readonly AdjustmentRow[]): Promise<void> {
  const told = new Map(rows.map((row) => [`${row.instrumentKey}:${row.sourceKey}:${row.adjustment.exDate}`, row]))
  const values = JSON.stringify(
    [...told.values()].map(({ instrumentKey, sourceKey, adjustment }) => ({
      instrument_key: instrumentKey,
      source_key: sourceKey ?? everySource,
      ex_date: adjustment.exDate,
      ex_ts: istMidnight(adjustment.exDate),
      factor: adjustment.factor,
      kind: adjustment.kind,
      source: adjustment.source,
    })),
  )
  await client.query(putSql, [values])
  await client.query(forgetExplainedSql, [values, dailyMinutes])
}

const toldRows = `json_to_recordset($1) as r (instrument_key integer, source_key integer, ex_date text, ex_ts bigint,
  factor float8, kind text, source text)`

const putSql = `
  insert into adjustments (instrument_key, source_key, ex_date, factor, kind, source)
  select instrument_key, source_key, ex_date, factor, kind, source from ${toldRows}
  on conflict (instrument_key, source_key, ex_date)
    do update set factor = excluded.factor, kind = excluded.kind, source = excluded.source`

/** The jump of the first bar on or after the ex-date: no bar of its series lies between the two. */
const forgetExplainedSql = `
  delete from suspect_jumps s using ${toldRows}
  where s.instrument_key = r.instrument_key and r.source_key in (${everySource}, s.source_key) and s.ts >= r.ex_ts
    and not exists (select 1 from candles c
      where c.instrument_key = s.instrument_key and c.interval_min = $2 and c.source_key = s.source_key
        and c.ts >= r.ex_ts and c.ts < s.ts)`
