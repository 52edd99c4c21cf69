import { type Config, ConfigurationError, readConfig, readEnvironment } from '../config.ts'
import { createSystemClock } from '../infra/clock.ts'
import { connectControl } from '../infra/control/control-client.ts'
import { controlSocketPath } from '../infra/control/control-socket.ts'
import type { DatabaseOptions } from '../infra/database/database.ts'
import { createInstrumentStore } from '../infra/database/instrument-store.ts'
import { openDatabase } from '../infra/database/open-database.ts'
import type { ImportEvent, ImportSummary } from '../modules/imports/index.ts'
import { ArgumentError, type ImportArguments, importHelp, parseImportArguments } from './import-arguments.ts'
import { importThroughServer } from './import-control.ts'
import { createRejectsFile } from './import-rejects.ts'
import { createImportReport } from './import-report.ts'
import { runImport } from './run-import.ts'

const exitCodes = { good: 0, failed: 1, usage: 64, rejected: 65, interrupted: 130 } as const

/** What ends a command whose import a server does: the connection is gone, and with it the summary. */
class InterruptedError extends Error {
  override readonly name = 'InterruptedError'
  readonly exitCode = exitCodes.interrupted
}

process.umask(0o077) // before the first file: the database and the list of rejected rows are for their owner only
process.exitCode = await main(process.argv.slice(2))

async function main(words: readonly string[]): Promise<number> {
  try {
    // npm runs scripts in the project's folder; what the user typed is relative to where they stood.
    const { cwd, config } = readSurroundings()
    const asked = parseImportArguments(words, cwd)
    if (asked.help) {
      process.stdout.write(importHelp)
      return exitCodes.good
    }
    const summary = await importAsked(asked, config())
    return exitCodeOf(summary, asked.strict)
  } catch (error) {
    return exitCodeOfFailure(error)
  }
}

function readSurroundings(): { readonly cwd: string; readonly config: () => Config } {
  const environment = readEnvironment()
  return { cwd: environment['INIT_CWD'] ?? process.cwd(), config: () => readConfig(environment) }
}

/** Imports through the server when one runs on the data folder, else in this process. */
async function importAsked(asked: ImportArguments, config: Config): Promise<ImportSummary> {
  const abort = new AbortController()
  const interrupt = () => abort.abort(new InterruptedError('Interrupted; run the same command again to go on.'))
  process.once('SIGINT', interrupt)
  process.once('SIGTERM', interrupt)
  const report = createImportReport({
    write: (text) => void process.stdout.write(text),
    isScreen: process.stdout.isTTY === true,
    elapsedMs: createSystemClock().elapsedMs,
  })
  const rejects = asked.rejectsFile === null ? null : createRejectsFile(asked.rejectsFile)
  const onEvent = (event: ImportEvent) => {
    if (event.type === 'rejected') rejects?.add(event.rows)
    report.show(event)
  }
  try {
    const client = await connectControl(controlSocketPath(config.homeDir))
    const watch = { signal: abort.signal, onEvent }
    const summary =
      client === null
        ? await importHere(asked, config, watch)
        : await importThroughServer(client, toWords(asked), watch)
    report.finish(summary)
    return summary
  } finally {
    rejects?.close()
  }
}

interface Watch {
  readonly signal: AbortSignal
  onEvent(event: ImportEvent): void
}

async function importHere(asked: ImportArguments, config: Config, watch: Watch): Promise<ImportSummary> {
  const options: DatabaseOptions =
    config.databaseUrl === null
      ? { kind: 'sqlite', homeDir: config.homeDir }
      : { kind: 'postgres', url: config.databaseUrl.reveal() }
  const environment = { clock: createSystemClock(), onBackgroundError: warn }
  const database = await openDatabase(options, environment)
  try {
    const instruments = createInstrumentStore(database)
    return await runImport({ database: options, instruments, paths: asked.paths, options: asked.options, ...watch })
  } finally {
    await database.close()
  }
}

function warn(error: Error): void {
  process.stderr.write(`A database connection broke while idle: ${error.message}\n`)
}

/** Returns the command's words with absolute paths: the server stands in another folder. */
function toWords({ paths, options }: ImportArguments): readonly string[] {
  const named = {
    source: options.source,
    interval: options.interval,
    symbol: options.symbol,
    exchange: options.exchange,
  }
  const pairs = Object.entries(named).flatMap(([name, value]) => (value === null ? [] : [`--${name}`, value]))
  const maps = [...options.columns].flatMap(([column, name]) => ['--map', `${column}=${name}`])
  return [...pairs, ...maps, ...(options.again ? ['--again'] : []), '--', ...paths]
}

function exitCodeOf(summary: ImportSummary, strict: boolean): number {
  if (summary.aborted) return exitCodes.interrupted
  if (summary.files.failed > 0 || summary.files.imported + summary.files.unchanged === 0) return exitCodes.failed
  return strict && summary.rowsRead > summary.rowsStored ? exitCodes.rejected : exitCodes.good
}

/** Errors that know their exit code carry a sentence; the others are ours to explain. */
function exitCodeOfFailure(error: unknown): number {
  if (error instanceof ConfigurationError) {
    process.stderr.write(`The configuration is refused:\n${error.problems.map((problem) => `  ${problem}\n`).join('')}`)
    return 78
  }
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  if (error instanceof ArgumentError) return exitCodes.usage
  const hasCode = error instanceof Error && 'exitCode' in error && typeof error.exitCode === 'number'
  return hasCode ? Number(error.exitCode) : exitCodes.failed
}
