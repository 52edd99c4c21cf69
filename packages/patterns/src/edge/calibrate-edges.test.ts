import { dayMs } from '@banyan/domain'
import { describe, expect, it } from 'vitest'
import { calibrateEdges } from './calibrate-edges.ts'
import { createEdgeTally, type SeriesEvent } from './edge-tally.ts'
import { judgeEdges } from './judge-edges.ts'
import { randomCandles, randomEvents, ruleEvents, seriesOf, type WalkOptions } from './testing/random-market.ts'

const options = { horizons: [1], costPct: 0 }

/** 1 is a candle that rises, 0 one that falls; the event before each is its case. */
function pathOf(rises: readonly number[]) {
  const series = seriesOf([[10, 10], ...rises.map((rise) => [10, rise === 1 ? 11 : 9] as const)])
  return { series, events: rises.map((_, index): SeriesEvent => ({ index, pattern: 'P', direction: 'bullish' })) }
}

function calibrationOf(rises: readonly number[], splitDay: number) {
  const { series, events } = pathOf(rises)
  const split = splitDay * dayMs
  const [whole, before] = [createEdgeTally(options), createEdgeTally({ ...options, asOf: split })]
  for (const tally of [whole, before]) tally.add('A', series, events)
  return { bins: calibrateEdges(whole, before, { horizon: 1, split }), before }
}

function calibrateMarket(walk: WalkOptions) {
  const split = 330 * dayMs
  const [whole, before] = [createEdgeTally(options), createEdgeTally({ ...options, asOf: split })]
  for (let i = 0; i < 60; i++) {
    const series = randomCandles(500, 7_000 + i, { ...walk, market: 9 })
    const events = [...ruleEvents('', series), ...randomEvents('', series, 99 + i)]
    for (const tally of [whole, before]) tally.add(String(i), series, events)
  }
  return calibrateEdges(whole, before, { horizon: 1, split })
}

describe('the calibration of edges', () => {
  it('sets what was known before the split against the cases entered from then on', () => {
    const past = Array.from({ length: 40 }, (_, i) => (i % 4 === 0 ? 0 : 1))
    const later = Array.from({ length: 20 }, (_, i) => i % 2)
    const { bins, before } = calibrationOf([...past, ...later], 41)
    const [row] = judgeEdges([before]).flat()
    expect([row?.n, row?.hits]).toEqual([40, 30])
    const [bin] = bins
    expect(bins).toHaveLength(1)
    expect(bin).toMatchObject({ promised: row?.shrunk, records: 1, n: 20, hits: 10, hitRate: 50, usual: 50 })
    // Twenty draws of a half: ± t(19) · ½ ÷ √19.
    expect(bin?.interval?.[0]).toBeCloseTo(50 - (172.913 * 0.5) / Math.sqrt(19), 2)
    expect(bin?.interval?.[1]).toBeCloseTo(50 + (172.913 * 0.5) / Math.sqrt(19), 2)
  })

  it('promises nothing that later candles know, whatever they bring', () => {
    const past = Array.from({ length: 40 }, (_, i) => (i % 3 === 0 ? 0 : 1))
    const rise = calibrationOf([...past, ...Array.from({ length: 20 }, () => 1)], 41).bins
    const fall = calibrationOf([...past, ...Array.from({ length: 20 }, () => 0)], 41).bins
    expect(rise[0]?.promised).toBe(fall[0]?.promised)
    expect([rise[0]?.hitRate, fall[0]?.hitRate]).toEqual([100, 0])
  })

  it('is empty without enough cases before or any after, and gives no interval for a few spells', () => {
    const rises = Array.from({ length: 45 }, (_, i) => i % 2)
    expect(calibrationOf(rises, 20).bins).toEqual([])
    expect(calibrationOf(rises, 60).bins).toEqual([])
    expect(calibrationOf(rises, 41).bins).toMatchObject([{ n: 5, interval: null }])
  })

  it('finds that chance promises do not hold and that a true rebound does, in walks that move together too', () => {
    for (const shared of [0, 0.5]) {
      const chance = calibrateMarket({ shared })
      const covered = chance.filter(({ interval, usual }) => interval && interval[0] <= usual && usual <= interval[1])
      expect(covered.length / chance.length).toBeGreaterThanOrEqual(0.7)
      expect(chance.map(({ promised }) => promised)).toEqual(
        chance.map(({ promised }) => promised).toSorted((a, b) => a - b),
      )
    }
    const [last] = calibrateMarket({ rebound: 0.01 }).slice(-1)
    expect(last?.promised).toBeGreaterThan(53)
    expect(last?.interval?.[0]).toBeGreaterThan(last?.usual ?? 100)
  })
})
