import type { CandleSeries } from '@banyan/domain'
import type { AnalysisJobs, SeriesEvents } from './analysis-jobs.ts'
import type { JobTools, Subject } from './candle-reader.ts'
import { encodeEvents } from './encoded-events.ts'
import { isUndisturbed, listEvents } from './pattern-events.ts'
import { readPieces } from './price-pieces.ts'
import { longestHorizon, timeframes } from './timeframe.ts'

/** Returns the instruments' pieces on every timeframe with the events in them that count as cases. */
export async function findSeriesEvents(
  { openReader }: JobTools,
  { moment, instruments }: AnalysisJobs['events']['input'],
): Promise<readonly SeriesEvents[]> {
  const reader = openReader(moment)
  const found: SeriesEvents[] = []
  for (const instrument of instruments) found.push(...(await listSeriesEvents({ ...reader, instrument, moment })))
  return found
}

/** A case must not reach over a corporate action, and a single candle holds none. */
export async function listSeriesEvents(subject: Subject): Promise<readonly SeriesEvents[]> {
  const { instrument } = subject
  const found: SeriesEvents[] = []
  for (const timeframe of timeframes)
    for (const { series, actions } of await readPieces(subject, timeframe)) {
      if (series.time.length < 2) continue
      const events = listEvents(series).filter((event) => isUndisturbed(event, actions, longestHorizon))
      found.push({ instrument, timeframe, series: copyOf(series), events: encodeEvents(events) })
    }
  return found
}

/** A view would take all of its memory along to another thread. */
function copyOf({ time, open, high, low, close, volume }: CandleSeries): CandleSeries {
  return {
    time: time.slice(),
    open: open.slice(),
    high: high.slice(),
    low: low.slice(),
    close: close.slice(),
    volume: volume.slice(),
  }
}
