import { PatternInputError } from '../pattern-input-error.ts'
import { type FormationId, formationIds } from './formation.ts'

export interface FormationOptions {
  /** Only these formations; all when left out. */
  readonly patterns?: readonly FormationId[]
  /**
   * Price move, in per cent, that confirms a pivot; the two coarser scales take twice and four times as much. When
   * left out, twice the average true range of the last 50 candles, which fits any instrument and interval.
   */
  readonly pivotPct?: number
  /** Longest formation, from its first anchor to its detection, in candles; 250 when left out: a year of days. */
  readonly maxLength?: number
}

export interface FormationSettings {
  readonly patterns: ReadonlySet<FormationId>
  readonly pivotPct: number | null
  readonly maxLength: number
}

/** Throws PatternInputError on an unknown formation, a `pivotPct` not above 0 and below 100, a `maxLength` that is no whole number above 0. */
export function readOptions(options: FormationOptions): FormationSettings {
  const { patterns = formationIds, pivotPct = null, maxLength = 250 } = options
  for (const id of patterns) if (!formationIds.includes(id)) throw new PatternInputError(`no formation is named ${id}`)
  if (pivotPct !== null && !(pivotPct > 0 && pivotPct < 100))
    throw new PatternInputError('pivotPct must be above 0 and below 100')
  if (!(Number.isSafeInteger(maxLength) && maxLength > 0))
    throw new PatternInputError('maxLength must be a whole number above 0')
  return { patterns: new Set(patterns), pivotPct, maxLength }
}
