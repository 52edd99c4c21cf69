import { BanyanError, type FieldProblem, type InstrumentId } from '@banyan/domain'
import { instrumentList, type Parsed } from './parameters.ts'

/** One member of a JSON body: what its absence means and how its value is read. */
export interface Field<T> {
  readonly absent: Parsed<T>
  parse(value: unknown): Parsed<T>
}

export type FieldValues<Shape> = { [Name in keyof Shape]: Shape[Name] extends Field<infer T> ? T : never }

/**
 * Returns the members of a body that the shape names. Throws `invalid_parameter` naming every failing one. Nothing is coerced, members
 * the shape does not list are ignored, and a call without a body is read as one without members.
 */
export function readFields<Shape extends Record<string, Field<unknown>>>(
  body: unknown,
  shape: Shape,
): FieldValues<Shape> {
  const given = (body ?? {}) as Readonly<Record<string, unknown>>
  const problems: FieldProblem[] = []
  const values: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(shape)) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined
    const parsed = value === undefined ? field.absent : field.parse(value)
    if ('reason' in parsed) problems.push({ field: name, reason: parsed.reason })
    else values[name] = parsed.value
  }
  if (problems.length > 0) throw new BanyanError('invalid_parameter', { details: problems })
  return values as FieldValues<Shape>
}

/** The member must be there. */
export function needed<T>(parse: (value: unknown) => Parsed<T>): Field<T> {
  return { absent: { reason: 'is required' }, parse }
}

/** Absence means `fallback`. */
export function optionalField<T, const F>(parse: (value: unknown) => Parsed<T>, fallback: F): Field<T | F> {
  return { absent: { value: fallback }, parse }
}

/** Reads what `parse` reads, and null as itself. */
export function orNull<T>(parse: (value: unknown) => Parsed<T>): (value: unknown) => Parsed<T | null> {
  return (value) => (value === null ? { value: null } : parse(value))
}

/** Reads a string of `min` to `max` code points as it stands, neither trimmed nor folded. */
export function textOf(min: number, max: number): (value: unknown) => Parsed<string> {
  return (value) => {
    if (typeof value !== 'string') return { reason: 'must be a string' }
    if (!value.isWellFormed()) return { reason: 'must be well-formed Unicode text' }
    const length = value.length > 2 * max ? value.length : [...value].length
    if (length >= min && length <= max) return { value }
    return { reason: min === 1 && length === 0 ? 'must not be empty' : `must have ${min} to ${max} characters` }
  }
}

/** Reads a string that matches the whole pattern; `reason` completes a sentence that begins with the member's name. */
export function textMatching(pattern: RegExp, reason: string): (value: unknown) => Parsed<string> {
  return (value) => (typeof value === 'string' && pattern.test(value) ? { value } : { reason })
}

/** Reads a name for people: 1 to `max` characters after trimming, no control characters. */
export function nameOf(max: number): (value: unknown) => Parsed<string> {
  const reason = `must have 1 to ${max} characters and no control characters`
  return (value) => {
    if (typeof value !== 'string') return { reason: 'must be a string' }
    const name = value.trim()
    const isName = name !== '' && [...name].length <= max && !/\p{Cc}/u.test(name) && name.isWellFormed()
    return isName ? { value: name } : { reason }
  }
}

/** Reads a list of `min` to `max` instrument IDs; a bare symbol means NSE, duplicates merge before they are counted. */
export function instrumentIdsOf(min: number, max: number): (value: unknown) => Parsed<readonly InstrumentId[]> {
  const read = instrumentList(max)
  return (value) => {
    const isList = Array.isArray(value) && value.every((item) => typeof item === 'string' && !item.includes(','))
    if (!isList) return { reason: 'must be a list of instrument IDs' }
    return value.length === 0 && min === 0 ? { value: [] } : read(value.join())
  }
}

export function flagOf(value: unknown): Parsed<boolean> {
  return typeof value === 'boolean' ? { value } : { reason: 'must be true or false' }
}

/** Reads a JSON number that is whole and from `min` to `max`, both included. */
export function integerOf(min: number, max: number): (value: unknown) => Parsed<number> {
  const reason = `must be a whole number from ${min} to ${max}`
  return (value) =>
    Number.isInteger(value) && Number(value) >= min && Number(value) <= max ? { value: Number(value) } : { reason }
}

/** Reads one of the words, exact in case. */
export function wordOf<const T extends string>(words: readonly T[]): (value: unknown) => Parsed<T> {
  const reason = `must be one of ${words.join(', ')}`
  return (value) => {
    const word = words.find((one) => one === value)
    return word === undefined ? { reason } : { value: word }
  }
}
