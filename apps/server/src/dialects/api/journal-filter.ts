import { dayMs, type EpochMs, istMidnight, parseTradingDate } from '@banyan/domain'
import type { EntryFilter } from '../../modules/journal/index.ts'
import { optional, type Parsed, parseInstrument, shortText } from './parameters.ts'

/** How the parameters are read that choose entries (stocktrendz.md §9), by the names of {@link EntryFilter}. */
export const entryFilter = {
  symbol: optional(parseInstrument, null),
  tag: optional(shortText(40), null),
  from: optional(parseFirstDay, null),
  to: optional(parseLastDay, null),
}

/** Chooses all. */
export const everyEntry: EntryFilter = { symbol: null, tag: null, from: null, to: null }

function parseFirstDay(text: string): Parsed<EpochMs> {
  const date = parseTradingDate(text)
  return date === null ? { reason: 'must be an existing date YYYY-MM-DD' } : { value: istMidnight(date) }
}

/** The day is included whole. */
function parseLastDay(text: string): Parsed<EpochMs> {
  const first = parseFirstDay(text)
  return 'reason' in first ? first : { value: first.value + dayMs }
}
