import type { ZerodhaPortfolio } from './portfolio.ts'

/** What the sandbox's Zerodha knows beside the generated market. Everything has a default. */
export interface ZerodhaOptions {
  /** The apps there are. Left out, every key is one, with the secret and the product that {@link anyApp} gives it. */
  readonly keys?: readonly ZerodhaKey[]
  /** Where people come back to from apps that name no address of their own; {@link defaultRedirectUrl} when left out. */
  readonly redirectUrl?: string
  /** Portfolios of the people who may sign in, by user id; those of `defaultPortfolios` when left out. */
  readonly portfolios?: Readonly<Record<string, ZerodhaPortfolio>>
}

export interface ZerodhaKey {
  readonly apiKey: string
  readonly apiSecret: string
  /** `portfolio_only` is refused quotes, candles and the ticker. */
  readonly product: 'full' | 'portfolio_only'
  /** Where people come back to after they signed in. */
  readonly redirectUrl?: string
  /** Who may sign in with it; everybody when left out. */
  readonly users?: readonly string[]
}

const defaultRedirectUrl = 'http://localhost:8080/api/brokers/zerodha/callback'

/** An app with an address to come back to. */
export type ZerodhaApp = ZerodhaKey & { readonly redirectUrl: string }

/** Returns the app of a key; null when there is none. */
export function appOf({ keys, redirectUrl = defaultRedirectUrl }: ZerodhaOptions, apiKey: string): ZerodhaApp | null {
  const anyKey = apiKey === '' ? undefined : anyApp(apiKey)
  const key = keys === undefined ? anyKey : keys.find((known) => known.apiKey === apiKey)
  return key ? { redirectUrl, ...key } : null
}

/** Returns the app of any key: its secret is the key and `-secret`; a key that ends in `-free` has the portfolio only. */
function anyApp(apiKey: string): ZerodhaKey {
  return { apiKey, apiSecret: `${apiKey}-secret`, product: apiKey.endsWith('-free') ? 'portfolio_only' : 'full' }
}
