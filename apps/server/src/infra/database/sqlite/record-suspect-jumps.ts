import type { DatabaseSync } from 'node:sqlite'
import type { FreshJump } from '../../../modules/imports/index.ts'
import {
  compareJumps,
  dailyMinutes,
  findSteps,
  isExplained,
  type PriceStep,
  type TouchedSeries,
  toFreshJump,
} from '../suspect-jumps.ts'

type RecordSuspectJumps = (touched: readonly TouchedSeries[]) => readonly FreshJump[]

/** Prepares the look for unexplained steps around the bars just written; it returns those that were not recorded before. */
export function prepareRecordSuspectJumps(connection: DatabaseSync): RecordSuspectJumps {
  const listCloses = connection.prepare(closesSql)
  listCloses.setReturnArrays(true)
  const listRecorded = connection.prepare(recordedSql)
  const listExDates = connection.prepare(
    'select ex_date from adjustments where instrument_key = ? and source_key in (0, ?)',
  )
  const forget = connection.prepare('delete from suspect_jumps where instrument_key = ? and source_key = ? and ts = ?')
  const record = connection.prepare(
    'insert into suspect_jumps (instrument_key, source_key, ts, previous_close, close) values (?, ?, ?, ?, ?)',
  )

  const unexplained = (instrumentKey: number, sourceKey: number, steps: readonly PriceStep[]) => {
    if (steps.length === 0) return steps
    const rows = listExDates.all(instrumentKey, sourceKey) as unknown as { ex_date: string }[]
    const exDates = rows.map((row) => row.ex_date)
    return steps.filter((step) => !isExplained(step, exDates))
  }

  const recordSeries = ({ instrumentKey, sourceKey, from, to }: TouchedSeries): readonly FreshJump[] => {
    const closes = listCloses.all(instrumentKey, dailyMinutes, sourceKey, from, to) as unknown as [number, number][]
    const last = closes.at(-1)
    if (!last) return []
    const steps = unexplained(instrumentKey, sourceKey, findSteps(closes))
    const recorded = listRecorded.all(instrumentKey, sourceKey, from, last[0]) as unknown as PriceStep[]
    const { stale, fresh } = compareJumps(recorded, steps)
    for (const time of stale) forget.run(instrumentKey, sourceKey, time)
    for (const step of fresh) record.run(instrumentKey, sourceKey, step.time, step.previousClose, step.close)
    return fresh.map((step) => toFreshJump(instrumentKey, sourceKey, step))
  }

  return (touched) => touched.flatMap(recordSeries)
}

/**
 * Daily closes from the bar before the range to the bar after it. The steps are found outside SQL: a window function was
 * measured at four times the cost, because SQLite copies its rows into a table of their own first.
 */
const closesSql = `
  select ts, close from candles
  where instrument_key = ?1 and interval_min = ?2 and source_key = ?3
    and ts >= coalesce((select max(ts) from candles
      where instrument_key = ?1 and interval_min = ?2 and source_key = ?3 and ts < ?4), ?4)
    and ts <= coalesce((select min(ts) from candles
      where instrument_key = ?1 and interval_min = ?2 and source_key = ?3 and ts > ?5), ?5)
  order by ts`

const recordedSql = `
  select ts as time, previous_close as previousClose, close from suspect_jumps
  where instrument_key = ? and source_key = ? and ts >= ? and ts <= ?`
