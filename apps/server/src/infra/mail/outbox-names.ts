import { randomBytes } from 'node:crypto'
import type { EpochMs } from '@banyan/domain'

const nameForm = /^(\d{8}T\d{9}Z)-\d{6,}-[0-9a-f]{8}\.eml$/

/**
 * Returns what names the mails of one process: `20260312T061207123Z-000001-1f2e3d4c.eml`. Names sort by time, those of one
 * millisecond by their number, and two processes never choose the same.
 */
export function newMailName(): (now: EpochMs) => string {
  let count = 0
  return (now) => {
    count++
    const time = new Date(now).toISOString().replaceAll(/[-:.]/g, '')
    return `${time}-${String(count).padStart(6, '0')}-${randomBytes(4).toString('hex')}.eml`
  }
}

/** Returns the names of mails among a folder's names, newest first. */
export function listMailNames(names: readonly string[]): string[] {
  return names
    .filter((name) => nameForm.test(name))
    .sort()
    .reverse()
}

/** Returns when a mail was stored, by its name. */
export function timeOfMailName(name: string): EpochMs {
  const [, digits = ''] = /^([\dT]+)Z-/.exec(name) ?? []
  return Date.parse(digits.replace(/^(....)(..)(..)T(..)(..)(..)(...)$/, '$1-$2-$3T$4:$5:$6.$7Z'))
}
