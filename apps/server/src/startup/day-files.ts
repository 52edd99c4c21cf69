import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DayFile, fetchDayFiles } from '@banyan/brokers/eod'
import type { UpstreamPort } from '@banyan/brokers/http'
import { type Clock, istDate, istTimeOfDayMs, type TradingCalendar, type TradingDate } from '@banyan/domain'
import { runImport } from '../commands/run-import.ts'
import type { DatabaseOptions } from '../infra/database/database.ts'
import type { Warmer } from '../infra/tasks/warmer.ts'
import { defaultImportOptions, type FileResult } from '../modules/imports/index.ts'
import type { InstrumentStore } from '../modules/instruments/index.ts'

export interface DayFilesParts {
  readonly port: UpstreamPort
  readonly calendar: Pick<TradingCalendar, 'isTradingDay'>
  readonly clock: Clock
  importFile(path: string, signal: AbortSignal): Promise<void>
  /** Called when anything new was stored. */
  afterImport(): Promise<void>
  /** Hears of a session whose files are late. For the log. */
  onLate(date: TradingDate, missing: readonly string[]): void
}

const hourMs = 3_600_000
/** Files appear from about 18:00 IST, and those missing at 23:00 on a session day are an alarm (upstreams.md §5.5). */
const [appearMs, lateMs] = [18 * hourMs, 23 * hourMs]
const lookEveryMs = 900_000

/**
 * Fetches the day's files of the exchanges each evening and imports them; one instance does it. What was imported before is left alone, so a server
 * that starts again looks once more and changes nothing. From 23:00 on a missing file fails the run, which health shows.
 */
export function createDayFiles(parts: DayFilesParts): Warmer {
  const { calendar, clock } = parts
  let done: TradingDate | null = null

  async function run(signal: AbortSignal): Promise<void> {
    const [today, time] = [istDate(clock.now()), istTimeOfDayMs(clock.now())]
    if (time < appearMs || done === today || !calendar.isTradingDay(today)) return
    const { files, missing } = await fetchDayFiles(parts.port, today, signal)
    if (files.length > 0) await importAll(files, parts, signal)
    if (missing.length === 0) done = today
    else if (time >= lateMs) {
      parts.onLate(today, missing)
      throw new Error(`End-of-day files of ${today} are missing: ${missing.join(', ')}`)
    }
  }

  return {
    name: 'day_files',
    everyMs: { open: lookEveryMs, closed: lookEveryMs },
    runsOn: 'leader',
    timeoutMs: 600_000,
    run,
  }
}

async function importAll(files: readonly DayFile[], parts: DayFilesParts, signal: AbortSignal): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'banyan-day-'))
  try {
    for (const { name, bytes } of files) {
      const path = join(folder, name)
      await writeFile(path, bytes)
      await parts.importFile(path, signal)
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  await parts.afterImport()
}

/** Imports a file as the command does. Rejects with the file's own sentence when it cannot be read. */
export async function importDayFile(
  path: string,
  signal: AbortSignal,
  into: {
    readonly database: DatabaseOptions
    readonly instruments: Pick<InstrumentStore, 'listInstruments' | 'listAliases'>
  },
): Promise<void> {
  const results: FileResult[] = []
  await runImport({
    ...into,
    paths: [path],
    options: defaultImportOptions,
    signal,
    onEvent: (event) => void (event.type === 'file' && results.push(event.result)),
  })
  const failed = results.find(({ outcome }) => outcome === 'failed' || outcome === 'skipped')
  if (failed) throw new Error(failed.sentence ?? 'The file could not be imported.')
}
