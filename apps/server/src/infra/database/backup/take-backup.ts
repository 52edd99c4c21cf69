import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { backup } from 'node:sqlite'
import type { Clock } from '@banyan/domain'
import { dataFolderPaths, prepareDataFolder, syncFile, syncFolder } from '../sqlite/data-folder.ts'
import { lockDataFolder } from '../sqlite/folder-lock.ts'
import { fileTime } from '../sqlite/kept-copies.ts'
import { openWriterConnection } from '../sqlite/sqlite-connection.ts'
import { verifyCopy } from '../sqlite/verify-copy.ts'
import { BackupRefusedError, DataFolderInUseError } from '../start-errors.ts'
import { type BackupManifest, hashFile, manifestPath } from './backup-manifest.ts'

export interface BackupRequest {
  readonly homeDir: string
  /** File to write, or a folder for a file named by its time; null is `<homeDir>/backups`. */
  readonly target: string | null
  readonly clock: Clock
  /** Has the process that holds the data folder copy its database to the path given: its writer connection must do it. */
  copyThroughServer(toPath: string): Promise<void>
}

export interface TakenBackup {
  readonly file: string
  readonly manifest: BackupManifest
}

/**
 * Copies the database, verifies the copy and writes its manifest. Only a whole, verified copy ever has the final name.
 * Throws {@link BackupRefusedError} when the copy is damaged or the file exists already.
 */
export async function takeBackup(request: BackupRequest): Promise<TakenBackup> {
  prepareDataFolder(request.homeDir)
  const file = backupPath(request)
  if (existsSync(file)) throw new BackupRefusedError(`${file} exists already.`)
  mkdirSync(dirname(file), { recursive: true })
  const unfinished = `${file}.partial`
  rmSync(unfinished, { force: true })
  try {
    await copyDatabase(request, unfinished)
    return await finishBackup(unfinished, file, request.clock)
  } finally {
    rmSync(unfinished, { force: true })
  }
}

function backupPath({ homeDir, target, clock }: BackupRequest): string {
  const path = resolve(target ?? join(homeDir, 'backups'))
  const isFolder = target === null || target.endsWith('/') || statSync(path, { throwIfNoEntry: false })?.isDirectory()
  return isFolder ? join(path, `banyan-${fileTime(clock.now())}.db`) : path
}

/** A copy from a second connection restarts at every write of the first, so a running server makes it itself. */
async function copyDatabase(request: BackupRequest, toPath: string): Promise<void> {
  const { database } = dataFolderPaths(request.homeDir)
  try {
    const lock = lockDataFolder(request.homeDir)
    try {
      await copyAlone(database, toPath)
    } finally {
      lock.release()
    }
  } catch (error) {
    if (!(error instanceof DataFolderInUseError)) throw error
    await request.copyThroughServer(toPath)
  }
}

async function copyAlone(database: string, toPath: string): Promise<void> {
  if (!existsSync(database)) throw new BackupRefusedError(`There is no database at ${database}.`)
  const connection = openWriterConnection(database, { busyTimeoutMs: 0 })
  try {
    await backup(connection, toPath)
  } finally {
    connection.close()
  }
}

async function finishBackup(unfinished: string, file: string, clock: Clock): Promise<TakenBackup> {
  const contents = verifyCopy(unfinished)
  syncFile(unfinished)
  const createdAt = new Date(clock.now()).toISOString()
  const manifest: BackupManifest = { sha256: await hashFile(unfinished), createdAt, ...contents }
  const unfinishedManifest = `${manifestPath(file)}.partial`
  writeFileSync(unfinishedManifest, `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 })
  syncFile(unfinishedManifest)
  renameSync(unfinishedManifest, manifestPath(file))
  renameSync(unfinished, file)
  syncFolder(dirname(file))
  return { file, manifest }
}
