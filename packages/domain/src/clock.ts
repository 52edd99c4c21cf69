import type { EpochMs, TradingDate } from './market-time.ts'

/** Tells the wall-clock time. Everything that needs "now" is handed one. */
export interface Clock {
  now(): EpochMs
}

/**
 * Tells the market's time. Live it is the wall clock; in replay it is the recorded date at the replayed time of day, so
 * sessions, ages and trading days follow the recording while tokens and the API's own `time` stay on the wall clock.
 */
export interface MarketClock extends Clock {
  readonly mode: 'live' | 'replay'
  /** The recorded trading date in replay, null live. */
  readonly recordedDate: TradingDate | null
  /** Returns the wall-clock instant at which the market's clock will reach `marketInstant` next; live it is the argument itself. */
  wallTimeOf(marketInstant: EpochMs): EpochMs
}
