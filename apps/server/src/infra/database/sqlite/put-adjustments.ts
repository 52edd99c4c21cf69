import type { DatabaseSync } from 'node:sqlite'
import { istMidnight } from '@banyan/domain'
import type { AdjustmentRow } from '../adjustment-row.ts'
import { everySource } from '../schema.ts'
import { dailyMinutes } from '../suspect-jumps.ts'

/** Prepares the writing of factors. A jump that a new factor explains is no longer suspect and goes. */
export function preparePutAdjustments(connection: DatabaseSync): (rows: readonly AdjustmentRow[]) => void {
  const put = connection.prepare(
    `insert into adjustments (instrument_key, source_key, ex_date, factor, kind, source) values (?, ?, ?, ?, ?, ?)
     on conflict (instrument_key, source_key, ex_date)
     do update set factor = excluded.factor, kind = excluded.kind, source = excluded.source`,
  )
  const forgetExplained = connection.prepare(explainedSql)
  return (rows) => {
    for (const { instrumentKey, sourceKey, adjustment } of rows) {
      const source = sourceKey ?? everySource
      const { exDate, factor, kind } = adjustment
      put.run(instrumentKey, source, exDate, factor, kind, adjustment.source)
      forgetExplained.run(instrumentKey, source, istMidnight(exDate), dailyMinutes)
    }
  }
}

/** The jump of the first bar on or after the ex-date: no bar of its series lies between the two. */
const explainedSql = `
  delete from suspect_jumps
  where instrument_key = ?1 and ?2 in (${everySource}, source_key) and ts >= ?3
    and not exists (select 1 from candles c
      where c.instrument_key = ?1 and c.interval_min = ?4 and c.source_key = suspect_jumps.source_key
        and c.ts >= ?3 and c.ts < suspect_jumps.ts)`
