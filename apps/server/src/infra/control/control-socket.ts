import { join } from 'node:path'

/** Longest path a unix socket can have on Linux, in bytes: `sun_path` has 108 with the closing zero (unix(7)). */
const longestPath = 107

/** The data folder's path leaves no room for its control socket. The program ends with exit code 78. */
class SocketPathTooLongError extends Error {
  override readonly name = 'SocketPathTooLongError'
  readonly exitCode = 78
}

/** Returns where the process that holds a data folder listens for commands. Throws {@link SocketPathTooLongError}. */
export function controlSocketPath(homeDir: string): string {
  const path = join(homeDir, 'control.sock')
  const bytes = Buffer.byteLength(path)
  if (bytes <= longestPath) return path
  const spare = longestPath - (bytes - Buffer.byteLength(homeDir))
  throw new SocketPathTooLongError(
    `BANYAN_HOME is too long: its path may have ${spare} bytes, it has ${Buffer.byteLength(homeDir)}.`,
  )
}
