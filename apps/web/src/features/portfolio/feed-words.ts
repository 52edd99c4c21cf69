import type { FeedLink } from '../../lib/feed-types.ts'
import { istTime } from '../../lib/ist.ts'
import type { LiveBook } from './live-row.ts'

/** What is said of where the prices of the screen come from. `lost` and `late` are faults, the others are not. */
export interface FeedWords {
  readonly kind: 'opening' | 'live' | 'shut' | 'lost'
  readonly text: string
}

/** A stream that has said nothing for so long is gone, whatever the tab that hears it for all believes; it beats every 4.5 s. */
const silenceMs = 16_000

/** Returns how the stream stands, in words. `pollMs` is how often the book is asked for instead. */
export function feedWords(link: FeedLink, now: number, pollMs: number): FeedWords {
  if (link.kind === 'opening') return { kind: 'opening', text: 'Live prices are being opened.' }
  if (link.kind === 'lost') return lost(link.since, link.problem, pollMs)
  if (now - link.beatAt > silenceMs) return lost(link.beatAt, 'The stream fell silent.', pollMs)
  if (!link.isOpen) return { kind: 'shut', text: 'The market is closed: these are its last prices.' }
  const text = link.mode === 'replay' ? 'Recorded prices, replayed as they came.' : 'Live prices, as they come.'
  return { kind: 'live', text }
}

function lost(since: number, problem: string, pollMs: number): FeedWords {
  const instead = `The book is asked for every ${pollMs / 1_000} seconds instead.`
  return { kind: 'lost', text: `Live prices lost since ${istTime(since)} IST. ${problem} ${instead}` }
}

/** Returns which prices lag and of which source they are, `INFY, TCS and 3 others (yahoo)`; null where none does. */
export function lateWords({ groups }: Pick<LiveBook, 'groups'>): string | null {
  const late = groups.flatMap(({ symbol, rows }) => {
    const row = rows.find(({ delay }) => delay === 'delayed')
    return row === undefined ? [] : [{ symbol, source: row.source }]
  })
  if (late.length === 0) return null
  const named = late.slice(0, 3).map(({ symbol }) => symbol)
  const rest = late.length - named.length
  const names = rest === 0 ? named : [...named, `${rest} ${rest === 1 ? 'other' : 'others'}`]
  const sources = [...new Set(late.flatMap(({ source }) => source ?? []))].toSorted()
  return `${listOf(names)} (${sources.join(', ')})`
}

const listOf = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
