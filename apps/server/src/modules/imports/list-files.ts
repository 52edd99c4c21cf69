import type { Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** A file to import, or why a path gives none. */
export interface ListedFile {
  readonly path: string
  readonly bytes: number
  /** Null for a file to be read; else a sentence. `failed` when the user named something that is not there. */
  readonly refused: { readonly outcome: 'failed' | 'skipped'; readonly sentence: string } | null
}

const dataFile = /\.(?:csv|txt)(?:\.gz)?$|\.(?:zip|gz)$/i
const deepest = 16

/** Returns the files behind the paths in the order given, folders replaced by what is below them in order of names. */
export async function listFiles(paths: readonly string[]): Promise<readonly ListedFile[]> {
  const lists = []
  for (const path of paths) lists.push(await listPath(path))
  return lists.flat()
}

async function listPath(path: string): Promise<readonly ListedFile[]> {
  try {
    const found = await stat(path)
    if (found.isDirectory()) return await listFolder(path, 1)
    if (!found.isFile()) return [refused(path, 'failed', 'This is neither a file nor a folder.')]
    return [{ path, bytes: found.size, refused: null }]
  } catch (error) {
    return [refused(path, 'failed', sentenceOf(error))]
  }
}

function sentenceOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null
  return code === 'ENOENT' || code === 'ENOTDIR' ? 'There is no such file or folder.' : 'This cannot be read.'
}

async function listFolder(folder: string, depth: number): Promise<readonly ListedFile[]> {
  if (depth > deepest) return [refused(folder, 'failed', `Folders are read ${deepest} levels deep.`)]
  const entries = await readdir(folder, { withFileTypes: true })
  const lists = []
  for (const entry of entries.sort(byName)) lists.push(await listEntry(entry, join(folder, entry.name), depth))
  return lists.flat()
}

/** Links are not followed: a link to a parent would never end. Hidden files are none of ours. */
async function listEntry(entry: Dirent, path: string, depth: number): Promise<readonly ListedFile[]> {
  if (entry.name.startsWith('.')) return []
  if (entry.isDirectory()) return await listSubfolder(path, depth + 1)
  if (!entry.isFile() || !dataFile.test(entry.name)) {
    return [refused(path, 'skipped', 'Only .csv, .txt, .gz and .zip files of a folder are read.')]
  }
  return await listPath(path)
}

async function listSubfolder(folder: string, depth: number): Promise<readonly ListedFile[]> {
  try {
    return await listFolder(folder, depth)
  } catch (error) {
    return [refused(folder, 'failed', sentenceOf(error))]
  }
}

function byName(a: Dirent, b: Dirent): number {
  return a.name < b.name ? -1 : 1
}

function refused(path: string, outcome: 'failed' | 'skipped', sentence: string): ListedFile {
  return { path, bytes: 0, refused: { outcome, sentence } }
}
