import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { DataFolderInUseError } from '../start-errors.ts'
import { dataFolderPaths } from './data-folder.ts'
import { isBusy } from './error-code.ts'

/** One process's claim on a data folder. */
export interface FolderLock {
  release(): void
}

/**
 * Takes the folder for this process or throws {@link DataFolderInUseError} at once. The lock is the operating system's:
 * an exclusive transaction on `lock.db` that the kernel frees when the process ends, however it ends. No code may open that
 * file in another way: closing any descriptor of it drops the lock (sqlite.org/howtocorrupt.html §2.2).
 */
export function lockDataFolder(homeDir: string): FolderLock {
  const paths = dataFolderPaths(homeDir)
  const connection = new DatabaseSync(paths.lock, { timeout: 0 })
  try {
    connection.exec('begin exclusive')
    writeFileSync(paths.pid, `${process.pid}\n`, { mode: 0o600 })
  } catch (cause) {
    connection.close()
    if (isBusy(cause)) throw new DataFolderInUseError({ folder: homeDir, pid: readHolder(paths.pid) }, { cause })
    throw cause
  }
  return {
    release() {
      if (!connection.isOpen) return
      rmSync(paths.pid, { force: true })
      connection.close()
    },
  }
}

function readHolder(file: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(file, 'utf8'), 10)
    return Number.isSafeInteger(pid) ? pid : null
  } catch (error) {
    // The holder writes the file just after taking the lock: for a moment there is none.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
