import { join } from 'node:path'
import { formatIst } from '@banyan/domain'
import { readConfig, readEnvironment } from '../config.ts'
import { createSystemClock } from '../infra/clock.ts'
import { type Keyring, openKeyFolder } from '../infra/sealing/keyring.ts'
import { runCommand, UsageError } from './run-command.ts'

const help = `npm run keys -- list | rotate | drop <key id>

Lists the keys tokens are signed with, makes a new one, or removes one. Running servers follow within seconds: a new key signs
nobody out, since the former one still verifies; a dropped key ends every token it signed at once.
`

process.umask(0o077) // the key folder may be made here
process.exitCode = await runCommand({ words: process.argv.slice(2), help, mostWords: 2, run: workAsked })

async function workAsked([what, kid]: readonly string[]): Promise<string> {
  const config = readConfig(readEnvironment())
  const keyring = openKeyFolder(config.keysFolder ?? join(config.homeDir, 'keys'), createSystemClock())
  if (what === 'list' && kid === undefined) return listKeys(keyring)
  if (what === 'rotate' && kid === undefined) return `${keyring.rotate()} signs from now on.`
  if (what !== 'drop' || kid === undefined) throw new UsageError(help.trimEnd())
  keyring.drop(kid)
  return `${kid} is gone, and with it every token it signed.`
}

function listKeys(keyring: Keyring): string {
  const { current, others } = keyring.signingKeys()
  return [current, ...others]
    .map((key) => `${key.kid}  made ${formatIst(key.createdAt)}  ${key === current ? 'signs' : 'verifies only'}`)
    .join('\n')
}
