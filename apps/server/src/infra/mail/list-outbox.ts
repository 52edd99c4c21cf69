import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { EpochMs } from '@banyan/domain'
import { listMailNames, timeOfMailName } from './outbox-names.ts'
import { parseMail, type ReadableMail } from './parse-mail.ts'

export interface StoredMail extends ReadableMail {
  /** The file's name without `.eml`. */
  readonly id: string
  readonly createdAt: EpochMs
}

/** Returns the newest mails of an outbox, newest first, at most `limit`; none when nothing was ever sent. */
export async function listOutbox(folder: string, limit: number): Promise<StoredMail[]> {
  const names = listMailNames(await namesIn(folder)).slice(0, limit)
  const mails = await Promise.all(names.map((name) => readStored(folder, name)))
  return mails.filter((mail) => mail !== null)
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return (await unlessMissing(readdir(folder))) ?? []
}

/** Null when the mail was removed meanwhile to make room. */
async function readStored(folder: string, name: string): Promise<StoredMail | null> {
  const source = await unlessMissing(readFile(join(folder, name), 'latin1'))
  return source === null ? null : { id: name.slice(0, -4), createdAt: timeOfMailName(name), ...parseMail(source) }
}

async function unlessMissing<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
