import { sourceName } from '../../lib/source-names.ts'
import type { LiveBook } from './live-row.ts'

/** Returns which prices lag and of which source they are, `INFY, TCS and 3 others (Yahoo)`; null where none does. */
export function lateWords({ groups }: Pick<LiveBook, 'groups'>): string | null {
  const late = groups.flatMap(({ symbol, rows }) => {
    const row = rows.find(({ delay }) => delay === 'delayed')
    return row === undefined ? [] : [{ symbol, source: row.source }]
  })
  if (late.length === 0) return null
  const named = late.slice(0, 3).map(({ symbol }) => symbol)
  const rest = late.length - named.length
  const names = rest === 0 ? named : [...named, `${rest} ${rest === 1 ? 'other' : 'others'}`]
  const sources = [...new Set(late.flatMap(({ source }) => source ?? []))].map(sourceName).toSorted()
  return `${listOf(names)} (${sources.join(', ')})`
}

const listOf = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
