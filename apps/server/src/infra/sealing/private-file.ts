import { randomBytes } from 'node:crypto'
import {
  type BigIntStats,
  chmodSync,
  closeSync,
  fstatSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { syncFolder } from '../database/sqlite/data-folder.ts'
import { ConfigurationRefusedError } from '../database/start-errors.ts'

/** Windows has no such modes: `stat` answers 0666 for every file there. */
const hasModes = process.platform !== 'win32'
const groupAndOthers = 0o077n
const writableByOthers = 0o022
const maxFileBytes = 64n * 1024n

/** Creates the folder for its owner alone. One that exists stays as it is, but nobody else may be able to exchange its files. */
export function preparePrivateFolder(folder: string): void {
  const isNew = mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined
  if (isNew) {
    chmodSync(folder, 0o700)
    syncFolder(dirname(folder))
  } else if (hasModes && (statSync(folder).mode & writableByOthers) !== 0) {
    throw new ConfigurationRefusedError(`${folder} holds keys and others may write to it. Run: chmod 700 ${folder}`)
  }
}

export interface PrivateText {
  readonly text: string
  /** Changes whenever the file does. */
  readonly version: string
}

/** Returns a file's content, or null when there is none. Refuses a file that group or others may read (quality-bar.md J2). */
export function readPrivateFile(file: string): PrivateText | null {
  const descriptor = openIfExists(file)
  if (descriptor === null) return null
  try {
    // Of the opened file, not of the name: the name may lead to another one by now.
    const stats = fstatSync(descriptor, { bigint: true })
    if (hasModes && (stats.mode & groupAndOthers) !== 0n) {
      throw new ConfigurationRefusedError(`${file} holds keys and others may read it. Run: chmod 600 ${file}`)
    }
    if (stats.size > maxFileBytes)
      throw new ConfigurationRefusedError(`${file} is larger than 64 KiB; it is no file of keys.`)
    return { version: toVersion(stats), text: readFileSync(descriptor, 'utf8') }
  } finally {
    closeSync(descriptor)
  }
}

/** Returns the version of a file's present content, or null when there is no file. Costs one `stat`. */
export function versionOf(file: string): string | null {
  const stats = statSync(file, { bigint: true, throwIfNoEntry: false })
  return stats === undefined ? null : toVersion(stats)
}

function toVersion({ ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return `${ino}.${size}.${mtimeNs}.${ctimeNs}`
}

/**
 * Writes a file that must not exist yet; returns false when it does. Whoever sees the name sees the whole content, and of two who
 * try at once exactly one succeeds: a link, unlike a rename, never replaces.
 */
export function createPrivateFile(file: string, text: string): boolean {
  const written = writeBeside(file, text)
  try {
    linkSync(written, file)
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    throw error
  } finally {
    rmSync(written)
  }
  syncFolder(dirname(file))
  return true
}

/** Replaces a file at once and durably: a reader, or a power cut, finds the old content or the new one. */
export function replacePrivateFile(file: string, text: string): void {
  renameSync(writeBeside(file, text), file)
  syncFolder(dirname(file))
}

function writeBeside(file: string, text: string): string {
  const beside = `${file}.${randomBytes(6).toString('hex')}.partial`
  const descriptor = openSync(beside, 'wx', 0o600)
  try {
    writeFileSync(descriptor, text)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  return beside
}

function openIfExists(file: string): number | null {
  try {
    return openSync(file, 'r')
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null
    throw new ConfigurationRefusedError(`${file} cannot be read.`, { cause: error })
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
