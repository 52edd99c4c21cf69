import { BanyanError, istDate } from '@banyan/domain'
import { type Match, openCorpus } from '@banyan/patterns'
import type { HistoricalMatch, InstrumentMatches, MatchQuery } from './analysis-face.ts'
import type { AnalysisJobs, ClosesCorpus } from './analysis-jobs.ts'
import type { JobTools } from './candle-reader.ts'
import { readPieces } from './price-pieces.ts'
import { changePct, spreadReturns } from './return-spread.ts'
import { horizons, longestHorizon } from './timeframe.ts'

/**
 * Returns the past windows closest to the instrument's newest closes and what followed them. Windows that overlap the query in time on the same
 * instrument, and those whose sequel is not known yet, are no matches. Throws `invalid_parameter` for a window the instrument has no history for.
 */
export async function findSimilar(
  { openReader }: JobTools,
  { moment, query, corpus }: AnalysisJobs['matches']['input'],
): Promise<InstrumentMatches> {
  const reader = openReader(moment)
  const newest = (await readPieces({ ...reader, instrument: query.instrument, moment }, 'day')).at(-1)
  const { close, time } = newest?.series ?? { close: new Float64Array(0), time: new Float64Array(0) }
  const shape = close.slice(-query.window)
  refuseUnusable(shape, query, close.length)
  const from = time[time.length - query.window] ?? Number.NaN
  const index = createIndex(corpus)
  const found = openCorpus(corpus.content).search(shape, {
    metric: query.metric,
    k: query.k,
    exclude: (id, start) => !index.hasSequel(id, start, query.window) || index.overlaps(id, start, query, from),
  })
  const matches = found.map((match) => index.toMatch(match))
  return {
    from: istDate(from),
    to: istDate(time.at(-1) ?? Number.NaN),
    matches,
    followed: horizons.map((horizon, i) =>
      spreadReturns(
        horizon,
        Float64Array.from(matches, ({ followedPct }) => followedPct[i] ?? Number.NaN),
      ),
    ),
    base: corpus.base,
    searched: { instruments: new Set(corpus.instruments).size, closes: corpus.content.closes.length },
  }
}

function refuseUnusable(shape: Float64Array, { window }: MatchQuery, known: number): void {
  if (shape.length < window) throw badWindow(`must be at most ${known}: so many daily closes are known in one piece`)
  if (shape.every((close) => close === shape[0])) throw badWindow('must reach over closes that differ')
}

function badWindow(reason: string): BanyanError {
  return new BanyanError('invalid_parameter', { details: [{ field: 'window', reason }] })
}

function createIndex({ content: { closes, bounds }, times, instruments }: ClosesCorpus) {
  const beginOf = (id: string) => bounds[Number(id)] ?? 0
  const endOf = (id: string) => bounds[Number(id) + 1] ?? 0
  return {
    hasSequel: (id: string, start: number, window: number) =>
      beginOf(id) + start + window - 1 + longestHorizon < endOf(id),
    overlaps: (id: string, start: number, { instrument, window }: MatchQuery, from: number) =>
      instruments[Number(id)] === instrument && (times[beginOf(id) + start + window - 1] ?? 0) >= from,
    toMatch({ id, start, length, distance, similarity }: Match): HistoricalMatch {
      const first = beginOf(id) + start
      const last = first + length - 1
      return {
        instrument: instruments[Number(id)] ?? unknownSeries(id),
        from: istDate(times[first] ?? Number.NaN),
        to: istDate(times[last] ?? Number.NaN),
        distance,
        similarity,
        followedPct: horizons.map((horizon) => changePct(closes, last, horizon)),
      }
    },
  }
}

function unknownSeries(id: string): never {
  throw new RangeError(`The corpus has no series ${id}.`)
}
