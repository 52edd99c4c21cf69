/** Where to sign in, and with what. */
interface KiteSignIn {
  /** Base address of the API. */
  readonly root: string
  readonly apiKey: string
  readonly apiSecret: string
  readonly requestToken: string
}

export interface KiteBookQuestion extends KiteSignIn {
  /** `NSE:M&M`: what quotes and candles are asked of. */
  readonly instrument: string
  /** First and last day of the candles, ISO times. */
  readonly from: string
  readonly to: string
}

/** What Zerodha's client returned, as JSON writes it: its dates are ISO times in UTC. */
export interface KiteBook {
  readonly session: { readonly user_id: string; readonly login_time: string }
  readonly profile: { readonly user_id: string; readonly broker: string }
  readonly holdings: readonly object[]
  readonly positions: { readonly net: readonly object[]; readonly day: readonly object[] }
  readonly listed: readonly KiteInstrument[]
  readonly quotes: Readonly<Record<string, object>>
  readonly days: readonly object[]
  readonly minutes: readonly object[]
}

export interface KiteInstrument {
  readonly exchange: string
  readonly tradingsymbol: string
  /** The client leaves it a text. */
  readonly instrument_token: string
}

export interface KiteTicksQuestion extends KiteSignIn {
  /** Base address of the ticker, with a slash at its end. */
  readonly tickerRoot: string
  readonly tokens: readonly number[]
}

export interface KiteTicks {
  readonly ticks: readonly KiteTick[]
}

export interface KiteTick {
  readonly instrument_token: number
  readonly mode: 'ltp' | 'quote' | 'full'
  readonly tradable: boolean
  readonly last_price: number
  /** In mode `full` only. */
  readonly exchange_timestamp?: string
}
