import {
  type Adjustment,
  type CandleSeries,
  dayMs,
  type EpochMs,
  type Exchange,
  type HoursOf,
  type InstrumentId,
  istDate,
  istMidnight,
  segmentByExchange,
  sliceCandles,
} from '@banyan/domain'
import type { CandleReader, Subject } from './candle-reader.ts'
import { historyStart, isIntraday, type Timeframe } from './timeframe.ts'

/** A stretch of adjusted candles without a step that nobody can explain. */
export interface PricePiece {
  readonly series: CandleSeries
  /** Positions of the first candle after each split, bonus or other known action. */
  readonly actions: readonly number[]
}

/** Candles one search looks at; the history of every timeframe is shorter. */
const candlesAtMost = 5_000

/**
 * Returns the instrument's candles complete at the moment, adjusted, oldest piece first: cut where a jump is unexplained, where a candle has a
 * price no detector can work on, and within the day where a session is missing. Empty without candles.
 */
export async function readPieces(subject: Subject, timeframe: Timeframe): Promise<readonly PricePiece[]> {
  const { candles, instrument, moment } = subject
  const { series, suspectJumps, adjustments } = await candles.getCandles({
    instrument,
    interval: timeframe,
    from: historyStart(timeframe, moment.now),
    to: null,
    adjusted: true,
    limit: candlesAtMost,
  })
  const isBreak = createBreaks(
    suspectJumps.map(({ time }) => time),
    timeframe === 'week' ? endsOfWeeks(series) : series.time,
  )
  const isHole = isIntraday(timeframe) ? createHoles(subject, series) : () => false
  const pieces: PricePiece[] = []
  let start = 0
  for (let i = 0; i <= series.time.length; i++) {
    const isUsable = i < series.time.length && hasPrices(series, i)
    if (isUsable && !isBreak(i) && !isHole(i)) continue
    if (i > start) pieces.push(toPiece(sliceCandles(series, start, i), adjustments))
    start = isUsable && !(timeframe === 'week' && isBreak(i)) ? i : i + 1
  }
  return pieces
}

export function hoursOf(instrument: InstrumentId): HoursOf {
  return { segment: segmentByExchange[instrument.slice(0, instrument.indexOf(':')) as Exchange] }
}

/** A week goes on until the next one begins; what jumps within it makes it no candle at all. */
function endsOfWeeks({ time }: CandleSeries): Float64Array {
  return time.map((opening, i) => (time[i + 1] ?? opening + 7 * dayMs) - 1)
}

/** Returns the test for the first candle that reaches a jump. `reaches` is how far in time each candle goes, its opening for those of one price basis. */
function createBreaks(jumps: readonly EpochMs[], reaches: Float64Array): (index: number) => boolean {
  const broken = new Set(jumps.map((jump) => reaches.findIndex((time) => time >= jump)))
  return (index) => broken.has(index)
}

/** Between a candle and the one before, a whole session is missing: a horizon in candles would not be what it says. */
function createHoles(
  { calendar, instrument }: Pick<CandleReader, 'calendar'> & Pick<Subject, 'instrument'>,
  { time }: CandleSeries,
) {
  const { segment } = hoursOf(instrument)
  return (index: number): boolean => {
    const [before, now] = [time[index - 1], time[index]]
    if (before === undefined || now === undefined) return false
    const [dateBefore, date] = [istDate(before), istDate(now)]
    return date !== dateBefore && calendar.previousTradingDay(date, segment) !== dateBefore
  }
}

/** Files round prices; a thousandth of a paise divided by a large factor is no price any more. */
function hasPrices({ open, high, low, close, volume }: CandleSeries, i: number): boolean {
  const [top = 0, bottom = 0] = [high[i], low[i]]
  const isPriced = [open[i], top, bottom, close[i]].every((price) => price !== undefined && price > 0 && price < 1e12)
  return isPriced && top >= bottom && !((volume[i] ?? 0) < 0)
}

function toPiece(series: CandleSeries, adjustments: readonly Adjustment[]): PricePiece {
  const actions = adjustments
    .map(({ exDate }) => series.time.findIndex((time) => time >= istMidnight(exDate)))
    .filter((index) => index > 0)
  return { series, actions }
}
