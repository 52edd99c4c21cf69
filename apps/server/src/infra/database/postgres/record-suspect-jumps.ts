import type pg from 'pg'
import {
  compareJumps,
  dailyMinutes,
  isExplained,
  type PriceStep,
  suspectStep,
  type TouchedSeries,
} from '../suspect-jumps.ts'

/** A step together with the position of its series in the list asked for. */
type PlacedStep = PriceStep & { readonly position: number }

/** Looks for unexplained steps around the bars just written; returns how many of them were not recorded before. */
export async function recordSuspectJumps(client: pg.ClientBase, touched: readonly TouchedSeries[]): Promise<number> {
  const series = [
    touched.map((t) => t.instrumentKey),
    touched.map((t) => t.sourceKey),
    touched.map((t) => t.from),
    touched.map((t) => t.to),
    dailyMinutes,
  ]
  const steps = await listUnexplained(client, touched, series)
  const recorded = await client.query<PlacedStep>(recordedSql, series)
  const currentOf = Map.groupBy(steps, (step) => step.position)
  const recordedOf = Map.groupBy(recorded.rows, (step) => step.position)
  let fresh = 0
  for (const position of new Set([...currentOf.keys(), ...recordedOf.keys()])) {
    const change = compareJumps(recordedOf.get(position) ?? [], currentOf.get(position) ?? [])
    await writeChange(client, touched[position - 1], change)
    fresh += change.fresh.length
  }
  return fresh
}

async function listUnexplained(
  client: pg.ClientBase,
  touched: readonly TouchedSeries[],
  series: readonly unknown[],
): Promise<readonly PlacedStep[]> {
  const steps = await client.query<PlacedStep>(stepsSql, [...series, suspectStep])
  if (steps.rows.length === 0) return []
  const { rows } = await client.query<{ instrument_key: number; source_key: number; ex_date: string }>(
    'select instrument_key, source_key, ex_date from adjustments where instrument_key = any($1)',
    [touched.map((t) => t.instrumentKey)],
  )
  return steps.rows.filter((step) => {
    const of = touched[step.position - 1]
    const known = rows.filter(
      (row) => row.instrument_key === of?.instrumentKey && [0, of.sourceKey].includes(row.source_key),
    )
    return !isExplained(
      step,
      known.map((row) => row.ex_date),
    )
  })
}

async function writeChange(
  client: pg.ClientBase,
  series: TouchedSeries | undefined,
  change: ReturnType<typeof compareJumps>,
): Promise<void> {
  if (!series) return
  const { instrumentKey, sourceKey } = series
  await client.query('delete from suspect_jumps where instrument_key = $1 and source_key = $2 and ts = any($3)', [
    instrumentKey,
    sourceKey,
    change.stale,
  ])
  for (const step of change.fresh) {
    await client.query(recordSql, [instrumentKey, sourceKey, step.time, step.previousClose, step.close])
  }
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
  order by t.position, step.ts`

const recordedSql = `
  select t.position, s.ts as time, s.previous_close as "previousClose", s.close
  from ${touchedRows} join suspect_jumps s on s.instrument_key = t.instrument_key and s.source_key = t.source_key
  where s.ts >= t.first_ts and s.ts <= ${nextBar}`

const recordSql = `
  insert into suspect_jumps (instrument_key, source_key, ts, previous_close, close) values ($1, $2, $3, $4, $5)
  on conflict (instrument_key, source_key, ts)
    do update set previous_close = excluded.previous_close, close = excluded.close`
