import type { QuoteSource } from '@banyan/brokers'
import { createIciciQuotes } from '@banyan/brokers/icici'
import { createYahooQuotes } from '@banyan/brokers/yahoo'
import type { Clock, InstrumentId, MarketClock, TradingCalendar } from '@banyan/domain'
import type { Config } from '../config.ts'
import type { CandlesModule } from '../modules/candles/index.ts'
import { createLastCloseSource } from './last-close-source.ts'
import type { OpenBrokers } from './open-brokers.ts'
import type { ZerodhaFeed } from './zerodha-feed.ts'

export interface LiveSourcesParts {
  readonly config: Pick<Config, 'iciciApiKey' | 'yahoo' | 'dayFiles'>
  readonly brokers: Pick<OpenBrokers, 'iciciSource' | 'codes' | 'yahooPort'>
  /** Null without a key of the operator's own. */
  readonly zerodhaFeed: ZerodhaFeed | null
  readonly candles: CandlesModule
  readonly calendar: TradingCalendar
  readonly marketClock: MarketClock
  readonly clock: Clock
}

/**
 * Returns the sources of a live market, in order: Zerodha through the server's own session, ICICI for what is asked singly, Yahoo, and the last
 * close on file. A source whose key the operator has not set, or that is switched off, is not among them.
 */
export function createLiveSources(parts: LiveSourcesParts): readonly QuoteSource[] {
  const { config, brokers, candles, calendar, marketClock, clock } = parts
  const { iciciSource, codes, yahooPort } = brokers
  const icici = () =>
    createIciciQuotes({
      session: () => iciciSource.session.current(),
      codes,
      clock,
      probe: 'NSE:NIFTY 50' as InstrumentId,
    })
  return [
    ...(parts.zerodhaFeed === null ? [] : [parts.zerodhaFeed.source]),
    ...(config.iciciApiKey === null ? [] : [icici()]),
    ...(config.yahoo ? [createYahooQuotes({ port: yahooPort, clock })] : []),
    ...(config.dayFiles ? [createLastCloseSource({ candles, calendar, clock: marketClock })] : []),
  ]
}
