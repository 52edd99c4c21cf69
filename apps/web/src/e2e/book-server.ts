import type { ServerResponse } from 'node:http'
import type { QuotesReply } from '@banyan/contracts'
import { startFakeServer } from './fake-server.ts'
import {
  type Held,
  inventedBook,
  inventedHeld,
  inventedPerson,
  inventedPositions,
  inventedQuote,
  inventedReturns,
  inventedTrend,
  inventedWatchlist,
} from './invented-book.ts'
import { replayOpen } from './invented-market.ts'
import { marketTimestamp, modeOf } from './invented-prices.ts'

interface BookServerOptions {
  /** Of the built app. */
  readonly folder: string
  /** How many shares the person owns. */
  readonly count: number
  readonly now: () => number
  /** Days with a snapshot; none by default. */
  readonly trend?: readonly { readonly date: string; readonly pnl: number }[]
}

/** A stream that says nothing for longer is given up. */
const beatMs = 4_500

/** A server whose only person owns many invented shares and watches them, with a stream that tells what it is told to. */
export async function startBookServer({ folder, count, now, trend = [] }: BookServerOptions) {
  const shares = inventedHeld(count)
  const prices = new Map(shares.map(({ symbol, close }) => [symbol, close]))
  const seconds = new Map<string, number>()
  const streams = new Set<ServerResponse>()
  let refusesStreams = false
  const quoteOf = (share: Held) =>
    inventedQuote(share, prices.get(share.symbol) ?? share.close, seconds.get(share.symbol) ?? 0)
  const replies: Record<string, (query: URLSearchParams) => unknown> = {
    '/api/auth/me': () => inventedPerson,
    '/api/portfolio/book': () => inventedBook(shares, ({ symbol, close }) => prices.get(symbol) ?? close),
    '/api/portfolio/positions': () => inventedPositions,
    '/api/portfolio/pnl': () => inventedTrend(trend),
    '/api/portfolio/returns': () => inventedReturns,
    '/api/brokers': () => ({ brokers: [] }),
    '/api/watchlists': () => ({ watchlists: [inventedWatchlist(shares)] }),
    '/api/quotes': (query) => answerQuotes(query.get('symbols')?.split(',') ?? []),
  }
  function answerQuotes(symbols: readonly string[]): QuotesReply {
    const asked = shares.filter(({ instrument }) => symbols.includes(instrument))
    return {
      quotes: Object.fromEntries(asked.map((share) => [share.instrument, quoteOf(share)])),
      missing: symbols.filter((symbol) => !asked.some(({ instrument }) => instrument === symbol)),
      as_of_ist: marketTimestamp(0),
      market: modeOf(replayOpen),
    }
  }
  const server = await startFakeServer({
    folder,
    scene: replayOpen,
    now,
    answerFirst(request, { pathname, searchParams }, response) {
      if (pathname === '/api/stream' && refusesStreams) {
        request.destroy()
        return true
      }
      if (pathname === '/api/stream' && request.method === 'GET') {
        open(searchParams.get('id') ?? '', response)
        return true
      }
      const reply = replies[pathname]
      // Indices are priced by the invented market.
      if (reply === undefined || searchParams.get('symbols')?.startsWith('NSE:NIFTY')) return false
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(reply(searchParams)))
      return true
    },
  })

  function cut(): void {
    for (const stream of streams) stream.destroy()
  }

  function open(id: string, response: ServerResponse): void {
    streams.add(response)
    const beating = setInterval(() => beat(response), beatMs)
    response.once('close', () => {
      clearInterval(beating)
      streams.delete(response)
    })
    const wanted = new Set(id.split(','))
    const quotes = shares.filter(({ instrument }) => wanted.has(instrument)).map((share) => quoteOf(share))
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    beat(response)
    write(response, Object.fromEntries(quotes.map((quote, i) => [shares[i]?.instrument ?? '', quote])))
  }

  return {
    ...server,
    shares,
    /** How many streams are open now. */
    streamCount: () => streams.size,
    /** Sets prices by symbol, made at that second of the market, and tells every stream of them at once. */
    tick(changes: Readonly<Record<string, number>>, second: number): void {
      for (const [symbol, price] of Object.entries(changes)) {
        prices.set(symbol, price)
        seconds.set(symbol, second)
      }
      const changed = shares.filter(({ symbol }) => symbol in changes)
      const quotes = Object.fromEntries(changed.map((share) => [share.instrument, quoteOf(share)]))
      for (const stream of streams) write(stream, quotes)
    },
    /** Cuts every stream off. */
    cut,
    /** Lets no stream be opened from now on, and cuts those that are; or lets them be opened again. */
    setStreams(state: 'open' | 'refused'): void {
      refusesStreams = state === 'refused'
      if (refusesStreams) cut()
    },
  }
}

function beat(stream: ServerResponse): void {
  const data = { as_of_ist: marketTimestamp(0), is_open: true, market: modeOf(replayOpen) }
  stream.write(`event: beat\ndata: ${JSON.stringify(data)}\n\n`)
}

function write(stream: ServerResponse, quotes: object): void {
  stream.write(`event: quotes\ndata: ${JSON.stringify({ quotes, as_of_ist: marketTimestamp(0) })}\n\n`)
}
