import { periodEnd } from '@banyan/domain'
import type { AnalysisJobs, MarketMoment, RecentEvents } from './analysis-jobs.ts'
import type { JobTools, Subject } from './candle-reader.ts'
import { isUndisturbed, listEvents } from './pattern-events.ts'
import { hoursOf, readPieces } from './price-pieces.ts'
import { newsStart, signalHorizon, type Timeframe } from './timeframe.ts'

/** Returns what the newest candles of the instruments completed; those without news are left out. */
export async function findRecentEvents(
  { openReader }: JobTools,
  { moment, instruments, timeframes }: AnalysisJobs['recent']['input'],
): Promise<readonly RecentEvents[]> {
  const reader = openReader(moment)
  const found: RecentEvents[] = []
  for (const instrument of instruments)
    for (const timeframe of timeframes) {
      const recent = await findRecent({ ...reader, instrument, moment }, timeframe)
      if (recent) found.push(recent)
    }
  return found
}

/** A pattern is news while a case of it would still be held: until then nobody knows what became of it. */
async function findRecent(subject: Subject, timeframe: Timeframe): Promise<RecentEvents | null> {
  const { instrument, calendar, moment } = subject
  const newest = (await readPieces(subject, timeframe)).at(-1)
  if (!newest || !isNews(newest.series.time.at(-1), timeframe, moment)) return null
  const { series, actions } = newest
  const latest = new Map<string, RecentEvents['events'][number]>()
  const events = listEvents(series).filter((event) => event.index >= series.time.length - signalHorizon)
  for (const event of events.sort((a, b) => a.index - b.index)) {
    if (!isUndisturbed(event, actions, signalHorizon)) continue
    const { pattern, direction } = event
    const detectedAt = periodEnd(series.time[event.index] ?? Number.NaN, timeframe, calendar, hoursOf(instrument))
    latest.set(`${pattern} ${direction}`, { pattern, direction, detectedAt })
  }
  return { instrument, timeframe, events: [...latest.values()] }
}

function isNews(opening: number | undefined, timeframe: Timeframe, { now }: MarketMoment): boolean {
  return opening !== undefined && opening >= newsStart(timeframe, now)
}
