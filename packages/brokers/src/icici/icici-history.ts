import type { CandleSeries, Clock, InstrumentId } from '@banyan/domain'
import { type BreezeCandle, toSeries } from './candle-rows.ts'
import { type BreezeInterval, candleWindows, type TimeRange } from './candle-windows.ts'
import type { CodeList } from './code-list.ts'
import { type SessionNow, sessionOf } from './session-of.ts'

export interface IciciHistoryParts {
  readonly session: SessionNow
  readonly codes: CodeList
  readonly clock: Clock
}

export interface HistoryReading {
  /** Complete bars that open in the range asked for. */
  readonly candles: CandleSeries
  /** Rows left out because they could not be understood. */
  readonly dropped: number
}

export interface IciciHistory {
  /**
   * Returns the bars of a share or an index, asked for window by window; null, without a call, when Breeze has no code for it. Whether
   * daily bars are adjusted for splits is not known. Rejects with an `UpstreamError`, or with the signal's reason when it is aborted.
   */
  fetchCandles(
    instrument: InstrumentId,
    interval: BreezeInterval,
    range: TimeRange,
    signal: AbortSignal,
  ): Promise<HistoryReading | null>
}

export function createIciciHistory({ session, codes, clock }: IciciHistoryParts): IciciHistory {
  return {
    async fetchCandles(instrument, interval, range, signal) {
      signal.throwIfAborted()
      const name = codes.nameOf(instrument)
      if (name === null) return null
      const candles: BreezeCandle[] = []
      let dropped = 0
      for (const window of candleWindows(range, interval)) {
        const read = await sessionOf(session, 'candles').candles(name, interval, window, signal)
        candles.push(...read.rows)
        dropped += read.dropped
      }
      return { candles: toSeries(candles, interval, range, clock.now()), dropped }
    },
  }
}
