import { findFormations } from '../packages/patterns/src/formations/find-formations.ts'
import { randomWalk } from '../packages/patterns/src/formations/testing/random-walk.ts'
import type { Figure } from './report.ts'
import { median } from './statistics.ts'

const candles = 2_500
const distinctSeries = 50

/**
 * Measures all formations on random walks of ten years of days, on one thread: the time for one series, and how the time of a
 * scan grows when the instruments become four times as many.
 */
export function benchFormations({ instruments }: { instruments: number }): Figure[] {
  const walks = Array.from({ length: distinctSeries }, (_, seed) => randomWalk(candles, seed))
  const scan = (count: number) =>
    Array.from({ length: count }, (_, i) => {
      const started = performance.now()
      const found = findFormations(walks[i % distinctSeries] ?? randomWalk(candles, i))
      if (found.length === 0) throw new RangeError('a random walk of ten years without any formation')
      return performance.now() - started
    })
  scan(2 * distinctSeries)
  const [few, many] = [scan(instruments), scan(4 * instruments)]
  const perSeries = median(many)
  const growth = sum(many) / sum(few)
  return [
    {
      what: `all formations on ${candles} candles, ms`,
      ours: perSeries.toFixed(2),
      peer: '',
      ratio: '',
      target: '≤ 10',
      meets: perSeries <= 10,
    },
    {
      what: `formations of ${4 * instruments} instruments against ${instruments}, times the work`,
      ours: growth.toFixed(2),
      peer: '',
      ratio: '',
      target: 'about 4',
      meets: growth <= 5,
    },
  ]
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
