import { type CandleInterval, dayMs, type StoredInterval } from '@banyan/domain'
import { describe, expect, it } from 'vitest'
import { chooseSeries } from './choose-series.ts'
import type { SeriesExtent } from './index.ts'

const extent = (
  id: string,
  rank: number,
  interval: StoredInterval,
  firstDay: number,
  lastDay: number,
): SeriesExtent => ({
  source: { key: rank, id, rank, note: null },
  interval,
  first: firstDay * dayMs,
  last: lastDay * dayMs,
})
/** Series without holes: one that goes on after `to` has a bar the day before it. */
const dense = async (_extent: SeriesExtent, to: number) => to - dayMs
const chosen = async (extents: SeriesExtent[], interval: CandleInterval, toDay: number, newestBefore = dense) => {
  const found = await chooseSeries(extents, { interval, to: toDay * dayMs }, newestBefore)
  return found && `${found.source.id} ${found.interval}`
}

describe('the series an interval is read from', () => {
  it('is the one that reaches newest, whatever its rank', async () => {
    expect(await chosen([extent('old', 1, 'day', 0, 100), extent('new', 2, 'day', 50, 200)], 'day', 300)).toBe(
      'new day',
    )
  })

  it('is the preferred source when both end within 7 days of each other, seen from the end asked for', async () => {
    const extents = [extent('worse', 2, 'day', 0, 107), extent('better', 1, 'day', 0, 100)]
    expect(await chosen(extents, 'day', 300)).toBe('better day')
    expect(await chosen([extent('worse', 2, 'day', 0, 108), extent('better', 1, 'day', 0, 100)], 'day', 300)).toBe(
      'worse day',
    )
    expect(await chosen([extent('worse', 2, 'day', 0, 900), extent('better', 1, 'day', 0, 100)], 'day', 90)).toBe(
      'better day',
    )
  })

  it('is not a source of single days far apart, when the end asked for lies between two of them', async () => {
    const extents = [extent('sparse', 1, 'day', 0, 900), extent('daily', 2, 'day', 0, 400)]
    const newestBefore = async ({ source }: SeriesExtent, to: number) => (source.id === 'sparse' ? 0 : to - dayMs)
    expect(await chosen(extents, 'day', 300, newestBefore)).toBe('daily day')
    expect(await chosen(extents, 'day', 901, newestBefore)).toBe('sparse day')
  })

  it('leaves out what begins only after the end asked for', async () => {
    expect(await chosen([extent('later', 1, 'day', 50, 90)], 'day', 50)).toBeNull()
    expect(await chosen([extent('later', 1, 'day', 50, 90), extent('now', 2, 'day', 0, 10)], 'day', 50)).toBe('now day')
  })

  it('takes finer minutes of one source, but newer ones of another first', async () => {
    const both = [extent('a', 1, '5minute', 0, 100), extent('a', 1, '1minute', 0, 99)]
    expect(await chosen(both, '5minute', 300)).toBe('a 1minute')
    expect(await chosen(both, '60minute', 300)).toBe('a 1minute')
    expect(await chosen([...both, extent('b', 2, '5minute', 0, 200)], '15minute', 300)).toBe('b 5minute')
    expect(await chosen([extent('b', 2, '5minute', 0, 200)], '1minute', 300)).toBeNull()
  })

  it('makes days of minutes only where there are no day bars at all', async () => {
    const minutes = extent('a', 1, '1minute', 0, 200)
    for (const interval of ['day', 'week', 'month'] as const) {
      expect(await chosen([minutes], interval, 300)).toBe('a 1minute')
      expect(await chosen([minutes, extent('b', 2, 'day', 0, 10)], interval, 300)).toBe('b day')
    }
  })
})
