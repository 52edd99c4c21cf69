import type { Formation, FormationEvent } from './formation.ts'

/**
 * Returns what `findFormations` tells of the same series when it ends with candle `index`: formations detected later are
 * left out, and each of the others stands as its latest event up to then. That the two are equal is what "no repaint" means here.
 */
export function readAt(formations: readonly Formation[], index: number): Formation[] {
  return formations.flatMap((formation) => {
    const known = formation.events.filter((event) => event.index <= index)
    return formationAsOf(formation, known) ?? []
  })
}

type Shape = Pick<Formation, 'pattern' | 'anchors' | 'lines' | 'quality' | 'detectedAt'>

/** Returns the formation a shape is after `events`; null before the first. */
export function formationAsOf(shape: Shape, events: FormationEvent[]): Formation | null {
  const latest = events.at(-1)
  if (!latest) return null
  const { pattern, anchors, lines, quality, detectedAt } = shape
  const { state, direction, breakout, target, stop } = latest
  const confirmedAt = events.find((event) => event.state === 'confirmed')?.index ?? null
  const start = anchors[0]?.index ?? detectedAt
  const end = confirmedAt ?? anchors.at(-1)?.index ?? detectedAt
  const now = { direction, state, start, end, anchors, lines, quality, confirmedAt, breakout, target, stop }
  return { pattern, ...now, detectedAt, events }
}
