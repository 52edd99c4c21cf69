import type { DatabaseOptions } from '../infra/database/database.ts'
import { prepareDataFolder } from '../infra/database/sqlite/data-folder.ts'
import { lockDataFolder } from '../infra/database/sqlite/folder-lock.ts'

/**
 * Takes the data folder where the database does not do it itself: with PostgreSQL the folder still holds the control socket,
 * and each instance needs one of its own. Returns what gives it back.
 */
export function holdFolder({ kind }: DatabaseOptions, homeDir: string): () => void {
  if (kind === 'sqlite') return () => undefined
  prepareDataFolder(homeDir)
  const lock = lockDataFolder(homeDir)
  return () => lock.release()
}
