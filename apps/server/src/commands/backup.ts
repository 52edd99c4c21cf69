import { resolve } from 'node:path'
import { readConfig, readEnvironment } from '../config.ts'
import { createSystemClock } from '../infra/clock.ts'
import { connectControl } from '../infra/control/control-client.ts'
import { controlSocketPath } from '../infra/control/control-socket.ts'
import { takeBackup } from '../infra/database/backup/take-backup.ts'
import { ConfigurationRefusedError, DataFolderInUseError } from '../infra/database/start-errors.ts'
import { copyThroughServer } from './backup-control.ts'
import { runCommand } from './run-command.ts'

const help = `npm run backup [-- <file or folder>]

Copies the database, also while the server runs, verifies the copy and writes <file>.manifest.json beside it.
Without an argument the copy goes to the folder "backups" in the data folder.
`

process.umask(0o077) // the copy holds everything the database does
process.exitCode = await runCommand({ words: process.argv.slice(2), help, run: backupAsked })

async function backupAsked(words: readonly string[], signal: AbortSignal): Promise<string> {
  const environment = readEnvironment()
  const config = readConfig(environment)
  if (config.databaseUrl !== null) {
    throw new ConfigurationRefusedError('DATABASE_URL is set: back PostgreSQL up with pg_dump --format=custom.')
  }
  // npm runs scripts in the project's folder; what the user typed is relative to where they stood.
  const target = words[0] === undefined ? null : resolveTyped(environment['INIT_CWD'] ?? process.cwd(), words[0])
  const { file, manifest } = await takeBackup({
    homeDir: config.homeDir,
    target,
    clock: createSystemClock(),
    copyThroughServer: (toPath) => askServer(config.homeDir, toPath, signal),
  })
  const rows = Object.values(manifest.rows).reduce((sum, count) => sum + count, 0)
  return `${file}: ${rows.toLocaleString('en-IN')} rows, verified, SHA-256 ${manifest.sha256}`
}

/** Keeps a closing slash, which says that a folder is meant. */
function resolveTyped(cwd: string, word: string): string {
  return word.endsWith('/') ? `${resolve(cwd, word)}/` : resolve(cwd, word)
}

async function askServer(homeDir: string, toPath: string, signal: AbortSignal): Promise<void> {
  const client = await connectControl(controlSocketPath(homeDir))
  // Somebody holds the folder and takes no commands: another command, or a server that is just starting or stopping.
  if (client === null) throw new DataFolderInUseError({ folder: homeDir, pid: null })
  await copyThroughServer(client, toPath, signal)
}
