import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** How long another process's change may take before this one gives up, in milliseconds. */
const longestWaitMs = 5_000

/**
 * Does the work while no other process does its own on this folder. The lock is the operating system's (an exclusive transaction on
 * `turn.db`), so that a killed holder never leaves it behind. Blocks the thread: for changes a person asks for.
 */
export function inTurn<T>(folder: string, work: () => T): T {
  const connection = new DatabaseSync(join(folder, 'turn.db'), { timeout: longestWaitMs })
  try {
    connection.exec('begin exclusive')
    return work()
  } finally {
    connection.close()
  }
}
