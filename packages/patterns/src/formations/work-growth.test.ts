import type { CandleSeries } from '@banyan/domain'
import { describe, expect, it } from 'vitest'
import { findFormations } from './find-formations.ts'
import { randomWalk } from './testing/random-walk.ts'
import { type Candle, seriesOf, seriesThrough } from './testing/shape-series.ts'

/** Counts how often a scan reads a price: what it costs, told without a clock. */
function countReads(series: CandleSeries): number {
  let reads = 0
  const counted = (column: Float64Array) =>
    new Proxy(column, {
      get(target, key) {
        reads += 1
        const value: unknown = Reflect.get(target, key, target)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
  const { time, open, high, low, close, volume } = series
  findFormations({ time, open: counted(open), high: counted(high), low: counted(low), close: counted(close), volume })
  return reads
}

const length = 1500

/** Series that make the detectors work hardest, each of any length. */
const kinds: readonly [string, (candles: number) => CandleSeries][] = [
  ['a random walk', (candles) => randomWalk(candles, 9)],
  ['a walk of coarse ticks', (candles) => randomWalk(candles, 9, { tick: 2 })],
  [
    'a saw that turns on every candle',
    (candles) =>
      repeat(candles, [
        [100, 120, 99, 119],
        [119, 120, 99, 100],
      ]),
  ],
  [
    'a saw of five candles',
    (candles) =>
      repeat(
        candles,
        Array.from({ length: 10 }, (_, i) => stepOf(i)),
      ),
  ],
  [
    'a rise',
    (candles) =>
      seriesThrough(
        [
          [0, 100],
          [candles - 1, 1000],
        ],
        { noise: 0 },
      ),
  ],
  ['prices that do not move', (candles) => repeat(candles, [[100, 101, 99, 100]])],
]

describe('the work of findFormations', () => {
  it.each(kinds)('about doubles with the candles of %s, at a few hundred reads each', (_, make) => {
    const [once, twice] = [countReads(make(length)), countReads(make(2 * length))]
    expect(twice / once).toBeGreaterThan(1.6)
    expect(twice / once).toBeLessThan(2.4)
    expect(twice / (2 * length)).toBeLessThan(400)
  })
})

function repeat(candles: number, cycle: readonly Candle[]): CandleSeries {
  return seriesOf(Array.from({ length: candles }, (_, i) => cycle[i % cycle.length] ?? [1, 1, 1, 1]))
}

function stepOf(i: number): Candle {
  const [from, to] = i < 5 ? [100 + 4 * i, 104 + 4 * i] : [140 - 4 * i, 136 - 4 * i]
  return [from, Math.max(from, to) + 0.3, Math.min(from, to) - 0.3, to]
}
