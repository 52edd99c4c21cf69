import { setImmediate } from 'node:timers/promises'
import {
  type Adjustment,
  addDays,
  adjustCandles,
  BanyanError,
  type CandleInterval,
  type CandleSeries,
  createCandleSeries,
  dayMs,
  type EpochMs,
  type Exchange,
  type HoursOf,
  type InstrumentId,
  istDate,
  istMidnight,
  type MarketClock,
  periodEnd,
  segmentByExchange,
  type TradingCalendar,
  type TradingDate,
} from '@banyan/domain'
import type { InstrumentsModule, StoredInstrument } from '../instruments/index.ts'
import type { CandleCache } from './candle-cache.ts'
import { joinCandles } from './candle-columns.ts'
import type { CandleStore, CandlesModule, CandlesPage, CandlesQuery, DailyClose, SeriesExtent } from './candles-face.ts'
import { chooseSeries } from './choose-series.ts'
import { isOver, newestInRange, onlyComplete, toInterval, toUnits } from './served-candles.ts'
import { createStoredSeries, type StoredOverview, type StoredSeries, windowsOf } from './stored-series.ts'

export interface CandlesParts {
  readonly store: CandleStore
  readonly instruments: Pick<InstrumentsModule, 'find'>
  readonly calendar: TradingCalendar
  readonly marketClock: MarketClock
  readonly cache: CandleCache
}

/** Creates the module that serves recorded candles. */
export function createCandlesModule(parts: CandlesParts): CandlesModule {
  const stored = createStoredSeries(parts.store, parts.cache)
  return {
    getCandles: (query) => getCandles(parts, stored, query),
    listDailyCloses: (instrument, upTo, count) => listDailyCloses(parts, stored, { instrument, upTo, count }),
    listActionsAfter: async (date) => byInstrument(await parts.store.listAdjustmentsAfter(date)),
    listTraded: (date) => parts.store.listKeysWithBar('day', istMidnight(date)),
    invalidate: (instrumentKeys) => stored.invalidate(instrumentKeys),
  }
}

/** Sources tell of the same event: one counts. */
function byInstrument(
  listed: Awaited<ReturnType<CandleStore['listAdjustmentsAfter']>>,
): ReadonlyMap<number, readonly Adjustment[]> {
  const actions = new Map<number, Adjustment[]>()
  for (const { instrumentKey, ...action } of listed) {
    const own = actions.get(instrumentKey) ?? []
    if (own.every(({ exDate }) => exDate !== action.exDate)) own.push(action)
    actions.set(instrumentKey, own)
  }
  return actions
}

async function getCandles(parts: CandlesParts, stored: StoredSeries, query: CandlesQuery): Promise<CandlesPage> {
  const { calendar, marketClock: clock } = parts
  const { interval } = query
  const instrument = knownInstrument(parts, query.instrument)
  const hours = hoursOf(instrument.exchange)
  const range = { from: query.from ?? Number.NEGATIVE_INFINITY, to: query.to ?? clock.now(), limit: query.limit }

  const overview = await stored.overview(instrument.key)
  const extent = await chooseSeries(overview.extents, { interval, to: range.to }, newestIn(parts.store, instrument.key))
  if (!extent) return emptyPage
  const basis = await stored.basis(overview, extent.source.key)
  const basisDate = laterDate(istDate(clock.now()), istDate(Math.min(extent.last, range.to - 1)))
  const adjustments = inEffect(basis.adjustments, basisDate)
  const applied = query.adjusted ? adjustments : []

  const isEndGiven = query.to !== null
  const rule = { interval, calendar, hours, clock, isEndGiven }
  const read = { stored, overview, extent, interval, range, applied, calendar, hours }
  const bars = toInterval(await readUnits(read), interval)
  const { series, truncated } = newestInRange(onlyComplete(bars, rule), range)
  return {
    series,
    source: extent.source,
    asOf: closeOfNewest(series, (time) => periodEnd(time, interval, calendar, hours)),
    truncated,
    adjustments,
    suspectJumps: basis.suspectJumps.filter(({ time }) => time >= range.from && time < range.to && isOver(time, rule)),
  }
}

/** Returns the opening of a stored series' newest bar before an instant; there is one, since the series begins before it. */
function newestIn(store: CandleStore, instrumentKey: number) {
  return async ({ source, interval, first }: SeriesExtent, to: EpochMs): Promise<EpochMs> => {
    const query = { instrumentKey, sourceKey: source.key, interval, from: first, to, limit: 1 }
    return (await store.readCandles(query)).time[0] ?? first
  }
}

