import type { CandleSeries } from '@banyan/domain'
import { checkSeries } from '../check-series.ts'
import { findPivots } from './find-pivots.ts'
import { followLife } from './follow-life.ts'
import type { Formation, FormationId } from './formation.ts'
import { type FormationOptions, readOptions } from './formation-options.ts'
import { formationRegistry } from './formation-registry.ts'
import { createMarket, type Market } from './market.ts'
import { type Sighting, sightOnCandles, sightOnSwings } from './sighting.ts'

/**
 * Swings are read on three scales, each needing twice the reversal of the one before: one formation is a few weeks long, the
 * next of the same kind a few months, and no single reversal shows both. The first of the four serves shapes within one swing.
 */
const scales = [0.5, 1, 2, 4] as const

/** Reversal on scale 1. Below two average ranges most turns are the noise of neighbouring candles. */
const reversalInAtr = 2

/**
 * Returns every formation of a series with its life, in the order they were detected. No formation and no field depends on a
 * later candle than the one it is dated with: `readAt` gives back what stood at any candle. Of one kind and scale, no second
 * formation is detected while one is still forming; the same swings are told once, from the scale that saw them first. Work and
 * memory grow in proportion to the candles. An empty or short series has none. Throws PatternInputError on options out of range
 * and on a series that `checkSeries` refuses.
 */
export function findFormations(series: CandleSeries, options: FormationOptions = {}): Formation[] {
  const settings = readOptions(options)
  checkSeries(series)
  const market = createMarket(series, settings.maxLength)
  const wanted = formationRegistry.filter(({ id }) => settings.patterns.has(id))
  const told = new Set<string>()
  const pivots = scales.map((scale) => findPivots(market, reversalOf(market, settings.pivotPct, scale)))
  const onSwings = pivots.slice(1).flatMap((own, scale) => {
    const passes = createGate(market, told)
    return sightOnSwings({ market, pivots: own, finer: pivots[scale] ?? [] }, wanted).flatMap(
      (one) => passes(one) ?? [],
    )
  })
  const onCandles = sightOnCandles(market, wanted).flatMap((sighting) => follow(sighting, market) ?? [])
  return [...onSwings, ...onCandles].sort((one, other) => one.detectedAt - other.detectedAt)
}

function reversalOf({ atr, series }: Market, pivotPct: number | null, scale: number): Float64Array {
  return pivotPct === null
    ? atr.map((range) => scale * reversalInAtr * range)
    : series.close.map((close) => (scale * pivotPct * close) / 100)
}

/** Returns a filter for the sightings of one scale: none while an earlier one of its kind is forming, and none told before. */
function createGate(market: Market, told: Set<string>): (sighting: Sighting) => Formation | null {
  const busyUntil = new Map<FormationId, number>()
  return ({ pattern, candidate }) => {
    if (candidate.detectedAt < (busyUntil.get(pattern) ?? 0)) return null
    const key = [pattern, candidate.anchors[0]?.index, candidate.anchors.at(-1)?.index].join()
    const formation = told.has(key) ? null : follow({ pattern, candidate }, market)
    if (!formation) return null
    told.add(key)
    busyUntil.set(pattern, endOfForming(formation))
    return formation
  }
}

/** Returns the sighting with its life; null when it is too long, or was over before it was seen. */
function follow({ pattern, candidate }: Sighting, market: Market): Formation | null {
  const start = candidate.anchors[0]?.index ?? candidate.detectedAt
  return candidate.detectedAt - start > market.maxLength ? null : followLife(pattern, candidate, market)
}

/** Returns the candle on which a formation stopped forming; infinite while it is. */
function endOfForming({ events }: Formation): number {
  return events.find(({ state }) => state !== 'forming')?.index ?? Number.POSITIVE_INFINITY
}
