import type { Border, Candidate } from './candidate.ts'
import type { Formation, FormationDirection, FormationEvent, FormationId } from './formation.ts'
import { meetingIndex, priceAt } from './line.ts'
import { type Market, valueAt } from './market.ts'
import { formationAsOf } from './read-at.ts'

/** Even a shape of one candle gets two weeks of days for its target. */
const shortestFollow = 10

/**
 * Returns the formation with its life up to the end of the series; null when it had broken the wrong way or run out of time
 * before it was detected. While forming, the first close beyond a border decides, on the candle of detection at the earliest.
 * Once confirmed, later candles are watched for the shape's own length (at least 10): the stop touched fails it, the target
 * touched fulfils it, both on one candle fail it, because the order within a candle is unknown.
 */
export function followLife(pattern: FormationId, candidate: Candidate, market: Market): Formation | null {
  const { anchors, lines, quality, detectedAt } = candidate
  return formationAsOf({ pattern, anchors, lines, quality, detectedAt }, livedEvents(candidate, market))
}

function livedEvents(candidate: Candidate, market: Market): FormationEvent[] {
  const { detectedAt, above, below } = candidate
  const lastForming = Math.min(candidate.expiresAt, meetingIndex(above.line, below.line) - 1)
  if (lastForming <= detectedAt || priceAt(above.line, detectedAt) <= priceAt(below.line, detectedAt)) return []
  const first = forming(candidate)
  for (let i = detectedAt; i <= Math.min(lastForming, market.length - 1); i++) {
    const close = valueAt(market.series.close, i)
    const broken = close > priceAt(above.line, i) ? above : close < priceAt(below.line, i) ? below : null
    if (!broken) continue
    if (broken.crossed === 'confirms') return confirmed(candidate, broken, i, market)
    return i === detectedAt ? [] : [first, { ...first, index: i, state: 'failed' }]
  }
  return lastForming < market.length ? [first, { ...first, index: lastForming, state: 'expired' }] : [first]
}

/** Tells what is planned: nothing yet for a shape that may break either way. */
function forming(candidate: Candidate): FormationEvent {
  const { above, below, detectedAt } = candidate
  const only = above.crossed === below.crossed ? null : above.crossed === 'confirms' ? above : below
  return {
    index: detectedAt,
    state: 'forming',
    direction: only ? directionOf(candidate, only) : 'neutral',
    ...(only ? levelsAt(candidate, only, detectedAt) : { breakout: null, target: null, stop: null }),
  }
}

function confirmed(candidate: Candidate, broken: Border, index: number, market: Market): FormationEvent[] {
  const direction = directionOf(candidate, broken)
  const event: FormationEvent = { index, state: 'confirmed', direction, ...levelsAt(candidate, broken, index) }
  const before = index > candidate.detectedAt ? [forming(candidate)] : []
  const outcome = outcomeOf(candidate, event, market)
  return outcome ? [...before, event, outcome] : [...before, event]
}

function outcomeOf(candidate: Candidate, event: FormationEvent, market: Market): FormationEvent | null {
  const { high, low } = market.series
  const start = candidate.anchors[0]?.index ?? candidate.detectedAt
  const last = event.index + Math.max(shortestFollow, event.index - start)
  const up = event.direction === 'bullish'
  const [target, stop] = [event.target ?? 0, event.stop ?? 0]
  for (let i = event.index + 1; i <= Math.min(last, market.length - 1); i++) {
    const stopped = up ? valueAt(low, i) <= stop : valueAt(high, i) >= stop
    if (stopped) return { ...event, index: i, state: 'failed' }
    const reached = up ? valueAt(high, i) >= target : valueAt(low, i) <= target
    if (reached) return { ...event, index: i, state: 'target' }
  }
  return last < market.length ? { ...event, index: last, state: 'expired' } : null
}

function directionOf({ above }: Candidate, broken: Border): FormationDirection {
  return broken === above ? 'bullish' : 'bearish'
}

function levelsAt(candidate: Candidate, broken: Border, index: number) {
  const { above, below, height } = candidate
  const breakout = priceAt(broken.line, index)
  const target = broken === above ? breakout + height : breakout - height
  const opposite = broken === above ? below : above
  return { breakout: asPrice(breakout), target: asPrice(target), stop: asPrice(priceAt(opposite.line, index)) }
}

/** A line or a measured move may run to where no price is: below zero, or beyond the largest number. */
function asPrice(level: number): number | null {
  return level > 0 && level < Number.POSITIVE_INFINITY ? level : null
}
