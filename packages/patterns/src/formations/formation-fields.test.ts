import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findFormations } from './find-formations.ts'
import { type Formation, type FormationId, formationIds } from './formation.ts'
import { formationPatterns } from './formation-patterns.ts'
import { randomWalk } from './testing/random-walk.ts'
import { path, seriesThrough } from './testing/shape-series.ts'

const walks = fc.record({ seed: fc.integer(), stepPct: fc.constantFrom(0.05, 1, 4), tick: fc.constantFrom(0, 0.05, 2) })

/** Hands over what was found in each of many walks, with the walk's closes. */
function eachWalk(check: (found: readonly Formation[], closes: Float64Array) => void): void {
  const walkAndCheck = ({ seed, ...shape }: { seed: number; stepPct: number; tick: number }) => {
    const series = randomWalk(600, seed, shape)
    check(findFormations(series), series.close)
  }
  fc.assert(fc.property(walks, walkAndCheck), { numRuns: 25 })
}

describe('a formation found in a random walk', () => {
  it('holds finite numbers only', () => {
    eachWalk((found) => {
      expect(numbersIn(found).filter((number) => !Number.isFinite(number))).toEqual([])
    })
  })

  it('is of a quality from 0 to 100 in whole numbers', () => {
    eachWalk((found) => {
      const isOff = (quality: number) => !(Number.isInteger(quality) && quality >= 0 && quality <= 100)
      expect(found.filter(({ quality }) => isOff(quality))).toEqual([])
    })
  })

  it('is drawn on candles known when it was detected, from its first anchor on', () => {
    eachWalk((found) => {
      expect(found.filter((formation) => !isDrawnWithin(formation))).toEqual([])
    })
  })

  it('lives through its states in order, and stands as its latest event says', () => {
    const unfinished = ['forming', 'forming confirmed', 'confirmed', 'forming failed', 'forming expired']
    const finished = ['target', 'failed', 'expired'].flatMap((end) => [`forming confirmed ${end}`, `confirmed ${end}`])
    const lives = [...unfinished, ...finished]
    eachWalk((found) => {
      expect(found.filter(({ events }) => !lives.includes(events.map(({ state }) => state).join(' ')))).toEqual([])
      expect(found.filter((formation) => !standsAsLatest(formation))).toEqual([])
    })
  })

  it('is confirmed by a close beyond its breakout, with the target ahead and the stop behind', () => {
    eachWalk((found, closes) => {
      const confirmed = found.filter(({ confirmedAt }) => confirmedAt !== null)
      expect(confirmed.filter((formation) => !isBeyondBreakout(formation, closes))).toEqual([])
    })
  })

  it('has no direction and no levels while it may break either way', () => {
    eachWalk((found) => {
      const neutral = found.filter(({ direction }) => direction === 'neutral')
      expect(neutral.filter(({ breakout, target, stop }) => breakout ?? target ?? stop !== null)).toEqual([])
      expect(neutral.filter(({ state }) => state === 'confirmed' || state === 'target')).toEqual([])
    })
  })

  it('takes a direction its catalogue entry allows', () => {
    const allowed = new Map(formationPatterns.map(({ id, direction }) => [id, direction]))
    eachWalk((found) => {
      const oneWay = found.filter(({ pattern }) => allowed.get(pattern) !== 'both')
      expect(oneWay.filter(({ pattern, direction }) => allowed.get(pattern) !== direction)).toEqual([])
    })
  })
})

describe('the number of formations in a random walk', () => {
  const isOnCandles = (pattern: FormationId) => /^nr|_bar$|_gap$/.test(pattern)

  it('is at most one of a kind on a candle, and far fewer on swings', () => {
    eachWalk((found, closes) => {
      const candles = found.filter(({ pattern }) => isOnCandles(pattern))
      expect(new Set(candles.map(({ pattern, detectedAt }) => `${pattern} ${detectedAt}`)).size).toBe(candles.length)
      expect(found.length - candles.length).toBeLessThan(closes.length / 2)
    })
  })
})

