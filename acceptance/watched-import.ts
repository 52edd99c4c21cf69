import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../apps/server/src/commands/import.ts', import.meta.url))

/** An import command that runs, and what it says meanwhile. */
export interface WatchedImport {
  /** Resolves when the command has called the first file imported, or has ended. */
  readonly begun: Promise<void>
  /** Resolves with the exit code, null when a signal ended it, and the names of the files it called imported. */
  readonly ended: Promise<{ readonly code: number | null; readonly imported: readonly string[] }>
}

/** Starts `npm run import`'s command on a data folder. */
export function startImport(home: string, words: readonly string[]): WatchedImport {
  const child = spawn(process.execPath, [program, ...words], {
    env: { PATH: process.env['PATH'], BANYAN_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const begun = Promise.withResolvers<void>()
  let out = ''
  const read = (chunk: Buffer) => {
    out += chunk.toString('utf8')
    if (importedFiles(out).length > 0) begun.resolve()
  }
  child.stdout.on('data', read)
  child.stderr.on('data', read)
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve)).then((code) => {
    begun.resolve()
    return { code, imported: importedFiles(out) }
  })
  return { begun: begun.promise, ended }
}

function importedFiles(out: string): readonly string[] {
  return [...out.matchAll(/^✓ \S*?([^/\s]+\.csv) {2}[\d,]+ rows/gm)].map((match) => match[1] ?? '')
}
