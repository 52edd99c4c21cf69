import type { InstrumentId, Quote } from '@banyan/domain'
import type { InstrumentsModule, StoredInstrument } from '../../../modules/instruments/index.ts'
import type { MarketModule, MarketSnapshot, MarketStatus, PricedQuote } from '../../../modules/market/index.ts'

const recordedDate = '2021-06-09'
/** 2021-06-09T11:00:00+05:30. */
export const recordedNow = Date.UTC(2021, 5, 9, 5, 30)

export function quoteOf(instrument: string, lastPrice: number, change: Partial<Quote> = {}): PricedQuote {
  return {
    instrument: instrument as InstrumentId,
    lastPrice,
    prevClose: 100,
    volume: 1,
    source: 'replay',
    asOf: recordedNow - 640,
    receivedAt: recordedNow - 640,
    delay: 'replay',
    ...change,
  }
}

/** A market whose book, clock and state a test sets; everything else follows the face. */
export function createMarketInMemory(quotes: readonly PricedQuote[] = []) {
  const book = new Map<string, PricedQuote>(quotes.map((quote) => [quote.instrument, quote]))
  const listeners = new Set<(quotes: readonly Quote[]) => void>()
  let now = recordedNow
  let version = 0
  let snapshot: MarketSnapshot | null = null
  const status: MarketStatus = {
    mode: 'replay',
    recordedDate,
    isOpen: true,
    phase: 'open',
    nextOpen: Date.UTC(2026, 10, 23, 3, 45),
    holiday: null,
    calendarWarning: null,
    calendarKnownTo: '2026-12-31',
  }
  const peek = (instrument: string) => book.get(instrument) ?? null
  const market: MarketModule = {
    now: () => now,
    status: () => status,
    snapshot() {
      snapshot ??= {
        version: ++version,
        nifty: peek('NSE:NIFTY 50'),
        bankNifty: peek('NSE:NIFTY BANK'),
        sensex: peek('BSE:SENSEX'),
        sectors: [{ instrument: 'NSE:NIFTY IT' as InstrumentId, name: 'NIFTY IT', quote: peek('NSE:NIFTY IT') }],
        status,
      }
      return snapshot
    },
    snapshotOrigin: () => 'l1',
    quotes: async (instruments) => new Map(instruments.map((id) => [id, peek(id)])),
    peek,
    movers: (limit) => ({
      gainers: [...book.values()].filter((q) => q.lastPrice > (q.prevClose ?? q.lastPrice)).slice(0, limit),
      losers: [...book.values()].filter((q) => q.lastPrice < (q.prevClose ?? q.lastPrice)).slice(0, limit),
      pricedCount: book.size,
    }),
    tradedShares(limit) {
      const traded = [...book.values()].flatMap((quote) =>
        quote.volume ? [{ quote, tradedValue: quote.volume * quote.lastPrice }] : [],
      )
      const withoutVolumeCount = book.size - traded.length
      return { shares: traded.slice(0, limit), tradedCount: traded.length, withoutVolumeCount }
    },
    onQuotes(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    providers: () => [
      { name: 'replay', state: 'up', lastSuccess: null, circuit: 'closed', nextTry: null, problem: null },
    ],
    fallbackReason: () => null,
    ticksPerSecond: () => 0,
    start: async () => undefined,
    stop: async () => undefined,
  }
  return {
    market,
    advance(ms: number) {
      now += ms
    },
    put(quote: PricedQuote) {
      book.set(quote.instrument, quote)
      snapshot = null
      for (const listener of listeners) listener([quote])
    },
  }
}

export function instrumentOf(id: string, change: Partial<StoredInstrument> = {}): StoredInstrument {
  const [exchange, symbol] = id.split(':') as ['NSE', string]
  return {
    id: id as InstrumentId,
    exchange,
    symbol,
    name: `${symbol} Limited`,
    isin: null,
    kind: 'equity',
    series: 'EQ',
    sector: null,
    lotSize: 1,
    tickSize: '0.05',
    key: 1,
    ...change,
  }
}

/** A list of instruments that finds by ID and searches by part of the symbol. */
export function createInstrumentsInMemory(list: readonly StoredInstrument[]): InstrumentsModule {
  const byId = new Map<string, StoredInstrument>(list.map((instrument) => [instrument.id, instrument]))
  return {
    refresh: async () => undefined,
    find: (id) => byId.get(id) ?? null,
    findByUpstreamName: () => null,
    search(text, limit) {
      const found = list.filter((instrument) => instrument.symbol.includes(text.toUpperCase()))
      return { instruments: found.slice(0, limit), total: found.length }
    },
    list: () => list,
  }
}
