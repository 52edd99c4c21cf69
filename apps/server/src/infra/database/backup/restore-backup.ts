import { copyFileSync, existsSync, linkSync, renameSync, rmSync } from 'node:fs'
import type { Clock } from '@banyan/domain'
import { allMigrations } from '../migrations/all-migrations.ts'
import { dataFolderPaths, prepareDataFolder, syncFile, syncFolder } from '../sqlite/data-folder.ts'
import { lockDataFolder } from '../sqlite/folder-lock.ts'
import { fileTime } from '../sqlite/kept-copies.ts'
import { openWriterConnection } from '../sqlite/sqlite-connection.ts'
import { verifyCopy } from '../sqlite/verify-copy.ts'
import { BackupRefusedError } from '../start-errors.ts'
import { type BackupManifest, hashFile, readManifest } from './backup-manifest.ts'

export interface RestoreRequest {
  readonly homeDir: string
  readonly file: string
  readonly clock: Clock
}

export interface Restored {
  readonly manifest: BackupManifest
  /** Where the database that was in use before now is; null when there was none. */
  readonly replaced: string | null
}

/**
 * Puts a backup in the database's place after verifying its hash, pages, row counts and schema on a copy inside the data
 * folder. Throws {@link BackupRefusedError}, or `DataFolderInUseError` while a server runs; then nothing is replaced.
 */
export async function restoreBackup({ homeDir, file, clock }: RestoreRequest): Promise<Restored> {
  prepareDataFolder(homeDir)
  const lock = lockDataFolder(homeDir)
  const { database } = dataFolderPaths(homeDir)
  const candidate = `${database}.restoring`
  try {
    if (!existsSync(file)) throw new BackupRefusedError(`There is no backup at ${file}.`)
    const manifest = readManifest(file)
    rmSync(candidate, { force: true })
    copyFileSync(file, candidate)
    await refuseUnlessSound(candidate, manifest)
    syncFile(candidate)
    const replaced = setAside(database, `${database}.replaced-${fileTime(clock.now())}`)
    renameSync(candidate, database)
    syncFolder(homeDir)
    return { manifest, replaced }
  } finally {
    rmSync(candidate, { force: true })
    lock.release()
  }
}

async function refuseUnlessSound(candidate: string, manifest: BackupManifest): Promise<void> {
  if ((await hashFile(candidate)) !== manifest.sha256) {
    throw new BackupRefusedError('The backup is damaged: its SHA-256 is not the one in its manifest.')
  }
  const contents = verifyCopy(candidate)
  if (JSON.stringify(contents.rows) !== JSON.stringify(manifest.rows)) {
    throw new BackupRefusedError('The backup does not hold the rows that its manifest counts.')
  }
  if (!allMigrations.some((migration) => migration.name === contents.schema)) {
    throw new BackupRefusedError(`The backup has schema ${contents.schema}, which this release does not know.`)
  }
}

/** Gives the current database a second name, so that the rename over the first is one step and no moment is without one. */
function setAside(database: string, replaced: string): string | null {
  if (!existsSync(database)) return null
  foldJournal(database)
  linkSync(database, replaced)
  if (existsSync(`${database}-wal`)) renameSync(`${database}-wal`, `${replaced}-wal`)
  rmSync(`${database}-shm`, { force: true })
  return replaced
}

/** Moves the journal's pages into the database. Damage may prevent it, and is a reason to restore: the journal then moves along. */
function foldJournal(database: string): void {
  if (!existsSync(`${database}-wal`)) return
  try {
    openWriterConnection(database, { busyTimeoutMs: 0 }).close()
  } catch (error) {
    if (!(error instanceof Error && 'errcode' in error)) throw error
  }
}
