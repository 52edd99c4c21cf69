import type { EpochMs } from '@banyan/domain'
import type { BrokerSession } from '../broker.ts'
import type { MostRows } from '../vendor-cells.ts'
import { type BreezeCandle, readCandles } from './candle-rows.ts'
import type { BreezeInterval, TimeRange } from './candle-windows.ts'
import type { BreezeName, CodeList } from './code-list.ts'
import { fetchHoldings } from './fetch-holdings.ts'
import { iciciOperations } from './operations.ts'
import { readPositions } from './portfolio-positions.ts'
import { type BreezeQuote, readQuote } from './quote-rows.ts'
import type { SessionCalls } from './session-calls.ts'
import { formatHistoryTime } from './vendor-time.ts'

/** A session that can also be asked for prices. Every method rejects as those of a {@link BrokerSession} do. */
export interface IciciSession extends BrokerSession {
  /** False once it is over: by time, because ICICI said so, or because it was closed. */
  isOpen(): boolean
  /** Returns the price of one thing; null when Breeze has none. */
  quote(name: BreezeName, signal: AbortSignal): Promise<BreezeQuote | null>
  /** Returns the bars of one window, in no order, those outside it and those still forming included; none where there are none. */
  candles(
    name: BreezeName,
    interval: BreezeInterval,
    window: TimeRange,
    signal: AbortSignal,
  ): Promise<MostRows<BreezeCandle>>
}

export interface IciciSessionParts {
  readonly account: string
  readonly expiresAt: EpochMs
  readonly calls: SessionCalls
  readonly codes: CodeList
}

export function createIciciSession({ account, expiresAt, calls, codes }: IciciSessionParts): IciciSession {
  return {
    account,
    expiresAt,
    isOpen: calls.isOpen,
    holdings: (signal) => fetchHoldings(calls, codes, signal),
    positions(signal) {
      const read = (success: unknown) => readPositions(success, codes)
      return calls.signed({ operation: iciciOperations.positions, parameters: {}, rank: 'sync', read }, signal)
    },
    quote({ exchange, code }, signal) {
      const parameters = { stock_code: code, exchange_code: exchange }
      const read = (success: unknown) => readQuote(exchange, success)
      return calls.signed({ operation: iciciOperations.quote, parameters, rank: 'quotes', read }, signal)
    },
    candles(name, interval, window, signal) {
      const read = (success: unknown) => readCandles(interval, success)
      const parameters = candleQuery(name, interval, window)
      return calls.plain({ operation: iciciOperations.candles, parameters, rank: 'history', read }, signal)
    },
    async close() {
      // The vendor has no way to end a session, so to disconnect is to forget.
      calls.forget()
    },
  }
}

function candleQuery({ exchange, code }: BreezeName, interval: BreezeInterval, { from, to }: TimeRange) {
  return {
    stock_code: code,
    exch_code: exchange,
    interval: interval === 'day' ? '1day' : interval,
    from_date: formatHistoryTime(from),
    // Both ends count.
    to_date: formatHistoryTime(to - 1000),
    product_type: 'cash',
  }
}
