import { averagesBefore, firstAgreement } from './averages-before.ts'
import { type BitColumn, oneLater, whereAbove, whereNot } from './bit-column.ts'
import type { CandleParts } from './measure-candles.ts'
import type { Comparison, SizeName, Trait } from './traits.ts'

/** Returns where a trait is there, as seen by a pattern whose averages for that candle begin at `start`. */
export type TraitColumns = (trait: Trait, start: number) => BitColumn

const period = 10

/** What a size is the average of, and what that is multiplied with. */
const sizes: Record<SizeName, { of: keyof CandleParts; factor: number }> = {
  averageBody: { of: 'body', factor: 1 },
  tiny: { of: 'range', factor: 0.1 },
  averageShadow: { of: 'shadows', factor: 0.5 },
}

/** Columns are computed when first asked for and then shared by all patterns. */
export function createTraitColumns(parts: CandleParts): TraitColumns {
  const getSizes = remember<SizeName, Float64Array>((name, start) => measureSizes(parts, name, start))
  const getColumn: TraitColumns = remember<Trait, BitColumn>((trait, start) => {
    if ('not' in trait) return whereNot(getColumn(trait.not, start), parts.open.length)
    const { other } = trait
    if (isSize(other)) {
      const bits = compareColumns(parts[trait.column], trait.sign, getSizes(other, start))
      return start === period ? bits : replaceStart(getColumn(trait, period), bits)
    }
    return start === period ? comparePrices(parts, trait, other) : getColumn(trait, period)
  })
  return getColumn
}

/** Returns a function that computes an answer once for each key and start. */
function remember<K, V>(compute: (key: K, start: number) => V): (key: K, start: number) => V {
  const known = new Map<K, V[]>()
  return (key, start) => {
    const row = known.get(key) ?? []
    const found = row[start]
    if (found !== undefined) return found
    // Before computing, which may ask for the same key at another start.
    known.set(key, row)
    row[start] = compute(key, start)
    return row[start]
  }
}

function isSize(name: string): name is SizeName {
  return name in sizes
}

/**
 * Returns the averages that begin at `start`. Those that begin later than others end with the word of a bit column in which the
 * two agree: from there on they are the same.
 */
function measureSizes(parts: CandleParts, name: SizeName, start: number): Float64Array {
  const { of, factor } = sizes[name]
  const values = parts[of]
  const end = start === period ? values.length : firstAgreement(values, period, [period, start])
  return averagesBefore(values.subarray(0, Math.ceil(end / 32) * 32), { period, start, factor })
}

function comparePrices(
  parts: CandleParts,
  { column, sign, isOtherPrevious }: Comparison,
  other: keyof CandleParts,
): BitColumn {
  if (!isOtherPrevious) return compareColumns(parts[column], sign, parts[other])
  return oneLater(compareColumns(parts[column].subarray(1), sign, parts[other]), parts.open.length)
}

/** Compares as far as both columns reach. */
function compareColumns(column: Float64Array, sign: Comparison['sign'], other: Float64Array): BitColumn {
  return sign === '>' ? whereAbove(column, other) : whereAbove(other, column)
}

function replaceStart(bits: BitColumn, start: BitColumn): BitColumn {
  const replaced = bits.slice()
  replaced.set(start)
  return replaced
}
