/** A share of the portfolio’s value. */
export interface Slice {
  readonly name: string
  /** Rupees, above 0. */
  readonly value: number
  /** Per cent of all slices. */
  readonly percent: number
  readonly instrument: string | null
  /** How far its price moved since the last close; null where not known or meaningless. */
  readonly dayPercent: number | null
}

interface Piece {
  readonly name: string
  readonly value: number | null
  readonly instrument?: string | null
  readonly dayPercent?: number | null
}

/** Returns one slice for each name, largest first. Pieces without a value, or with nothing left after a sale, are in none. */
export function slicesOf(pieces: readonly Piece[]): readonly Slice[] {
  const merged = new Map<string, Omit<Slice, 'percent'>>()
  for (const { name, value, instrument = null, dayPercent = null } of pieces) {
    if (value === null || value <= 0) continue
    merged.set(name, { name, instrument, dayPercent, value: value + (merged.get(name)?.value ?? 0) })
  }
  const total = [...merged.values()].reduce((sum, { value }) => sum + value, 0)
  return [...merged.values()]
    .map((slice) => ({ ...slice, percent: (slice.value / total) * 100 }))
    .toSorted((a, b) => b.value - a.value)
}

/** Returns the largest slices and the rest as one, so that at most `count` are left. */
export function withRest(slices: readonly Slice[], count: number): readonly Slice[] {
  if (slices.length <= count) return slices
  const small = slices.slice(count - 1)
  const sum = (figure: 'value' | 'percent') => small.reduce((total, slice) => total + slice[figure], 0)
  const rest = { name: `${small.length} others`, value: sum('value'), percent: sum('percent') }
  return [...slices.slice(0, count - 1), { ...rest, instrument: null, dayPercent: null }]
}
