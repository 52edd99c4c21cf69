import { chmodSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { isMainThread } from 'node:worker_threads'
import { DataFolderUnusableError } from '../start-errors.ts'

/** Names inside the data folder. `lock.db` and the live database are opened by SQLite only, never through `fs`. */
export function dataFolderPaths(homeDir: string) {
  return {
    folder: homeDir,
    database: join(homeDir, 'banyan.db'),
    lock: join(homeDir, 'lock.db'),
    pid: join(homeDir, 'server.pid'),
    controlSocket: join(homeDir, 'control.sock'),
  }
}

/** Creates the folder for its owner alone, tightens what exists, and refuses file systems on which SQLite's locks do not hold. */
export function prepareDataFolder(homeDir: string): void {
  // The umask belongs to the process; a worker may not set it and inherits the main thread's.
  if (isMainThread) process.umask(0o077)
  try {
    mkdirSync(homeDir, { recursive: true, mode: 0o700 })
    chmodSync(homeDir, 0o700)
    tightenFiles(homeDir)
  } catch (cause) {
    throw new DataFolderUnusableError(`The data folder ${homeDir} cannot be created or made private.`, { cause })
  }
  refuseNetworkFileSystem(homeDir, statfsSync(homeDir).type)
}

function tightenFiles(homeDir: string): void {
  const { database, lock } = dataFolderPaths(homeDir)
  for (const file of [database, `${database}-wal`, `${database}-shm`, lock]) {
    if (existsSync(file)) chmodSync(file, 0o600)
  }
}

/** Linux `statfs(2)` magic numbers. On other systems the numbers mean nothing known and pass. */
const networkFileSystems: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB2'],
])

/** Throws when the file system's type is one over a network: WAL needs shared memory and locks that those do not give. */
export function refuseNetworkFileSystem(homeDir: string, type: number): void {
  const name = networkFileSystems.get(type)
  if (!name) return
  throw new DataFolderUnusableError(
    `The data folder ${homeDir} is on a network file system (${name}). Set BANYAN_HOME to a local disk, or use PostgreSQL.`,
  )
}

/** Makes the folder's entries durable: a new file's name is on disk only after this. */
export function syncFolder(folder: string): void {
  syncFile(folder)
}

/** Makes a finished file's content durable. Never for the live database or the lock: closing it here would drop SQLite's locks. */
export function syncFile(file: string): void {
  const descriptor = openSync(file, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