interface UnitsRead {
  readonly stored: StoredSeries
  readonly overview: StoredOverview
  readonly extent: SeriesExtent
  readonly interval: CandleInterval
  readonly range: { readonly from: EpochMs; readonly to: EpochMs; readonly limit: number }
  readonly applied: readonly Adjustment[]
  readonly calendar: TradingCalendar
  readonly hours: HoursOf
}

/**
 * Reads windows back from the end until there are more bars than asked for. A bar belongs to the range by its label, so a
 * period that begins before `to` is read to its end.
 */
async function readUnits({ stored, overview, extent, interval, range, applied, calendar, hours }: UnitsRead) {
  const parts: CandleSeries[] = []
  const isFolded = interval === 'week' || interval === 'month'
  const unit = isFolded ? 'day' : interval
  const prepare = (recorded: CandleSeries) =>
    toUnits(adjustCandles(recorded, applied), extent.interval, unit, calendar, hours)
  let usable = 0
  const windows = windowsOf(overview, extent, { from: range.from, to: range.to + longestPeriodMs[interval] })
  for (const window of windows) {
    const units = await stored.read(window, `${unit}:${applied.length}`, prepare) // factors apply in the order of their dates
    parts.unshift(units)
    if (window.from < range.to) usable += units.time.length
    if (!isFolded && usable > range.limit + notServed(parts, interval)) break
    if (extent.interval !== 'day') await setImmediate() // reading SQLite does not yield by itself
  }
  return joinCandles(parts)
}

const longestPeriodMs: Record<CandleInterval, number> = {
  '1minute': 0,
  '5minute': 5 * 60_000,
  '15minute': 15 * 60_000,
  '30minute': 30 * 60_000,
  '60minute': 60 * 60_000,
  day: dayMs,
  week: 7 * dayMs,
  month: 31 * dayMs,
}

/** Returns how many of the bars read may turn out to lie past the range's end or still to be forming: the newest window, and a day. */
function notServed(parts: readonly CandleSeries[], interval: CandleInterval): number {
  const longestDay = interval === 'day' ? 1 : 1_440
  return (parts.at(-1)?.time.length ?? 0) + longestDay
}

async function listDailyCloses(
  parts: CandlesParts,
  stored: StoredSeries,
  asked: { readonly instrument: InstrumentId; readonly upTo: TradingDate; readonly count: number },
): Promise<readonly DailyClose[]> {
  const instrument = knownInstrument(parts, asked.instrument)
  const range = { from: Number.NEGATIVE_INFINITY, to: istMidnight(addDays(asked.upTo, 1)), limit: asked.count }
  const overview = await stored.overview(instrument.key)
  const day = { interval: 'day', to: range.to } as const
  const extent = await chooseSeries(overview.extents, day, newestIn(parts.store, instrument.key))
  if (!extent) return []
  const { adjustments } = await stored.basis(overview, extent.source.key)
  const applied = inEffect(adjustments, laterDate(istDate(parts.marketClock.now()), asked.upTo))
  const read = { stored, overview, extent, interval: 'day', range, applied } as const
  const units = await readUnits({ ...read, calendar: parts.calendar, hours: hoursOf(instrument.exchange) })
  const { series } = newestInRange(units, range)
  return Array.from(series.time, (time, i) => ({ date: istDate(time), close: series.close[i] ?? Number.NaN })).reverse()
}

function knownInstrument({ instruments }: CandlesParts, id: InstrumentId): StoredInstrument {
  const instrument = instruments.find(id)
  if (!instrument) throw new BanyanError('unknown_symbol')
  return instrument
}

/**
 * A factor acts from its ex-date on the market's clock, or on the date of the newest bar where that is later: in replay
 * prices stay on the recorded day's basis, and a split that is only announced changes nothing yet.
 */
function inEffect(adjustments: readonly Adjustment[], basisDate: TradingDate): readonly Adjustment[] {
  return adjustments.filter(({ exDate }) => exDate <= basisDate)
}

function laterDate(a: TradingDate, b: TradingDate): TradingDate {
  return a > b ? a : b
}

function closeOfNewest({ time }: CandleSeries, closeOf: (time: EpochMs) => EpochMs): EpochMs | null {
  const newest = time.at(-1)
  return newest === undefined ? null : closeOf(newest)
}

function hoursOf(exchange: Exchange): HoursOf {
  return { segment: segmentByExchange[exchange] }
}

const emptyPage: CandlesPage = {
  series: createCandleSeries(0),
  source: null,
  asOf: null,
  truncated: false,
  adjustments: [],
  suspectJumps: [],
}
