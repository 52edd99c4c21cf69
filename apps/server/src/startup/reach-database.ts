import { scrubError } from '../infra/tasks/scrub-error.ts'

/** The database did not let the server in. Exit code 1, so that a process manager tries again. */
class DatabaseOutOfReachError extends Error {
  override readonly name = 'DatabaseOutOfReachError'
  readonly exitCode = 1
}

/**
 * Returns what `open` opens. What a database server or its driver says of a failed start may repeat the address and the
 * credentials it was given, so a sentence of ours replaces it; errors that know their exit code are sentences already.
 */
export async function reachDatabase<T>(open: () => Promise<T>): Promise<T> {
  try {
    return await open()
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || 'exitCode' in error) throw error
    throw new DatabaseOutOfReachError(`The database of DATABASE_URL cannot be used. ${scrubError(error)}`, {
      cause: error,
    })
  }
}
