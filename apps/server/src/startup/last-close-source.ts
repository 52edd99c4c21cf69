import type { QuoteSource } from '@banyan/brokers'
import {
  addDays,
  type EpochMs,
  type Exchange,
  type InstrumentId,
  istDate,
  type MarketClock,
  type Quote,
  segmentByExchange,
  type TradingCalendar,
} from '@banyan/domain'
import type { CandlesModule } from '../modules/candles/index.ts'

/** A close older than this is history, not a price. */
const oldestDays = 14

/**
 * Creates the last source of a live market: the close of the newest end-of-day file, as what it is. Its price is of the end of that session and
 * was received then, so it is a `close` only until the next session.
 */
export function createLastCloseSource(parts: {
  readonly candles: Pick<CandlesModule, 'listDailyCloses'>
  readonly calendar: TradingCalendar
  readonly clock: MarketClock
}): QuoteSource {
  const { candles, calendar, clock } = parts

  async function readClose(instrument: InstrumentId, now: EpochMs): Promise<Quote | null> {
    const today = istDate(now)
    const closes = await candles.listDailyCloses(instrument, today, 3)
    const segment = segmentByExchange[instrument.slice(0, instrument.indexOf(':')) as Exchange]
    const known = closes.flatMap(({ date, close }) => {
      const end = calendar.sessionOf(date, segment)?.to ?? null
      return end === null || end > now || date < addDays(today, -oldestDays) ? [] : [{ close, end }]
    })
    const [last, before] = known
    if (last === undefined) return null
    const times = { asOf: last.end, receivedAt: last.end }
    return {
      instrument,
      lastPrice: last.close,
      prevClose: before?.close ?? null,
      volume: null,
      source: 'eod',
      ...times,
    }
  }

  return {
    id: 'eod',
    probe: 'NSE:NIFTY 50' as InstrumentId,
    delivery: 'poll',
    lagging: true,
    async fetchQuotes(instruments, signal) {
      const now = clock.now()
      const quotes = new Map<InstrumentId, Quote>()
      for (const instrument of instruments) {
        signal.throwIfAborted()
        const quote = await readClose(instrument, now)
        if (quote !== null) quotes.set(instrument, quote)
      }
      signal.throwIfAborted()
      return quotes
    },
  } satisfies QuoteSource
}
