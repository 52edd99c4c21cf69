import { BanyanError } from '@banyan/domain'
import { sqliteCodeOf, sqliteCodes } from './error-code.ts'

/** Another process holds the lock, the disk is full, or it fails: nothing the statement could do about. */
const passingCodes: ReadonlySet<number> = new Set([sqliteCodes.busy, sqliteCodes.full, sqliteCodes.inputOutput])

/** Returns `unavailable` for failures that say nothing about the statement and may be gone in a moment; the error itself for the others. */
export function toUnavailable(error: unknown): unknown {
  if (!passingCodes.has(sqliteCodeOf(error) ?? 0)) return error
  return new BanyanError('unavailable', { retryAfterS: 1, cause: error })
}

/** Returns what `run` returns, with failures of the disk and of the lock as `unavailable`. */
export function orUnavailable<T>(run: () => T): T {
  try {
    return run()
  } catch (error) {
    throw toUnavailable(error)
  }
}
