import { BanyanError } from '@banyan/domain'
import type { Insertable, Selectable, Transaction } from 'kysely'
import type { Calibration, Edge, EdgeRun, EdgeStore } from '../../../modules/analysis/index.ts'
import type { EdgesTable } from '../analysis-schema.ts'
import type { Database } from '../database.ts'
import type { Schema } from '../schema.ts'

/** 15 columns each, far below the parameters a statement may have. */
const rowsPerInsert = 500

/** Creates the store of measured edges: one measurement rests in it, whole. */
export function createEdgeStore(database: Database): EdgeStore {
  return {
    readRun: () => readRun(database),
    readRunNumber: () => readRunNumber(database),
    async begin(asOf) {
      const { number } = await database.transact((trx) =>
        trx.insertInto('edge_runs').values({ as_of: asOf }).returning('number').executeTakeFirstOrThrow(),
      )
      return number
    },
    finish: (run) => database.transact((trx) => replaceRun(trx, run)),
  }
}

async function readRunNumber({ reader }: Pick<Database, 'reader'>): Promise<number | null> {
  const row = await reader
    .selectFrom('edge_runs')
    .select(({ fn }) => fn.max<number | null>('number').as('number'))
    .where('revision', 'is not', null)
    .executeTakeFirst()
  return row?.number ?? null
}

/** A measurement that was replaced while its edges were read is read again: they are gone with it. */
async function readRun(database: Database): Promise<EdgeRun | null> {
  const number = await readRunNumber(database)
  if (number === null) return null
  const run = await database.reader.selectFrom('edge_runs').selectAll().where('number', '=', number).executeTakeFirst()
  const rows = await database.reader.selectFrom('edges').selectAll().where('run_number', '=', number).execute()
  if (!run || (await readRunNumber(database)) !== number) return readRun(database)
  return {
    number,
    asOf: run.as_of,
    revision: run.revision ?? '',
    horizons: (run.horizons ?? '').split(',').map(Number),
    costPct: run.cost_pct ?? Number.NaN,
    priorWeight: run.prior_weight ?? Number.NaN,
    instruments: run.instruments ?? 0,
    candles: run.candles ?? 0,
    edges: rows.map(toEdge),
    calibration: JSON.parse(run.calibration ?? '[]') as Calibration[],
  }
}

/** The number is the fence: an instance that lost the lead while it measured finds a later one and changes nothing. */
async function replaceRun(trx: Transaction<Schema>, run: EdgeRun): Promise<void> {
  const later = await trx.selectFrom('edge_runs').select('number').where('number', '>', run.number).executeTakeFirst()
  if (later) throw new BanyanError('unavailable', { message: 'A later measurement has begun.' })
  await trx.deleteFrom('edges').execute()
  await trx.deleteFrom('edge_runs').where('number', '<', run.number).execute()
  const told = {
    revision: run.revision,
    horizons: run.horizons.join(),
    cost_pct: run.costPct,
    prior_weight: run.priorWeight,
    instruments: run.instruments,
    candles: run.candles,
    calibration: JSON.stringify(run.calibration),
  }
  await trx.updateTable('edge_runs').set(told).where('number', '=', run.number).execute()
  const rows = run.edges.map((edge) => toRow(run.number, edge))
  for (let at = 0; at < rows.length; at += rowsPerInsert)
    await trx
      .insertInto('edges')
      .values(rows.slice(at, at + rowsPerInsert))
      .execute()
}

function toRow(runNumber: number, edge: Edge): Insertable<EdgesTable> {
  const { timeframe, pattern, direction, horizon, n, hits, shrunk, q, verdict } = edge
  return {
    run_number: runNumber,
    timeframe,
    pattern,
    direction,
    horizon,
    n,
    hits,
    hit_rate: edge.hitRate,
    base_rate: edge.baseRate,
    shrunk,
    interval_low: edge.interval[0],
    interval_high: edge.interval[1],
    mean_return_pct: edge.meanReturnPct,
    q,
    verdict,
  }
}

function toEdge(row: Selectable<EdgesTable>): Edge {
  const { pattern, horizon, n, hits, shrunk, q } = row
  return {
    timeframe: row.timeframe as Edge['timeframe'],
    pattern,
    direction: row.direction as Edge['direction'],
    horizon,
    n,
    hits,
    hitRate: row.hit_rate,
    baseRate: row.base_rate,
    shrunk,
    interval: [row.interval_low, row.interval_high],
    meanReturnPct: row.mean_return_pct,
    q,
    verdict: row.verdict as Edge['verdict'],
  }
}
