import { type Decimal, formatIst, parseDecimal, sumOf } from '@banyan/domain'
import { type EntryFields, type JournalEntry, tradeSides } from '../../modules/journal/index.ts'
import { guardCell, unguardCell } from '../api/csv-cells.ts'
import { istOrNull } from '../api/ist-or-null.ts'
import { parseInstant } from '../api/journal-fields.ts'
import { oneOf, type Parsed, parseInstrument } from '../api/parameters.ts'

/** One column of the journal's CSV file, by the name of the member it holds. */
export interface JournalColumn {
  readonly member: keyof JournalEntry
  write(entry: JournalEntry): string
  /** Reads a cell that is not blank; null for columns that follow from others. */
  readonly read: ((cell: string) => Parsed<unknown>) | null
}

/** Every column of an export, in its order. */
export const journalColumns: readonly JournalColumn[] = [
  { member: 'id', write: ({ id }) => id, read: (cell) => ({ value: cell.trim() }) },
  { member: 'symbol', write: ({ symbol }) => symbol, read: parseInstrument },
  { member: 'side', write: ({ side }) => side, read: trimmed(oneOf(tradeSides)) },
  { member: 'quantity', write: ({ quantity }) => quantity.toFixed(), read: trimmed(parseAmount) },
  { member: 'price', write: ({ price }) => price.toFixed(), read: trimmed(parseAmount) },
  { member: 'exitPrice', write: ({ exitPrice }) => exitPrice?.toFixed() ?? '', read: trimmed(parseAmount) },
  { member: 'fees', write: ({ fees }) => fees.toFixed(), read: trimmed(parseAmount) },
  { member: 'openedAt', write: ({ openedAt }) => formatIst(openedAt), read: trimmed(parseInstant) },
  { member: 'closedAt', write: ({ closedAt }) => istOrNull(closedAt) ?? '', read: trimmed(parseInstant) },
  { member: 'pnl', write: ({ pnl }) => pnl?.toFixed() ?? '', read: null },
  { member: 'rating', write: ({ rating }) => (rating === null ? '' : String(rating)), read: trimmed(parseRating) },
  { member: 'tags', write: ({ tags }) => guardCell(tags.map(escapeTag).join('; ')), read: parseTags },
  { member: 'notes', write: ({ notes }) => guardCell(notes), read: (cell) => ({ value: unguardCell(cell) }) },
  {
    member: 'patternsAtEntry',
    write: ({ patternsAtEntry }) => (patternsAtEntry?.length === 0 ? noPatterns : (patternsAtEntry?.join(' ') ?? '')),
    read: trimmed(parsePatterns),
  },
  { member: 'createdAt', write: ({ createdAt }) => formatIst(createdAt), read: null },
  { member: 'updatedAt', write: ({ updatedAt }) => formatIst(updatedAt), read: null },
]

/** What a blank cell of a member means; those left out must be given. */
export const blankMembers = {
  exitPrice: null,
  fees: sumOf([]),
  closedAt: null,
  notes: '',
  tags: [],
  rating: null,
} satisfies Partial<EntryFields>

/** Known to be none; blank is not known. */
const noPatterns = 'none'

function trimmed<T>(parse: (text: string) => Parsed<T>): (cell: string) => Parsed<T> {
  return (cell) => parse(cell.trim())
}

function parseAmount(text: string): Parsed<Decimal> {
  const value = text.length > 40 ? null : parseDecimal(text)
  return value === null ? { reason: 'must be a number such as 3390.5, without separators of thousands' } : { value }
}

function parseRating(text: string): Parsed<number> {
  return /^[1-5]$/.test(text) ? { value: Number(text) } : { reason: 'must be a whole number from 1 to 5' }
}

/** Tags have semicolons between them; one within a tag has a backslash before it. */
function escapeTag(tag: string): string {
  return tag.replaceAll(/[\\;]/g, '\\$&')
}

function parseTags(cell: string): Parsed<readonly string[]> {
  const parts = unguardCell(cell).match(/(?:\\.|[^\\;]|\\$)+/gsu) ?? []
  const tags = parts.map((part) => part.replaceAll(/\\(.)/gsu, '$1').trim())
  return { value: tags.filter((tag) => tag !== '') }
}

function parsePatterns(text: string): Parsed<readonly string[]> {
  if (text === noPatterns) return { value: [] }
  const patterns = text.split(/ +/)
  const isRight = patterns.length <= 100 && patterns.every((pattern) => /^[A-Z0-9_]{1,60}$/i.test(pattern))
  return isRight
    ? { value: [...new Set(patterns)] }
    : { reason: 'must be pattern ids with spaces between them, or none' }
}
