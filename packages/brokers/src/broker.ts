import type { Decimal, EpochMs, Exchange, Secret } from '@banyan/domain'

/** Brokers this release knows by name; which of them can be used is the registry's to say. */
export const brokerIds = ['zerodha', 'icici', 'kotak', 'synapsewave'] as const
export type BrokerId = (typeof brokerIds)[number]

/**
 * A broker whose book can be read. An implementation ends in `satisfies Broker`, keeps all state in the sessions it opens, makes no call
 * that is not in its closed list, and passes the conformance suite in `broker.suite.ts`. Every method that calls the broker rejects with an
 * `UpstreamError`, or with the signal's reason when it is aborted.
 */
export interface Broker {
  readonly id: BrokerId
  /** As people write it: `Zerodha`. */
  readonly name: string
  readonly abilities: BrokerAbilities
  /**
   * Returns the address where the owner of an app key signs in; the broker then sends the browser to the address registered for the key.
   * `state` comes back with it where the broker can carry it, else it is left out.
   */
  signInUrl(apiKey: string, state: string): string
  /** Opens a session from what a sign-in gave. The code works once, so nothing is tried twice. */
  open(credentials: OneTimeCredentials, signal: AbortSignal): Promise<BrokerSession>
}

export interface BrokerAbilities {
  /** True when the redirect after signing in brings `state` back. */
  readonly carriesState: boolean
  /** True when a session can be ended at the broker; else to disconnect means to forget. */
  readonly canSignOut: boolean
  /** True when positions come in two lists, what is held now and today's trading. */
  readonly hasDayPositions: boolean
}

/** What a person's sign-in at the broker gives to the program. */
export interface OneTimeCredentials {
  readonly apiKey: Secret
  readonly apiSecret: Secret
  /** Zerodha's `request_token`, ICICI's `api_session`. */
  readonly code: Secret
}

/** A signed-in connection to one account at a broker. Lives in memory, on the instance that opened it, and nowhere else. */
export interface BrokerSession {
  /** The broker's own id of the account, as `AB1234`. */
  readonly account: string
  /** Instant at which it is over at the latest. */
  readonly expiresAt: EpochMs
  holdings(signal: AbortSignal): Promise<BookReading<BrokerHolding>>
  positions(signal: AbortSignal): Promise<BookReading<BrokerPosition>>
  /** Ends it at the broker where that can be done, forgets its secrets, and never rejects. Later calls are `auth_required`. */
  close(signal: AbortSignal): Promise<void>
}

/** One complete answer about a part of the book. An answer with one row that cannot be understood is none. */
export interface BookReading<Row> {
  readonly rows: readonly Row[]
  /** What a person should know about the answer though it counts: short sentences without secrets. */
  readonly warnings: readonly string[]
}

interface BrokerRow {
  readonly exchange: Exchange
  /** The exchange's symbol; the broker's own code when {@link mapped} is false. */
  readonly symbol: string
  /** False when the broker's code could not be turned into a symbol. */
  readonly mapped: boolean
  readonly isin: string | null
  /** As the broker writes it (`CNC`, `MIS`, `MTF`, …); null where it does not say. */
  readonly product: string | null
  /** Rupees a unit; null unknown. */
  readonly averagePrice: Decimal | null
  readonly lastPrice: Decimal | null
  /** Close of the previous session. */
  readonly closePrice: Decimal | null
}

/** Shares owned, as the broker gave them. */
export interface BrokerHolding extends BrokerRow {
  /** Units owned, those still to be delivered included. */
  readonly quantity: Decimal
  /** Of these, units bought and not yet delivered; null where the broker does not say. */
  readonly t1Quantity: Decimal | null
}

/** One line of trading that is open, or was closed today. */
export interface BrokerPosition extends BrokerRow {
  /** `net` is what is held now, `day` today's buying and selling alone: the same trade is in both, so they are never added. */
  readonly type: 'net' | 'day'
  /** Signed; 0 was closed today. */
  readonly quantity: Decimal
  readonly overnightQuantity: Decimal | null
  /** Units of money per unit of quantity and price: 1 for shares. */
  readonly multiplier: Decimal
  /** Rupees; null where the broker does not say and it does not follow from what it says. */
  readonly pnl: Decimal | null
  readonly m2m: Decimal | null
  readonly unrealised: Decimal | null
  readonly realised: Decimal | null
}
