import { resolve } from 'node:path'
import { readConfig, readEnvironment } from '../config.ts'
import { createSystemClock } from '../infra/clock.ts'
import { restoreBackup } from '../infra/database/backup/restore-backup.ts'
import { ConfigurationRefusedError } from '../infra/database/start-errors.ts'
import { runCommand, UsageError } from './run-command.ts'

const help = `npm run restore -- <file>

Verifies a backup against its manifest and puts it in the database's place. The server must be stopped.
The database that was in use is kept beside it as banyan.db.replaced-<time>.
`

process.umask(0o077)
process.exitCode = await runCommand({ words: process.argv.slice(2), help, run: restoreAsked })

async function restoreAsked(words: readonly string[]): Promise<string> {
  const [word] = words
  if (word === undefined) throw new UsageError('Name the backup to restore.')
  const environment = readEnvironment()
  const config = readConfig(environment)
  if (config.databaseUrl !== null) {
    throw new ConfigurationRefusedError('DATABASE_URL is set: restore PostgreSQL with pg_restore.')
  }
  const file = resolve(environment['INIT_CWD'] ?? process.cwd(), word)
  const { manifest, replaced } = await restoreBackup({ homeDir: config.homeDir, file, clock: createSystemClock() })
  const kept = replaced === null ? '' : ` The database it replaced is ${replaced}.`
  return `Restored the backup of ${manifest.createdAt}.${kept}`
}
