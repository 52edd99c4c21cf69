import { type CandleSeries, sliceCandles } from '@banyan/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findPivots, type Pivot } from './find-pivots.ts'
import { createMarket } from './market.ts'
import { randomWalk } from './testing/random-walk.ts'
import { path, seriesOf, seriesThrough } from './testing/shape-series.ts'

const walks = fc.record({
  seed: fc.integer(),
  tick: fc.constantFrom(0, 1, 5),
  length: fc.integer({ min: 1, max: 400 }),
})
const walkOf = ({ seed, tick, length }: { seed: number; tick: number; length: number }) =>
  randomWalk(length, seed, { tick })

function pivotsOf(series: CandleSeries): Pivot[] {
  const market = createMarket(series, 250)
  return findPivots(
    market,
    market.atr.map((range) => 2 * range),
  )
}

describe('findPivots', () => {
  it('finds the corners of a drawn path', () => {
    const pivots = pivotsOf(seriesThrough(path('0:80 20:100 32:88 44:104 60:80'), { noise: 0 }))
    expect(pivots.map(({ index, isHigh }) => [index, isHigh])).toEqual([
      [0, false],
      [20, true],
      [32, false],
      [44, true],
    ])
  })

  it('confirms each by the first candle that came back far enough, no sooner', () => {
    const series = seriesThrough(path('0:80 20:100 40:80'), { noise: 0, wick: 0 })
    const market = createMarket(series, 250)
    const top = findPivots(
      market,
      market.atr.map(() => 5),
    ).find(({ isHigh }) => isHigh)
    expect(top).toMatchObject({ index: 20, price: 100, confirmedAt: 25 })
  })

  it('alternates between highs and lows on ever later candles', () => {
    fc.assert(
      fc.property(walks, (walk) => {
        const pivots = pivotsOf(walkOf(walk))
        const isNext = (pivot: Pivot, before: Pivot | undefined) =>
          !before ||
          (pivot.isHigh !== before.isHigh && pivot.index > before.index && pivot.confirmedAt > before.confirmedAt)
        expect(pivots.filter((pivot, i) => !isNext(pivot, pivots[i - 1]))).toEqual([])
      }),
    )
  })

  it('takes the extreme of all candles from the pivot before to the one that confirms it', () => {
    fc.assert(
      fc.property(walks, (walk) => {
        const series = walkOf(walk)
        const pivots = pivotsOf(series)
        const extremes = pivots.map(({ isHigh, confirmedAt }, i) => {
          const since = (pivots[i - 1]?.index ?? -1) + 1
          const column = (isHigh ? series.high : series.low).subarray(since, confirmedAt + 1)
          return isHigh ? Math.max(...column) : Math.min(...column)
        })
        expect(pivots.map(({ price }) => price)).toEqual(extremes)
      }),
    )
  })

  it('gives a prefix of the series the pivots confirmed within it', () => {
    fc.assert(
      fc.property(walks, fc.nat(), (walk, moment) => {
        const series = walkOf(walk)
        const i = moment % series.time.length
        const known = pivotsOf(series).filter(({ confirmedAt }) => confirmedAt <= i)
        expect(pivotsOf(sliceCandles(series, 0, i + 1))).toEqual(known)
      }),
    )
  })

  it('finds none where nothing moves', () => {
    expect(pivotsOf(seriesOf(Array.from({ length: 100 }, () => [7, 7, 7, 7])))).toEqual([])
  })
})
