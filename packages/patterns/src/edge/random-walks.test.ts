import { describe, expect, it } from 'vitest'
import { binomialTail } from './chance.ts'
import type { EdgeRow } from './edge-table.ts'
import { falseDiscoveryRates } from './false-discovery-rates.ts'
import { measureEdge } from './measure-edge.ts'
import { randomCandles, randomEvents, ruleEvents, type WalkOptions } from './testing/random-market.ts'

/** Returns the rows of a market of 60 walks of 500 candles: 20 random patterns and 10 rules in both directions, at 3 horizons. */
function measureMarket(market: number, options: WalkOptions): EdgeRow[] {
  const universe = Array.from({ length: 60 }, (_, i) => ({
    id: `S${i}`,
    series: randomCandles(500, 1_000 * market + i, { ...options, market }),
  }))
  const events = universe.flatMap(({ id, series }, i) => [
    ...ruleEvents(id, series),
    ...randomEvents(id, series, 77_777 * market + i),
  ])
  return [...measureEdge(events, universe, { horizons: [1, 5, 10], costPct: 0 })]
}

function isAboveBase({ n, interval, baseRate }: EdgeRow): boolean {
  return n >= 30 && interval[0] > baseRate
}

describe('measureEdge on random walks', () => {
  it('shows at most 5 % of patterns above the base rate before correction and none after', () => {
    const rows = [1, 2, 3, 4, 5, 6].flatMap((market) => measureMarket(market, {}))
    expect(rows).toHaveLength(6 * 120)
    expect(rows.filter(isAboveBase).length / rows.length).toBeLessThanOrEqual(0.05)
    expect(rows.filter(({ verdict }) => verdict === 'edge')).toEqual([])
  })

  it('shows none either in walks that move together, where taking cases for independent does', () => {
    const markets = [1, 2, 3, 4].map((market) => measureMarket(market, { shared: 0.6 }))
    expect(markets.flat().filter(({ verdict }) => verdict === 'edge')).toEqual([])
    const naive = markets.flatMap((rows) => {
      const rates = falseDiscoveryRates(rows.map(({ n, hits, baseRate }) => binomialTail(n, hits, baseRate / 100)))
      return rows.filter((row, i) => isAboveBase(row) && (rates[i] ?? 1) <= 0.1)
    })
    expect(naive.length).toBeGreaterThan(0)
  })

  it('finds a rebound that is there, also in walks that move together', () => {
    for (const shared of [0, 0.6]) {
      const found = measureMarket(1, { shared, rebound: 0.005 }).filter(({ verdict }) => verdict === 'edge')
      expect(found.map(({ pattern, direction, horizon }) => `${pattern} ${direction} ${horizon}`)).toContain(
        'fall bullish 1',
      )
      expect(found.filter(({ pattern }) => pattern.startsWith('random'))).toEqual([])
    }
  })
})
