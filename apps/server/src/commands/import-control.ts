import type { ControlClient } from '../infra/control/control-client.ts'
import type { ControlHandler } from '../infra/control/control-server.ts'
import type { ImportEvent, ImportSummary } from '../modules/imports/index.ts'
import { parseImportArguments } from './import-arguments.ts'
import { type ImportRun, runImport } from './run-import.ts'

export interface ImportHandlerOptions extends Pick<ImportRun, 'database' | 'instruments'> {
  /** Called after an import that stored anything: instruments and cached candles are to be read anew. */
  afterImport(): Promise<void>
}

/** Creates the server's side of `npm run import`: one import at a time, with the arguments the command was given. */
export function createImportHandler({ database, instruments, afterImport }: ImportHandlerOptions): ControlHandler {
  let isBusy = false
  return async (argument, { signal, send }) => {
    if (isBusy) throw new Error('Another import is running; try again when it has ended.')
    isBusy = true
    try {
      const { paths, options } = parseImportArguments(toArguments(argument), '/')
      const onEvent = (event: ImportEvent) => sendEvent(event, send)
      const summary = await runImport({ database, instruments, paths, options, signal, onEvent })
      if (summary.files.imported > 0) await afterImport()
      return summary
    } finally {
      isBusy = false
    }
  }
}

/** Has the server import: the command's words go over as they are, except that its paths are absolute. */
export async function importThroughServer(
  client: ControlClient,
  words: readonly string[],
  options: { readonly signal: AbortSignal; onEvent(event: ImportEvent): void },
): Promise<ImportSummary> {
  const onEvent = (event: unknown) => options.onEvent(event as ImportEvent)
  return (await client.run('import', words, { signal: options.signal, onEvent })) as ImportSummary
}

function toArguments(argument: unknown): readonly string[] {
  if (Array.isArray(argument) && argument.every((word) => typeof word === 'string')) return argument
  throw new Error('The import needs the words of its command line.')
}

/** A list of rejected rows too long for a line goes in halves; a single row always fits. */
function sendEvent(event: ImportEvent, send: (event: unknown) => boolean): void {
  if (send(event) || event.type !== 'rejected' || event.rows.length < 2) return
  const half = event.rows.length >> 1
  sendEvent({ type: 'rejected', rows: event.rows.slice(0, half) }, send)
  sendEvent({ type: 'rejected', rows: event.rows.slice(half) }, send)
}
