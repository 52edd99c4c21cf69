import { periodEnd } from '@banyan/domain'
import type { AnalysisJobs } from './analysis-jobs.ts'
import type { JobTools } from './candle-reader.ts'
import { computeIndicators } from './compute-indicators.ts'
import { hoursOf, readPieces } from './price-pieces.ts'

/** Returns the indicators of the instrument's newest complete day, from the days since the last unexplained jump. */
export async function findIndicators(
  { openReader }: JobTools,
  { moment, instrument }: AnalysisJobs['indicators']['input'],
): Promise<AnalysisJobs['indicators']['output']> {
  const reader = openReader(moment)
  const series = (await readPieces({ ...reader, instrument, moment }, 'day')).at(-1)?.series
  const newest = series?.time.at(-1)
  return {
    indicators: computeIndicators(series ?? null),
    candles: series?.time.length ?? 0,
    asOf: newest === undefined ? null : periodEnd(newest, 'day', reader.calendar, hoursOf(instrument)),
  }
}
