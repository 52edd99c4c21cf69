import type {
  Adjustment,
  CandleInterval,
  CandleSeries,
  EpochMs,
  InstrumentId,
  StoredInterval,
  TradingDate,
} from '@banyan/domain'

/**
 * A recorded series' origin. Two sources never mix in one series, because their price bases differ: NSE's files are raw,
 * Yahoo's are split-adjusted, eod2's partly.
 */
interface CandleSource {
  readonly key: number
  /** Lower-case id shown as a candle's `source`: `nse`, `bse`, `eod2`, `yahoo`, `ticks`, or what `--source` named. */
  readonly id: string
  /** Preferred source first when several hold the asked bars: lower wins. */
  readonly rank: number
  /** What the source says about its price basis, for people; null when it said nothing. */
  readonly note: string | null
}

export interface SeriesExtent {
  readonly source: CandleSource
  readonly interval: StoredInterval
  /** Opening of the first and last stored bar, both included. */
  readonly first: EpochMs
  readonly last: EpochMs
}

export interface SuspectJump {
  readonly time: EpochMs
  readonly previousClose: number
  readonly close: number
}

export interface CandleStore {
  /** Returns what is stored for an instrument, per source and stored interval. */
  listExtents(instrumentKey: number): Promise<readonly SeriesExtent[]>
  /** Returns the newest `limit` bars with `from` ≤ time < `to`, oldest first, prices as recorded. */
  readCandles(query: {
    readonly instrumentKey: number
    readonly sourceKey: number
    readonly interval: StoredInterval
    readonly from: EpochMs
    readonly to: EpochMs
    readonly limit: number
  }): Promise<CandleSeries>
  /** Returns the factors known for an instrument and source, ascending by ex-date; those bound to no source apply to all. */
  listAdjustments(instrumentKey: number, sourceKey: number): Promise<readonly Adjustment[]>
  /** Returns the factors with an ex-date after the date, of every instrument and source, by ex-date. */
  listAdjustmentsAfter(date: TradingDate): Promise<readonly (Adjustment & { readonly instrumentKey: number })[]>
  /** Returns the keys of the instruments that have a bar of that opening from any source, ascending. */
  listKeysWithBar(interval: StoredInterval, time: EpochMs): Promise<readonly number[]>
  /** Returns the daily steps over 40 % that no adjustment explains, ascending. */
  listSuspectJumps(instrumentKey: number, sourceKey: number): Promise<readonly SuspectJump[]>
}

export interface CandlesQuery {
  readonly instrument: InstrumentId
  readonly interval: CandleInterval
  /** `[from, to)`; a null bound is open. Null `to` means the market clock. */
  readonly from: EpochMs | null
  readonly to: EpochMs | null
  readonly adjusted: boolean
  /** Newest bars kept, 1–5,000. */
  readonly limit: number
}

export interface CandlesPage {
  readonly series: CandleSeries
  readonly source: CandleSource | null
  /** Close of the newest bar's period on the market clock; null when the series is empty. */
  readonly asOf: EpochMs | null
  readonly truncated: boolean
  readonly adjustments: readonly Adjustment[]
  readonly suspectJumps: readonly SuspectJump[]
}

export interface DailyClose {
  readonly date: TradingDate
  readonly close: number
}

export interface CandlesModule {
  /** Returns complete bars only. Throws `unknown_symbol` when no list knows the instrument; a known one without bars gives an empty page. */
  getCandles(query: CandlesQuery): Promise<CandlesPage>
  /** Returns the newest `count` daily closes with date ≤ `upTo`, newest first, adjusted, of the preferred source. */
  listDailyCloses(instrument: InstrumentId, upTo: TradingDate, count: number): Promise<readonly DailyClose[]>
  /** Returns the corporate actions with an ex-date after the date, by the key of their instrument; of two with one ex-date the first. */
  listActionsAfter(date: TradingDate): Promise<ReadonlyMap<number, readonly Adjustment[]>>
  /** Returns the keys of the instruments with a daily bar of that date from any source, ascending. */
  listTraded(date: TradingDate): Promise<readonly number[]>
  /** Drops cached series of the instruments, on every instance. An empty list drops everything. */
  invalidate(instrumentKeys: readonly number[]): Promise<void>
}
