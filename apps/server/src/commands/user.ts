import { cpus } from 'node:os'
import { join } from 'node:path'
import { type Config, readConfig, readEnvironment } from '../config.ts'
import { createSystemClock } from '../infra/clock.ts'
import { connectControl } from '../infra/control/control-client.ts'
import { controlSocketPath } from '../infra/control/control-socket.ts'
import { openDatabase } from '../infra/database/open-database.ts'
import { createNoMailer } from '../infra/mail/no-mailer.ts'
import { createNoSms } from '../infra/sms/no-sms.ts'
import { identitySettings } from '../startup/identity-settings.ts'
import { openIdentity } from '../startup/open-identity.ts'
import { readPassword } from './read-password.ts'
import { runCommand } from './run-command.ts'
import { parseUserWords, type UserRequest, userHelp } from './user-arguments.ts'
import { doUserWork } from './user-work.ts'

process.umask(0o077) // it may be the first to open the data folder
process.exitCode = await runCommand({ words: process.argv.slice(2), help: userHelp, mostWords: 8, run: workAsked })

async function workAsked(words: readonly string[], signal: AbortSignal): Promise<string> {
  const parsed = parseUserWords(words)
  const request = parsed.what === 'create' ? { ...parsed, password: await readPassword('Password: ') } : parsed
  const config = readConfig(readEnvironment())
  const server = await connectControl(controlSocketPath(config.homeDir))
  if (server === null) return workAlone(config, request)
  return String(await server.run('user', request, { signal, onEvent: () => undefined }))
}

/** Without a server the command opens the database itself, which a server that starts meanwhile finds held. */
async function workAlone(config: Config, request: UserRequest): Promise<string> {
  const clock = createSystemClock()
  const url = config.databaseUrl?.reveal() ?? null
  const options =
    url === null ? ({ kind: 'sqlite', homeDir: config.homeDir } as const) : ({ kind: 'postgres', url } as const)
  const database = await openDatabase(options, { clock, onBackgroundError: warn })
  try {
    const { identity, background } = await openIdentity({
      database,
      clock,
      keyFolder: config.keysFolder ?? join(config.homeDir, 'keys'),
      mailer: createNoMailer(),
      sms: createNoSms(),
      ...identitySettings(config, cpus().length),
      onFailure: (_name, error) => warn(error),
    })
    const text = await doUserWork(identity.administration, request)
    await background.idle()
    return text
  } finally {
    await database.close()
  }
}

function warn(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
}
