import type { MapSector } from './sectors-of.ts'

/** Sectors and shares in the order and with the values they are laid out with: those of now, or of a little while ago. */
export type Arrangement = readonly MapSector[]

/** How much of the map must lie elsewhere before it is laid out again: less is not seen, and tiles that never rest cannot be read. */
const noticeable = 0.02

/** How much larger, as a factor, what comes later must be before it goes ahead; two of a size would change places for ever. */
const clearlyLarger = 1.1

/** Returns `before` while the same shares are in it and their areas are still right, otherwise the sectors of now, in its order where that still fits. */
export function arrange(before: Arrangement, now: readonly MapSector[]): Arrangement {
  if (drift(before, now) < noticeable) return before
  const places = new Map(before.map(({ name, shares }) => [name, shares]))
  const sectors = now.map((sector) => ({
    ...sector,
    shares: inOrder(
      sector.shares,
      places.get(sector.name) ?? [],
      ({ instrument }) => instrument,
      (share) => share.traded_value,
    ),
  }))
  return inOrder(
    sectors,
    before,
    ({ name }) => name,
    ({ value }) => value,
  )
}

/** Returns which part of the map, 0 to 1, belongs to other shares now; 1 when one has come, gone or changed its sector. */
function drift(before: Arrangement, now: readonly MapSector[]): number {
  const [old, current] = [portions(before), portions(now)]
  if (old.size !== current.size || [...current.keys()].some((key) => !old.has(key))) return 1
  return [...current].reduce((sum, [key, portion]) => sum + Math.abs(portion - (old.get(key) ?? 0)), 0) / 2
}

function portions(sectors: readonly MapSector[]): ReadonlyMap<string, number> {
  const total = sectors.reduce((sum, { value }) => sum + value, 0)
  return new Map(
    sectors.flatMap(({ name, shares }) =>
      shares.map((share) => [`${name} ${share.instrument}`, share.traded_value / total] as const),
    ),
  )
}

/** Returns items that fall in value as they did in `before`; one moves ahead of another only when it is clearly larger. */
function inOrder<T>(
  items: readonly T[],
  before: readonly T[],
  keyOf: (item: T) => string,
  value: (item: T) => number,
): readonly T[] {
  const places = new Map(before.map((item, place) => [keyOf(item), place]))
  const placeOf = (item: T) => places.get(keyOf(item)) ?? before.length
  const ordered: T[] = []
  for (const item of items.toSorted((a, b) => placeOf(a) - placeOf(b) || value(b) - value(a))) {
    const smaller = ordered.findLastIndex((other) => value(item) <= value(other) * clearlyLarger) + 1
    ordered.splice(smaller, 0, item)
  }
  return ordered
}
