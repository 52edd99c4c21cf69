import { isAbsolute } from 'node:path'
import type { ControlClient } from '../infra/control/control-client.ts'
import type { ControlHandler } from '../infra/control/control-server.ts'
import type { Database } from '../infra/database/database.ts'

/** Creates the server's side of `npm run backup`: it copies the database, the command verifies the copy and names it. */
export function createBackupHandler(database: Pick<Database, 'backup'>): ControlHandler {
  return async (argument) => {
    await database.backup(toPath(argument))
    return null
  }
}

/** Has the server copy its database to a path that does not exist yet. */
export async function copyThroughServer(client: ControlClient, toPath: string, signal: AbortSignal): Promise<void> {
  await client.run('backup', { path: toPath }, { signal, onEvent: () => undefined })
}

function toPath(argument: unknown): string {
  const path = typeof argument === 'object' && argument !== null && 'path' in argument ? argument.path : null
  if (typeof path === 'string' && isAbsolute(path)) return path
  throw new Error('The backup needs the absolute path of the file to write.')
}