describe('the life of a double top', () => {
  const patterns: FormationId[] = ['double_top']
  const topAnd = (after: string) => seriesThrough(path(`0:80 20:100 32:88 44:100 ${after}`), { noise: 0 })
  const live = (after: string) => findFormations(topAnd(after), { patterns })[0]
  const statesOf = (after: string) => live(after)?.events.map(({ state }) => state)

  it('waits at the valley, tells the height below it as target and the higher top as stop', () => {
    const forming = live('50:93')
    expect(forming).toMatchObject({ state: 'forming', direction: 'bearish', confirmedAt: null, end: 44 })
    const [first, valley, second] = forming?.anchors ?? []
    expect([first?.role, valley?.role, second?.role]).toEqual(['first_top', 'valley', 'second_top'])
    expect(forming?.breakout).toBe(valley?.price)
    expect(forming?.stop).toBe(Math.max(first?.price ?? 0, second?.price ?? 0))
    expect(forming?.target).toBeCloseTo(2 * (valley?.price ?? 0) - (forming?.stop ?? 0), 9)
  })

  it('is confirmed by the first close below the valley and reaches its target', () => {
    expect(statesOf('75:68')).toEqual(['forming', 'confirmed', 'target'])
    expect(live('75:68')?.end).toBe(live('75:68')?.confirmedAt)
  })

  it('fails when the price first closes above the tops', () => {
    expect(statesOf('50:93 60:106')).toEqual(['forming', 'failed'])
  })

  it('fails when the stop comes before the target', () => {
    expect(statesOf('57:85 75:104')).toEqual(['forming', 'confirmed', 'failed'])
  })

  it('expires when nothing breaks for its own length, before and after the confirmation', () => {
    expect(statesOf('50:94 80:94')).toEqual(['forming', 'expired'])
    expect(statesOf('57:85 110:86')).toEqual(['forming', 'confirmed', 'expired'])
  })

  it('fails on a candle that touches both stop and target', () => {
    const wide = topAnd('57:85 60:86')
    wide.high[59] = 110
    wide.low[59] = 60
    expect(findFormations(wide, { patterns })[0]?.state).toBe('failed')
  })

  it('has no target where the measured move would end below zero', () => {
    const cliff = seriesThrough(path('0:2.5 14:12 28:3 42:12 60:2'), { noise: 0.05, wick: 0.1 })
    const [found] = findFormations(cliff, { patterns })
    expect(found).toMatchObject({ state: 'confirmed', direction: 'bearish', target: null })
  })
})

describe('the catalogue', () => {
  it('lists every formation, in order', () => {
    expect(formationPatterns.map(({ id }) => id)).toEqual(formationIds)
  })

  it('tells of every formation what it is, where it comes from, and why its numbers are what they are', () => {
    for (const { name, description, source, parameters, quality } of formationPatterns) {
      const short = [name, source, ...parameters.map(({ reason }) => reason), ...quality.map(({ meaning }) => meaning)]
      expect(short.filter((text) => text.length < 3)).toEqual([])
      expect([description.length > 60, parameters.length > 0, quality.length > 0]).toEqual([true, true, true])
    }
  })
})

function isDrawnWithin({ anchors, lines, start, end, detectedAt, confirmedAt }: Formation): boolean {
  const own = anchors.map(({ index }) => index)
  const drawn = [...own, ...lines.flatMap(({ from, to }) => [from.index, to.index])]
  const isKnown = Math.min(...drawn) >= 0 && Math.max(...drawn) <= detectedAt
  return isKnown && start === Math.min(...own) && end === (confirmedAt ?? Math.max(...own))
}

function standsAsLatest(formation: Formation): boolean {
  const { events, state, direction, breakout, target, stop, detectedAt } = formation
  const latest = events.at(-1)
  const isInOrder = events.every(({ index }, i) =>
    i === 0 ? index === detectedAt : index > (events[i - 1]?.index ?? -1),
  )
  return (
    isInOrder &&
    JSON.stringify(latest) === JSON.stringify({ index: latest?.index, state, direction, breakout, target, stop })
  )
}

function isBeyondBreakout(
  { confirmedAt, direction, breakout, target, stop }: Formation,
  closes: Float64Array,
): boolean {
  if (confirmedAt === null || breakout === null || direction === 'neutral') return false
  const side = direction === 'bullish' ? 1 : -1
  const isBehind = stop === null || side * (breakout - stop) > 0
  const isAhead = target === null || side * (target - breakout) > 0
  return isBehind && isAhead && side * ((closes[confirmedAt] ?? 0) - breakout) > 0
}

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(numbersIn)
}
