import type pg from 'pg'
import type { FreshJump } from '../../../modules/imports/index.ts'
import { everySource } from '../schema.ts'
import {
  compareJumps,
  dailyMinutes,
  isExplained,
  longestGapMs,
  type PriceStep,
  suspectStep,
  type TouchedSeries,
  toFreshJump,
} from '../suspect-jumps.ts'

/** A step together with the position of its series in the list asked for. */
type PlacedStep = PriceStep & { readonly position: number }

type JumpKey = Pick<FreshJump, 'instrumentKey' | 'sourceKey' | 'time'>

/** Looks for unexplained steps around the bars just written; returns those that were not recorded before. */
export async function recordSuspectJumps(
  client: pg.ClientBase,
  touched: readonly TouchedSeries[],
): Promise<readonly FreshJump[]> {
  const series = [
    touched.map((t) => t.instrumentKey),
    touched.map((t) => t.sourceKey),
    touched.map((t) => t.from),
    touched.map((t) => t.to),
    dailyMinutes,
  ]
  const currentOf = Map.groupBy(await listUnexplained(client, touched, series), (step) => step.position)
  const recorded = await client.query<PlacedStep>(recordedSql, series)
  const recordedOf = Map.groupBy(recorded.rows, (step) => step.position)
  const stale: JumpKey[] = []
  const fresh: FreshJump[] = []
  touched.forEach(({ instrumentKey, sourceKey }, i) => {
    const change = compareJumps(recordedOf.get(i + 1) ?? [], currentOf.get(i + 1) ?? [])
    for (const time of change.stale) stale.push({ instrumentKey, sourceKey, time })
    for (const step of change.fresh) fresh.push(toFreshJump(instrumentKey, sourceKey, step))
  })
  if (stale.length > 0) await client.query(forgetSql, keyColumns(stale))
  if (fresh.length > 0) {
    const prices = [fresh.map((jump) => jump.previousClose), fresh.map((jump) => jump.close)]
    await client.query(recordSql, [...keyColumns(fresh), ...prices])
  }
  return fresh
}

function keyColumns(jumps: readonly JumpKey[]): number[][] {
  return [jumps.map((j) => j.instrumentKey), jumps.map((j) => j.sourceKey), jumps.map((j) => j.time)]
}

async function listUnexplained(
  client: pg.ClientBase,
  touched: readonly TouchedSeries[],
  series: readonly unknown[],
): Promise<readonly PlacedStep[]> {
  const steps = await client.query<PlacedStep>(stepsSql, [...series, suspectStep, longestGapMs])
  if (steps.rows.length === 0) return []
  const { rows } = await client.query<{ instrument_key: number; source_key: number; ex_date: string }>(
    'select instrument_key, source_key, ex_date from adjustments where instrument_key = any($1)',
    [touched.map((t) => t.instrumentKey)],
  )
  const factorsOf = Map.groupBy(rows, (row) => row.instrument_key)
  return steps.rows.filter((step) => {
    const of = touched[step.position - 1]
    const known = (factorsOf.get(of?.instrumentKey ?? 0) ?? []).filter((row) =>
      [everySource, of?.sourceKey].includes(row.source_key),
    )
    return !isExplained(
      step,
      known.map((row) => row.ex_date),
    )
  })
}

const touchedRows = `unnest($1::integer[], $2::integer[], $3::bigint[], $4::bigint[]) with ordinality
  as t (instrument_key, source_key, first_ts, last_ts, position)`
const sameSeries = 'c.instrument_key = t.instrument_key and c.interval_min = $5 and c.source_key = t.source_key'
const nextBar = `coalesce((select min(ts) from candles c where ${sameSeries} and c.ts > t.last_ts), t.last_ts)`

/** Steps between neighbours, from the bar before each range to the bar after it. */
const stepsSql = `
  select t.position, step.previous_ts as "previousTime", step.ts as time, step.previous_close as "previousClose", step.close
  from ${touchedRows} cross join lateral (
    select c.ts, c.close, lag(c.ts) over series as previous_ts, lag(c.close) over series as previous_close
    from candles c
    where ${sameSeries} and c.ts <= ${nextBar}
      and c.ts >= coalesce((select max(ts) from candles c where ${sameSeries} and c.ts < t.first_ts), t.first_ts)
    window series as (order by c.ts)
  ) step
  where step.previous_close > 0 and abs(step.close / step.previous_close - 1) > $6
    and step.ts - step.previous_ts <= $7
  order by t.position, step.ts`

const recordedSql = `
  select t.position, s.ts as time, s.previous_close as "previousClose", s.close
  from ${touchedRows} join suspect_jumps s on s.instrument_key = t.instrument_key and s.source_key = t.source_key
  where s.ts >= t.first_ts and s.ts <= ${nextBar}`

const forgetSql = `
  delete from suspect_jumps s using unnest($1::integer[], $2::integer[], $3::bigint[]) as t (instrument_key, source_key, ts)
  where s.instrument_key = t.instrument_key and s.source_key = t.source_key and s.ts = t.ts`

const recordSql = `
  insert into suspect_jumps (instrument_key, source_key, ts, previous_close, close)
  select * from unnest($1::integer[], $2::integer[], $3::bigint[], $4::float8[], $5::float8[])
  on conflict (instrument_key, source_key, ts)
    do update set previous_close = excluded.previous_close, close = excluded.close`
