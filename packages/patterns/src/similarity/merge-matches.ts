import type { Match } from './corpus.ts'

/**
 * Returns the `k` closest of the candidates all parts of a search found, none overlapping another of its series: by distance, then
 * id, then start, each taken that overlaps none taken before.
 */
export function mergeMatches(parts: readonly (readonly Match[])[], k: number): Match[] {
  const chosen: Match[] = []
  for (const match of parts.flat().sort(byDistance)) {
    if (chosen.length === k) break
    if (!chosen.some((other) => overlap(other, match))) chosen.push(match)
  }
  return chosen
}

function byDistance(a: Match, b: Match): number {
  if (a.distance !== b.distance) return a.distance - b.distance
  if (a.id !== b.id) return a.id < b.id ? -1 : 1
  return a.start - b.start
}

function overlap(a: Match, b: Match): boolean {
  return a.id === b.id && Math.abs(a.start - b.start) < a.length
}
