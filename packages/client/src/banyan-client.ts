import type {
  CandlesReply,
  Health,
  IciciStatus,
  InstrumentsReply,
  JsonWebKeys,
  MarketMapReply,
  MoversReply,
  OutboxReply,
  QuotesReply,
  Snapshot,
  ZerodhaStatus,
} from '@banyan/contracts'
import { createAccountCalls } from './account/account-call.ts'
import { createBrokers } from './account/brokers.ts'
import { createFactors } from './account/factors.ts'
import { createJournal } from './account/journal.ts'
import { createKeys } from './account/keys.ts'
import { createPortfolio } from './account/portfolio.ts'
import { createProfile } from './account/profile.ts'
import { createSignIn } from './account/sign-in.ts'
import { createWatchlists } from './account/watchlists.ts'
import { createAnalysisCalls } from './analysis-calls.ts'
import { query } from './query.ts'
import { getJson, type Transport } from './send.ts'
import { createStreamCall } from './stream-quotes.ts'

export interface BanyanClientOptions {
  /** Origin of the server, `https://banyan.example`; the empty string means the page's own origin (browsers only). */
  readonly baseUrl: string
  /** Used instead of the global `fetch`. */
  readonly fetch?: typeof fetch
  /** How long a whole answer may take, in milliseconds; default 10,000. */
  readonly timeoutMs?: number
  /**
   * Returns the token that account calls carry as `Bearer`, asked before each call. Null, the default, leaves it to the browser's cookie,
   * which pages of the server's own origin have.
   */
  readonly token?: () => string | null
}

export interface CallOptions {
  /** Aborts the call; the promise rejects with the signal's own reason. */
  readonly signal?: AbortSignal
}

export interface CandlesOptions extends CallOptions {
  /** Default `day`. */
  readonly interval?: CandlesReply['interval']
  /** Start, included: `YYYY-MM-DD` or a timestamp with offset. */
  readonly from?: string
  /** End: a date is included whole, a timestamp is excluded; default the market clock. */
  readonly to?: string
  /** True (default): corporate-action factors applied. */
  readonly adjusted?: boolean
}

export type BanyanClient = ReturnType<typeof createBanyanClient>

/**
 * Returns a typed client of Banyan's market data and accounts. It holds no connection and no state; each method but
 * `streamQuotes` makes one request, none retries, and rejects with `ApiError` (the server refused) or `ConnectionError` (no answer).
 */
export function createBanyanClient(options: BanyanClientOptions) {
  const transport: Transport = {
    baseUrl: options.baseUrl.replace(/\/+$/, ''),
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    timeoutMs: options.timeoutMs ?? 10_000,
  }
  const token = options.token ?? (() => null)
  const calls = createAccountCalls(transport, token)

  return {
    ...createSignIn(transport, calls),
    ...createProfile(calls),
    ...createFactors(calls),
    ...createKeys(calls),
    ...createWatchlists(calls),
    ...createJournal(calls),
    ...createPortfolio(calls),
    ...createBrokers(calls),
    ...createAnalysisCalls(transport),
    ...createStreamCall(transport, calls.asUser, token),

    /** Returns indices, sectors and the state of the market. */
    snapshot: ({ signal }: CallOptions = {}) => getJson<Snapshot>(transport, '/api/index/snapshot', signal),

    /** Returns last prices of 1–50 instruments; unknown ones are listed in `missing`. */
    quotes: (symbols: readonly string[], { signal }: CallOptions = {}) =>
      getJson<QuotesReply>(transport, `/api/quotes${query({ symbols: symbols.join(',') })}`, signal),

    /** Returns up to `limit` (1–50, default 20) instruments whose symbol, name words or ISIN match `q`, best first. */
    instruments: (q: string, limit?: number, { signal }: CallOptions = {}) =>
      getJson<InstrumentsReply>(transport, `/api/instruments${query({ q, limit })}`, signal),

    /** Returns the newest 5,000 complete candles of the range, oldest first. */
    candles: (instrument: string, { signal, interval, from, to, adjusted }: CandlesOptions = {}) =>
      getJson<CandlesReply>(
        transport,
        `/api/candles/${encodeURIComponent(instrument)}${query({ interval, from, to, adjusted })}`,
        signal,
      ),

    /** Returns the shares with the largest rise and fall, `limit` (1–50, default 10) each. */
    movers: (limit?: number, { signal }: CallOptions = {}) =>
      getJson<MoversReply>(transport, `/api/movers${query({ limit })}`, signal),

    /** Returns the shares with the largest traded value of the session, `limit` (1–500, default 200). */
    marketMap: (limit?: number, { signal }: CallOptions = {}) =>
      getJson<MarketMapReply>(transport, `/api/market-map${query({ limit })}`, signal),

    /** Returns the server's health. A server that is `down` answers 503 with the same body: that is no error here. */
    health: ({ signal }: CallOptions = {}) => getJson<Health>(transport, '/api/health', signal, [503]),

    /** Returns whether the server's own Zerodha session, which feeds prices to everybody, is good. */
    zerodhaStatus: ({ signal }: CallOptions = {}) => getJson<ZerodhaStatus>(transport, '/api/zerodha/status', signal),

    /** Returns the same of its ICICI session. */
    iciciStatus: ({ signal }: CallOptions = {}) => getJson<IciciStatus>(transport, '/api/icici/status', signal),

    /** Returns the public keys that verify the server's tokens. */
    jsonWebKeys: ({ signal }: CallOptions = {}) => getJson<JsonWebKeys>(transport, '/.well-known/jwks.json', signal),

    /** Returns the newest mails of the development outbox, `limit` 1–100, default 20. Only a server on this machine has one. */
    outbox: (limit?: number, { signal }: CallOptions = {}) =>
      getJson<OutboxReply>(transport, `/api/outbox${query({ limit })}`, signal),
  }
}
