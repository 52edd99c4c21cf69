import type { Candidate } from './candidate.ts'
import type { FormationId } from './formation.ts'
import type { FormationDefinition } from './formation-definition.ts'
import type { Market } from './market.ts'
import type { Swing } from './swing.ts'
import { fitTwoLines } from './two-lines.ts'

/** A shape on the chart, before it is decided whether it is told. */
export interface Sighting {
  readonly pattern: FormationId
  readonly candidate: Candidate
}

/**
 * Returns what the detectors see on the swings of one scale, ordered by the candle of detection: one may wait for its shape
 * beyond the next pivot, and what is told may depend on what was told before.
 */
export function sightOnSwings(
  scale: Pick<Swing, 'market' | 'pivots' | 'finer'>,
  wanted: readonly FormationDefinition[],
): Sighting[] {
  const { pivots, market } = scale
  const detectors = wanted.filter((definition) => definition.reads === 'pivots')
  const sightings: Sighting[] = []
  pivots.forEach((pivot, newest) => {
    const until = pivots[newest + 1]?.confirmedAt ?? market.length
    const lines = fitTwoLines(pivots.slice(Math.max(0, newest - 4), newest + 1))
    const swing: Swing = { ...scale, lines, newest, now: pivot.confirmedAt, until }
    for (const { id, detect } of detectors) {
      const candidate = detect(swing)
      if (candidate) sightings.push({ pattern: id, candidate })
    }
  })
  return sightings.sort((one, other) => one.candidate.detectedAt - other.candidate.detectedAt)
}

/** Returns what the detectors see candle by candle, one kind after the other. */
export function sightOnCandles(market: Market, wanted: readonly FormationDefinition[]): Sighting[] {
  const sightings: Sighting[] = []
  for (const definition of wanted) {
    if (definition.reads !== 'candles') continue
    for (let i = 0; i < market.length; i++) {
      const candidate = definition.detect(market, i)
      if (candidate) sightings.push({ pattern: definition.id, candidate })
    }
  }
  return sightings
}
