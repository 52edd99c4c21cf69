import { BanyanError, type Decimal, dayMs, type EpochMs, type FieldProblem } from '@banyan/domain'
import type { EntryFields } from './journal-entry.ts'

/**
 * Members of an entry as somebody gave them. Those that could not be read at all are missing and have a problem instead, so that
 * everything that is wrong is told at once.
 */
export interface Given {
  readonly fields: Partial<EntryFields>
  readonly problems: readonly FieldProblem[]
}

const most = 1_000_000_000
const mostDecimals = 4
const mostTags = 20
const mostTagCharacters = 40
const mostNoteCharacters = 10_000
const furthestAheadMs = dayMs

/** What must hold of each member alone: returns the end of a sentence that begins with its name, or null. */
const memberRules: {
  readonly [Name in keyof EntryFields]?: (value: EntryFields[Name], now: EpochMs) => string | null
} = {
  quantity: (value) =>
    value.gt(0) && isBounded(value) ? null : `must be above 0, at most ${most} and have at most 4 decimals`,
  price: amountRule,
  exitPrice: (value) => (value === null ? null : amountRule(value)),
  fees: amountRule,
  openedAt: (value, now) => (value <= now + furthestAheadMs ? null : 'must be at most one day ahead'),
  notes: (value) => textRule(value, mostNoteCharacters),
  tags: tagsRule,
  rating: (value) =>
    value === null || (Number.isInteger(value) && value >= 1 && value <= 5)
      ? null
      : 'must be a whole number from 1 to 5',
}

/** Returns all that is wrong with the members that are there, alone and together. */
export function problemsOf(fields: Partial<EntryFields>, now: EpochMs): readonly FieldProblem[] {
  const alone = Object.entries(memberRules).flatMap(([field, rule]) => {
    const value = fields[field as keyof EntryFields]
    const reason = value === undefined ? null : rule(value as never, now)
    return reason === null ? [] : [{ field, reason }]
  })
  return [...alone, ...problemsTogether(fields)]
}

/** Returns the entry that was given. Throws `invalid_parameter` with all that is wrong with it, in the names of {@link EntryFields}. */
export function wholeEntry({ fields, problems }: Given, now: EpochMs): EntryFields {
  refuseProblems([...problems, ...problemsOf(fields, now)])
  return fields as EntryFields
}

export function refuseProblems(problems: readonly FieldProblem[]): void {
  if (problems.length > 0) throw new BanyanError('invalid_parameter', { details: problems })
}

function problemsTogether({ exitPrice = null, openedAt, closedAt }: Partial<EntryFields>): readonly FieldProblem[] {
  const problems: FieldProblem[] = []
  if (exitPrice !== null && closedAt === null)
    problems.push({ field: 'exitPrice', reason: 'needs the time of the exit, closed_at' })
  if (openedAt !== undefined && closedAt != null && closedAt < openedAt)
    problems.push({ field: 'closedAt', reason: 'must not be before the entry, opened_at' })
  return problems
}

function amountRule(value: Decimal): string | null {
  return value.gte(0) && isBounded(value) ? null : `must be 0 or more, at most ${most} and have at most 4 decimals`
}

function isBounded(value: Decimal): boolean {
  return value.lte(most) && value.round(mostDecimals).eq(value)
}

function tagsRule(tags: readonly string[]): string | null {
  if (tags.length > mostTags) return `must be at most ${mostTags}`
  const isTag = (tag: string) =>
    tag !== '' && [...tag].length <= mostTagCharacters && !/\p{Cc}/u.test(tag) && tag.isWellFormed()
  return tags.every((tag) => isTag(tag.trim()))
    ? null
    : `must each have 1 to ${mostTagCharacters} characters and no control characters`
}

/** PostgreSQL holds no null character. */
function textRule(text: string, max: number): string | null {
  if (!text.isWellFormed()) return 'must be well-formed Unicode text'
  if (text.includes('\u0000')) return 'must not contain a null character'
  const length = text.length > 2 * max ? text.length : [...text].length
  return length <= max ? null : `must have at most ${max} characters`
}
