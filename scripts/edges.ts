import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createSystemClock } from '../apps/server/src/infra/clock.ts'
import type { DatabaseOptions } from '../apps/server/src/infra/database/database.ts'
import { createInstrumentStore } from '../apps/server/src/infra/database/instrument-store.ts'
import { openDatabase } from '../apps/server/src/infra/database/open-database.ts'
import { openReads } from '../apps/server/src/infra/database/open-reads.ts'
import { createSoleLeaderLock } from '../apps/server/src/infra/tasks/leader-lock.ts'
import { edgeRules } from '../apps/server/src/modules/analysis/measure-edges.ts'
import { runAnalysisJob } from '../apps/server/src/modules/analysis/run-analysis-job.ts'
import { listShares } from '../apps/server/src/modules/analysis/universe.ts'
import { createOpenReader } from '../apps/server/src/startup/analysis-reader.ts'
import { importBundledData } from '../apps/server/src/startup/bundled-data.ts'
import { readCalendar } from '../apps/server/src/startup/calendar-files.ts'
import { istMidnight } from '../packages/domain/src/index.ts'
import { edgeReference } from './edge-reference.ts'

/** `npm run edges`: measures the records of all patterns on the bundled data, as the server does, and writes docs/reference/edges.md. */
const project = fileURLToPath(new URL('../', import.meta.url))
const target = 'docs/reference/edges.md'
/** The recorded day is over. */
const now = istMidnight('2021-06-10')

const homeDir = mkdtempSync(join(tmpdir(), 'banyan-edges-'))
try {
  const options: DatabaseOptions = { kind: 'sqlite', homeDir }
  const shares = await importBundle(options)
  const reads = openReads(options, fail)
  const calendar = readCalendar(join(project, 'data/calendar/nse.json'), join(homeDir, 'calendar.json'))
  const tools = { openReader: createOpenReader(reads, calendar), openColleague: null }
  const moment = { mode: 'replay', recordedDate: '2021-06-09', now } as const
  const measured = await runAnalysisJob(tools, 'edges', { moment, instruments: shares, rules: edgeRules })
  await reads.close()
  writeFileSync(join(project, target), edgeReference({ ...measured, ...edgeRules }))
  console.log(`${target}: ${measured.edges.length} records of ${measured.instruments} shares.`)
} finally {
  rmSync(homeDir, { recursive: true, force: true })
}

/** Stores the bundled files in a database of their own and returns its shares. */
async function importBundle(options: DatabaseOptions) {
  const database = await openDatabase(options, { clock: createSystemClock(), onBackgroundError: fail })
  const instruments = createInstrumentStore(database)
  await importBundledData({
    folder: join(project, 'data'),
    database,
    databaseOptions: options,
    instruments,
    lock: createSoleLeaderLock(),
    onImported: (file, rows) => console.log(`${file}: ${rows} rows`),
  })
  const listed = await instruments.listInstruments()
  await database.close()
  return listShares({ list: () => listed })
}

function fail(error: Error): never {
  throw error
}
