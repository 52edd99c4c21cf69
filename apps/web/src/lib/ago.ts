import { readableAge } from './ist.ts'

/** Returns how long ago something was, calmly enough to be renewed each second: `just now`, `7 s ago`, `12 min ago`. */
export function ago(ms: number): string {
  if (ms < 5_000) return 'just now'
  return ms < 10_000 ? `${Math.floor(ms / 1_000)} s ago` : `${readableAge(ms)} ago`
}

/** Returns when something that is `ms` away comes: `within a minute`, also when it is due, or `in 12 min`. */
export function ahead(ms: number): string {
  return ms <= 60_000 ? 'within a minute' : `in ${readableAge(Math.ceil(ms / 60_000) * 60_000)}`
}
