import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createSystemClock } from '../apps/server/src/infra/clock.ts'
import type { Database, DatabaseOptions } from '../apps/server/src/infra/database/database.ts'
import { createInstrumentStore } from '../apps/server/src/infra/database/instrument-store.ts'
import { openDatabase } from '../apps/server/src/infra/database/open-database.ts'
import { openReads } from '../apps/server/src/infra/database/open-reads.ts'
import { createEdgeRules } from '../apps/server/src/modules/analysis/edge-rules.ts'
import { runAnalysisJob } from '../apps/server/src/modules/analysis/run-analysis-job.ts'
import { listShares } from '../apps/server/src/modules/analysis/universe.ts'
import type { InstrumentStore } from '../apps/server/src/modules/instruments/index.ts'
import { createOpenReader } from '../apps/server/src/startup/analysis-reader.ts'
import { readCalendar } from '../apps/server/src/startup/calendar-files.ts'
import { addDays, istMidnight, type TradingDate } from '../packages/domain/src/index.ts'
import type { MeasuredEdges } from './edge-reference.ts'

/** Those of a new instance. */
const rules = createEdgeRules(50)

const calendarFile = fileURLToPath(new URL('../data/calendar/nse.json', import.meta.url))

/** A database that exists for one measurement. */
export interface OwnDatabase {
  readonly database: Database
  readonly databaseOptions: DatabaseOptions
  readonly instruments: InstrumentStore
}

/**
 * Measures the records of all patterns as the server does on the evening of `date`, on the shares that `fill` stores. Prices are on the basis of
 * that day.
 */
export async function measureStoredEdges(
  date: TradingDate,
  fill: (own: OwnDatabase) => Promise<void>,
): Promise<MeasuredEdges> {
  const homeDir = mkdtempSync(join(tmpdir(), 'banyan-edges-'))
  try {
    const databaseOptions: DatabaseOptions = { kind: 'sqlite', homeDir }
    const instruments = await storeShares(databaseOptions, fill)
    const reads = openReads(databaseOptions, fail)
    const calendar = readCalendar(calendarFile, join(homeDir, 'calendar.json'))
    const tools = { openReader: createOpenReader(reads, calendar), openColleague: null }
    const moment = { mode: 'replay', recordedDate: date, now: istMidnight(addDays(date, 1)) } as const
    const measured = await runAnalysisJob(tools, 'edges', { moment, instruments, rules })
    await reads.close()
    return { ...measured, ...rules, until: date }
  } finally {
    rmSync(homeDir, { recursive: true, force: true })
  }
}

async function storeShares(databaseOptions: DatabaseOptions, fill: (own: OwnDatabase) => Promise<void>) {
  const database = await openDatabase(databaseOptions, { clock: createSystemClock(), onBackgroundError: fail })
  const instruments = createInstrumentStore(database)
  await fill({ database, databaseOptions, instruments })
  const listed = await instruments.listInstruments()
  await database.close()
  return listShares({ list: () => listed })
}

function fail(error: Error): never {
  throw error
}
