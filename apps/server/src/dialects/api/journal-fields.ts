import { type Decimal, dayMs, type EpochMs, istMidnight, parseDecimal, parseTimestamp, sumOf } from '@banyan/domain'
import { type EntryFields, type Given, tradeSides } from '../../modules/journal/index.ts'
import { type Field, needed, optionalField, orNull, wordOf } from './fields.ts'
import { type Parsed, parseInstrument } from './parameters.ts'
import { toSnakeCase } from './wire-names.ts'

/** How the members of an entry are read from JSON. What their values must be like the core knows. */
const members: { readonly [Name in keyof EntryFields]: Field<EntryFields[Name]> } = {
  symbol: needed((value) => (typeof value === 'string' ? parseInstrument(value) : { reason: 'must be a string' })),
  side: needed(wordOf(tradeSides)),
  quantity: needed(decimalIn),
  price: needed(decimalIn),
  exitPrice: optionalField(orNull(decimalIn), null),
  fees: optionalField(decimalIn, sumOf([])),
  openedAt: needed(instantIn),
  closedAt: optionalField(orNull(instantIn), null),
  notes: optionalField((value) => (typeof value === 'string' ? { value } : { reason: 'must be a string' }), ''),
  tags: optionalField(textsIn, []),
  rating: optionalField(orNull(numberIn), null),
}

/** Returns a new entry as a body gives it; what it leaves out has its default or is a problem. Never throws. */
export function readEntry(body: unknown): Given {
  return readMembers(body, ({ absent }) => absent)
}

/** Returns the members a body gives. Never throws. */
export function readChanges(body: unknown): Given {
  return readMembers(body, () => null)
}

function readMembers(body: unknown, absent: (member: Field<unknown>) => Parsed<unknown> | null): Given {
  const given = (body ?? {}) as Readonly<Record<string, unknown>>
  const fields: Record<string, unknown> = {}
  const problems: Given['problems'][number][] = []
  for (const [field, member] of Object.entries<Field<unknown>>(members)) {
    const name = toSnakeCase(field)
    const value = Object.hasOwn(given, name) ? given[name] : undefined
    const parsed = value === undefined ? absent(member) : member.parse(value)
    if (parsed === null) continue
    if ('reason' in parsed) problems.push({ field, reason: parsed.reason })
    else fields[field] = parsed.value
  }
  return { fields, problems }
}

/** The shortest text of a number is what its sender wrote; one that has no plain form is far out of every bound. */
function decimalIn(value: unknown): Parsed<Decimal> {
  if (typeof value !== 'number') return { reason: 'must be a number' }
  const decimal = parseDecimal(String(value))
  return decimal === null ? { reason: 'must be at most 1000000000 and have at most 4 decimals' } : { value: decimal }
}

function numberIn(value: unknown): Parsed<number> {
  return typeof value === 'number' ? { value } : { reason: 'must be a whole number from 1 to 5, or null' }
}

function textsIn(value: unknown): Parsed<readonly string[]> {
  const isList = Array.isArray(value) && value.every((one) => typeof one === 'string')
  return isList ? { value } : { reason: 'must be a list of strings' }
}

function instantIn(value: unknown): Parsed<EpochMs> {
  return typeof value === 'string' ? parseInstant(value) : { reason: 'must be a string' }
}

/** Instants whose dates have four digits for the year, in IST. */
const writable = [istMidnight('0001-01-01'), istMidnight('9999-12-31') + dayMs - 1] as const

/** Reads a timestamp with an explicit offset. */
export function parseInstant(text: string): Parsed<EpochMs> {
  const value = text.length > 40 ? null : parseTimestamp(text)
  const isWritable = value !== null && value >= writable[0] && value <= writable[1]
  return isWritable ? { value } : { reason: 'must be a timestamp with offset, such as 2026-03-10T10:05:00+05:30' }
}
