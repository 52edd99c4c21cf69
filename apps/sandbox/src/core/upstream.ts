import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Clock, EpochMs, Exchange, InstrumentKind, TradingCalendar, TradingDate } from '@banyan/domain'

export const sandboxProviders = ['zerodha', 'icici', 'yahoo', 'exchange'] as const
export type SandboxProvider = (typeof sandboxProviders)[number]

/** One request, read whole. */
export interface SandboxCall {
  readonly method: string
  /** Decoded by nobody: as it came, without the query. */
  readonly path: string
  readonly query: URLSearchParams
  /** What followed the `?`, as it came; empty without one. */
  readonly rawQuery: string
  readonly headers: IncomingHttpHeaders
  readonly hasContentLength: boolean
  readonly body: Buffer
  /** Of the sandbox's clock. */
  readonly now: EpochMs
}

export interface SandboxAnswer {
  readonly status: number
  /** `content-length` is added. A body that is packed says so in `content-encoding`. */
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string | Buffer
}

/** Faults that only the imitated vendor itself can have; all others are made around it, see `faultKinds`. */
export const domainFaultKinds = [
  'rate_limit',
  'expire_session',
  'revoke',
  'stale',
  'freeze',
  'ticker_silence',
  'ticker_drop',
  'ticker_bad_frame',
  'ticker_403',
] as const
export type DomainFaultKind = (typeof domainFaultKinds)[number]

/** A fault handed to an upstream when it is set. It ends by its count, its duration, or because somebody cleared it. */
export interface DomainFault {
  readonly kind: DomainFaultKind
  /** Tells whether it still lasts. To be asked each time, never remembered. */
  isOn(): boolean
  /** Counts one effect (a refused call, a broken frame) and returns true while it lasts; false without counting afterwards. */
  use(): boolean
}

/** One vendor. It answers what the vendor would answer at that instant and knows nothing of sockets, faults on the wire or the log. */
export interface ImitatedUpstream {
  readonly provider: SandboxProvider
  /** Returns the name of what is called, for faults and the log; null for an unknown path. Must not change anything. */
  operationOf(call: SandboxCall): string | null
  /** Also answers unknown paths, in the vendor's way. */
  answer(call: SandboxCall): SandboxAnswer | Promise<SandboxAnswer>
  /** Returns a failure in the vendor's shape. `text` is an error type of the vendor or a sentence; null leaves it to the vendor. */
  failure(status: number, text: string | null): SandboxAnswer
  /** Returns all that must not be logged of a call, and the API secret that belongs to it where one is known. `echo_secret` puts it into an error text. */
  secretsIn(call: SandboxCall): readonly string[]
  /** Throws `FaultOrderError` for a kind this vendor cannot have; without the method it has none of {@link domainFaultKinds}. */
  applyFault?(fault: DomainFault): void
  upgrade?(request: IncomingMessage, socket: Duplex, head: Buffer): void
  close?(): void
}

/** Given to `create<Provider>(context, options)`. */
export interface SandboxContext {
  readonly clock: SandboxClock
  readonly seed: number
  readonly market: SandboxMarket
}

/** The time of everything imitated. It runs as real time does until it is set, moved or frozen. */
export interface SandboxClock extends Clock {
  /**
   * Returns milliseconds that have passed since the start: real time and what was advanced, never falling, also while frozen. Limits per
   * second or minute count on it, so that a frozen clock does not lock everybody out.
   */
  elapsedMs(): number
  /** Sets the time, also backwards. */
  set(to: EpochMs): void
  /** Moves the time forward, also while frozen. Throws RangeError when `ms` is negative. */
  advance(ms: number): void
  /** Stops the clock; `resume` lets it run again from where it stands. */
  freeze(): void
  resume(): void
  isFrozen(): boolean
}

/** An exchange of the domain, or `BCD`, whose prices the ticker writes in another unit. */
export type SandboxExchange = Exchange | 'BCD'

/** One listed thing of the generated market. Names, ISINs and BSE codes of shares are those of `data/identity`; the rest is invented. */
export interface SandboxInstrument {
  /** `NSE:M&M`, `NSE:NIFTY 50`, `NFO:NIFTY26MARFUT`: exchange and trading symbol as Zerodha writes it. */
  readonly id: string
  readonly exchange: SandboxExchange
  /** As Zerodha writes it: `SANDBOXINF-BE`. */
  readonly tradingSymbol: string
  /** Without its series: `SANDBOXINF`. */
  readonly symbol: string
  readonly name: string | null
  readonly isin: string | null
  readonly kind: InstrumentKind
  /** NSE series; null for indices, derivatives and on BSE. */
  readonly series: string | null
  /** On BSE the scrip code. A derivative's is used again after its expiry. */
  readonly exchangeToken: number
  readonly lotSize: number
  /** Rupees; 0 for an index. */
  readonly tickSize: number
  /** First day with a price. */
  readonly listedOn: TradingDate
  /** The rest is null for all but futures and options. */
  readonly expiry: TradingDate | null
  readonly strike: number | null
  readonly right: 'CE' | 'PE' | null
  /** Id of what it follows: `NSE:NIFTY 50`. */
  readonly underlying: string | null
}

/** Rupees; all of the trading day of `lastTradeAt`, which is the latest day that had begun. */
export interface SandboxPrice {
  readonly last: number
  readonly open: number
  readonly high: number
  readonly low: number
  /** Close of the trading day before that day; on the first day, what it was issued at. */
  readonly prevClose: number
  /** Units traded that day so far, 0 for an index. That of `NSE:IDEA` passes 2³¹ every afternoon. */
  readonly volume: number
  /** Price per unit of all that was traded that day; `last` while nothing was. */
  readonly average: number
  readonly lastTradeAt: EpochMs
  /** Contracts open now, at most and at least that day; null but for futures and options. */
  readonly openInterest: { readonly now: number; readonly dayHigh: number; readonly dayLow: number } | null
}

export interface SandboxBar {
  /** Start of the bar; 00:00 IST of a day. */
  readonly time: EpochMs
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
  /** At the end of the bar; 0 but for futures and options. */
  readonly openInterest: number
}

/** Length of a bar in seconds (1, 60, 300 …; from the open of the session on), or a whole day. */
export type SandboxInterval = number | 'day'

/**
 * The generated market. Every figure follows from the seed, the instrument and the instant, so it may be asked in any order; a day's bars,
 * its minutes' bars and its prices at any second fit each other. Trading days and hours are those of `calendar`; a special session without
 * published times has no prices. From 2026-08-03 on shares with derivatives and the indices print the closing auction at 15:30:00.
 */
export interface SandboxMarket {
  readonly calendar: TradingCalendar
  /** Returns everything listed on that IST date: shares, indices, bonds and the derivatives that have not expired. */
  instruments(on: TradingDate): readonly SandboxInstrument[]
  /** Returns the instrument of that id on that date; null when there is none. */
  instrument(id: string, on: TradingDate): SandboxInstrument | null
  /** Returns the price at an instant; null for an unknown or expired instrument and before its listing. */
  price(id: string, at: EpochMs): SandboxPrice | null
  /**
   * Returns the bars that start within `[from, to]`, oldest first, made of what was traded up to `asOf`: the last one may still be
   * forming. Empty for an unknown instrument and before its listing.
   */
  candles(id: string, interval: SandboxInterval, from: EpochMs, to: EpochMs, asOf: EpochMs): readonly SandboxBar[]
}
