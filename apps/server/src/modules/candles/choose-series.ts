import { type CandleInterval, dayMs, type EpochMs, type StoredInterval } from '@banyan/domain'
import type { SeriesExtent } from './candles-face.ts'

/** Sources that end this close to each other count as equally new: a feed that is a few days late is not worse. */
const nearTieMs = 7 * dayMs

/** Which stored bars each interval is made of, best first. Day bars outdo days made of minutes wherever there are any. */
const madeOf: Record<CandleInterval, readonly (readonly StoredInterval[])[]> = {
  '1minute': [['1minute']],
  '5minute': [['1minute', '5minute']],
  '15minute': [['1minute', '5minute']],
  '30minute': [['1minute', '5minute']],
  '60minute': [['1minute', '5minute']],
  day: [['day'], ['1minute', '5minute']],
  week: [['day'], ['1minute', '5minute']],
  month: [['day'], ['1minute', '5minute']],
}

/**
 * Returns the stored series an interval is read from: of those that begin before `to`, the one that reaches newest up to there;
 * among those within 7 days of it the preferred source, and of that the finer bars. Null when nothing is stored before `to`.
 * `newestBefore` tells where a series that goes on after `to` stands before it: a source of single days far apart reaches no end
 * that happens to lie between two of them.
 */
export async function chooseSeries(
  extents: readonly SeriesExtent[],
  asked: { readonly interval: CandleInterval; readonly to: EpochMs },
  newestBefore: (extent: SeriesExtent, to: EpochMs) => Promise<EpochMs>,
): Promise<SeriesExtent | null> {
  const { interval, to } = asked
  for (const stored of madeOf[interval]) {
    const candidates = extents.filter((each) => stored.includes(each.interval) && each.first < to)
    if (candidates.length < 2) {
      if (candidates[0]) return candidates[0]
      continue
    }
    const reached = await Promise.all(
      candidates.map(async (extent) => ({
        extent,
        reach: extent.last < to ? extent.last : await newestBefore(extent, to),
      })),
    )
    const newest = Math.max(...reached.map(({ reach }) => reach))
    const best = reached
      .filter(({ reach }) => reach >= newest - nearTieMs)
      .map(({ extent }) => extent)
      .sort((a, b) => a.source.rank - b.source.rank || a.source.key - b.source.key || fineness(a) - fineness(b))[0]
    if (best) return best
  }
  return null
}

function fineness({ interval }: SeriesExtent): number {
  return interval === '1minute' ? 0 : 1
}
