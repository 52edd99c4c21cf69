import { periodEnd } from '@banyan/domain'
import {
  type CandleSeries,
  type CandlestickHit,
  candlestickPatterns,
  type Formation,
  findFormations,
  scanCandlesticks,
} from '@banyan/patterns'
import type { CandlestickFind, FormationFind, InstrumentPatterns, TimedPoint } from './analysis-face.ts'
import type { AnalysisJobs } from './analysis-jobs.ts'
import type { JobTools } from './candle-reader.ts'
import { directionOf, firstOf } from './pattern-events.ts'
import { hoursOf, readPieces } from './price-pieces.ts'

/** Candles a screen shows: patterns that ended before them are history. */
const shownCandles = 120

const undirected: ReadonlySet<string> = new Set(
  candlestickPatterns.filter(({ direction }) => direction === 'none').map(({ id }) => id),
)

/** Returns the patterns of the newest candles with their geometry in times, newest first. */
export async function findInstrumentPatterns(
  { openReader }: JobTools,
  { moment, instrument, timeframe }: AnalysisJobs['patterns']['input'],
): Promise<InstrumentPatterns> {
  const reader = openReader(moment)
  const newest = (await readPieces({ ...reader, instrument, moment }, timeframe)).at(-1)
  if (!newest) return { instrument, timeframe, candles: 0, from: null, asOf: null, candlesticks: [], formations: [] }
  const { series } = newest
  const { length } = series.time
  const timeOf = (index: number) => series.time[index] ?? Number.NaN
  const closeOf = (index: number) => periodEnd(timeOf(index), timeframe, reader.calendar, hoursOf(instrument))
  const isShown = (index: number) => index >= length - shownCandles
  return {
    instrument,
    timeframe,
    candles: length,
    from: timeOf(0),
    asOf: closeOf(length - 1),
    candlesticks: listHits(series, isShown).map((hit) => toCandlestick(hit, { timeOf, closeOf })),
    formations: listShown(series, isShown).map((formation) => toFormation(formation, { timeOf, closeOf })),
  }
}

interface Times {
  timeOf(index: number): number
  closeOf(index: number): number
}

function listHits(series: CandleSeries, isShown: (index: number) => boolean): CandlestickHit[] {
  return scanCandlesticks(series)
    .hits()
    .filter(({ index }) => isShown(index))
    .reverse()
}

function toCandlestick({ pattern, index, value }: CandlestickHit, { timeOf, closeOf }: Times): CandlestickFind {
  return {
    pattern,
    direction: undirected.has(pattern) ? null : directionOf(value),
    value,
    from: timeOf(firstOf(pattern, index)),
    time: timeOf(index),
    detectedAt: closeOf(index),
  }
}

/** Formations whose latest event is shown, and all that are still forming. */
function listShown(series: CandleSeries, isShown: (index: number) => boolean): Formation[] {
  return findFormations(series)
    .filter(({ state, events }) => state === 'forming' || isShown(events.at(-1)?.index ?? -1))
    .reverse()
}

function toFormation(formation: Formation, { timeOf, closeOf }: Times): FormationFind {
  const { pattern, direction, state, quality, breakout, target, stop, anchors, lines, confirmedAt } = formation
  const toPoint = (role: string, { index, price }: { index: number; price: number }): TimedPoint => ({
    role,
    time: timeOf(index),
    price,
  })
  return {
    pattern,
    direction,
    state,
    quality,
    breakout,
    target,
    stop,
    from: timeOf(formation.start),
    to: timeOf(formation.end),
    detectedAt: closeOf(formation.detectedAt),
    confirmedAt: confirmedAt === null ? null : closeOf(confirmedAt),
    anchors: anchors.map((anchor) => toPoint(anchor.role, anchor)),
    lines: lines.map(({ role, from, to }) => ({ role, from: toPoint(role, from), to: toPoint(role, to) })),
  }
}
