import {
  addDays,
  BanyanError,
  type EpochMs,
  type FieldProblem,
  type InstrumentId,
  istMidnight,
  parseInstrumentId,
  parseTimestamp,
  parseTradingDate,
} from '@banyan/domain'

/** What became of one value. The reason completes a sentence that begins with the parameter's name. */
export type Parsed<T> = { readonly value: T } | { readonly reason: string }

/** One parameter of a query or path: what its absence means and how its text is read. */
export interface Parameter<T> {
  readonly absent: Parsed<T>
  parse(text: string): Parsed<T>
}

type Values<Shape> = { [Name in keyof Shape]: Shape[Name] extends Parameter<infer T> ? T : never }

/**
 * Returns the values of a query or of path parameters. Throws `invalid_parameter` that names every failing field: repeated, empty
 * or not readable. Names the shape does not list are ignored (stocktrendz.md §2.1).
 */
export function readParameters<Shape extends Record<string, Parameter<unknown>>>(
  raw: unknown,
  shape: Shape,
): Values<Shape> {
  const given = raw as Readonly<Record<string, unknown>>
  const problems: FieldProblem[] = []
  const values: Record<string, unknown> = {}
  for (const [field, parameter] of Object.entries(shape)) {
    const parsed = readOne(given[field], parameter)
    if ('reason' in parsed) problems.push({ field, reason: parsed.reason })
    else values[field] = parsed.value
  }
  if (problems.length > 0) throw new BanyanError('invalid_parameter', { details: problems })
  return values as Values<Shape>
}

function readOne(given: unknown, parameter: Parameter<unknown>): Parsed<unknown> {
  if (given === undefined) return parameter.absent
  if (typeof given !== 'string') return { reason: 'must be given once' }
  if (given === '') return { reason: 'must not be empty' }
  return parameter.parse(given)
}

/** The parameter must be given. */
export function required<T>(parse: (text: string) => Parsed<T>): Parameter<T> {
  return { absent: { reason: 'is required' }, parse }
}

/** Absence means `fallback`. */
export function optional<T, const F>(parse: (text: string) => Parsed<T>, fallback: F): Parameter<T | F> {
  return { absent: { value: fallback }, parse }
}

/** Reads whole numbers of ASCII digits from `min` to `max`, both included: no sign, point, exponent or other script's digits. */
export function wholeNumber(min: number, max: number): (text: string) => Parsed<number> {
  const reason = `must be a whole number from ${min} to ${max}`
  return (text) => {
    const value = /^[0-9]{1,15}$/.test(text) ? Number(text) : Number.NaN
    return value >= min && value <= max ? { value } : { reason }
  }
}

/** Reads one of the listed words, exact in case. */
export function oneOf<const T extends string>(words: readonly T[]): (text: string) => Parsed<T> {
  const reason = `must be one of ${words.join(', ')}`
  return (text) => {
    const value = words.find((word) => word === text)
    return value === undefined ? { reason } : { value }
  }
}

/** Reads text of 1 to `max` characters after trimming, none of them a control character. */
export function shortText(max: number): (text: string) => Parsed<string> {
  const reason = `must have 1 to ${max} characters and no control characters`
  return (text) => {
    const value = text.trim()
    const isShort = value.length >= 1 && [...value].length <= max
    return isShort && !/\p{Cc}/u.test(value) && value.isWellFormed() ? { value } : { reason }
  }
}

/** Reads one instrument ID; a bare symbol means NSE. */
export function parseInstrument(text: string): Parsed<InstrumentId> {
  const value = text.length > 100 ? null : parseInstrumentId(text)
  return value === null ? { reason: 'must be EXCHANGE:SYMBOL, for example NSE:TCS' } : { value }
}

/** Reads instrument IDs with commas between them: blank items go, duplicates merge, then 1 to `max` must remain. */
export function instrumentList(max: number): (text: string) => Parsed<readonly InstrumentId[]> {
  return (text) => {
    const ids = new Set<InstrumentId>()
    const malformed: string[] = []
    for (const item of text.split(',')) {
      if (item.trim() === '') continue
      const id = parseInstrumentId(item)
      if (id === null) malformed.push(item)
      else ids.add(id)
    }
    if (malformed.length > 0) return { reason: malformedReason(malformed) }
    if (ids.size === 0) return { reason: 'must name at least one instrument' }
    if (ids.size > max) return { reason: `must name at most ${max} instruments` }
    return { value: [...ids] }
  }
}

/** Reads a start: a date means its first instant, a timestamp is itself. */
export function parseRangeStart(text: string): Parsed<EpochMs> {
  const date = parseTradingDate(text)
  return instantOr(date === null ? parseTimestamp(text) : istMidnight(date))
}

/** Reads an end, excluded: a date is included whole, so it ends where the next one begins; a timestamp is itself. */
export function parseRangeEnd(text: string): Parsed<EpochMs> {
  const date = parseTradingDate(text)
  return instantOr(date === null ? parseTimestamp(text) : istMidnight(addDays(date, 1)))
}

function instantOr(value: EpochMs | null): Parsed<EpochMs> {
  if (value !== null && Number.isFinite(value)) return { value }
  return { reason: 'must be an existing date YYYY-MM-DD or a timestamp with offset; write its + as %2B' }
}

function malformedReason(items: readonly string[]): string {
  const shown = items.slice(0, 5).map((item) => `"${[...item.trim()].slice(0, 50).join('')}"`)
  const rest = items.length > shown.length ? ` and ${items.length - shown.length} more` : ''
  return `has ${shown.join(', ')}${rest}, not of the form EXCHANGE:SYMBOL`.toWellFormed()
}
