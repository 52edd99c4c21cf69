import { readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { backup, type DatabaseSync } from 'node:sqlite'
import type { EpochMs } from '@banyan/domain'
import { syncFile, syncFolder } from './data-folder.ts'
import { verifyCopy } from './verify-copy.ts'

const copiesKept = 3

/** Keeps a verified copy of the database beside it as `<name>.before-<migration>-<time>` and removes all but the last three. */
export async function keepCopy(
  connection: DatabaseSync,
  databaseFile: string,
  migration: string,
  now: EpochMs,
): Promise<void> {
  const copy = `${databaseFile}.before-${migration}-${fileTime(now)}`
  const unfinished = `${copy}.partial`
  rmSync(unfinished, { force: true })
  await backup(connection, unfinished)
  verifyCopy(unfinished)
  syncFile(unfinished)
  renameSync(unfinished, copy)
  syncFolder(dirname(databaseFile))
  removeOldCopies(databaseFile)
}

/** Returns `20260312T061207Z` for use in file names; it sorts by time. */
export function fileTime(instant: EpochMs): string {
  return `${new Date(instant).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`
}

/** Returns the kept copies of a database, oldest first. */
export function listKeptCopies(databaseFile: string): readonly string[] {
  const prefix = `${basename(databaseFile)}.before-`
  return readdirSync(dirname(databaseFile))
    .filter((name) => name.startsWith(prefix) && /-\d{8}T\d{6}Z$/.test(name))
    .sort((a, b) => a.slice(-16).localeCompare(b.slice(-16)))
    .map((name) => join(dirname(databaseFile), name))
}

function removeOldCopies(databaseFile: string): void {
  for (const copy of listKeptCopies(databaseFile).slice(0, -copiesKept)) rmSync(copy)
}
