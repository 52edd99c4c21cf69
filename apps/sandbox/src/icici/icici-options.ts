import type { IciciPortfolio } from './portfolio.ts'

/** What the sandbox's ICICI knows beside the generated market. Everything has a default. */
export interface IciciOptions {
  /** The apps there are. Left out, every key is one, with what {@link anyApp} gives it. */
  readonly keys?: readonly IciciKey[]
  /** Where people come back to from apps that name no address of their own; {@link defaultRedirectUrl} when left out. */
  readonly redirectUrl?: string
  /** Portfolios of the people who may sign in, by user id; those of `defaultPortfolios` when left out. */
  readonly portfolios?: Readonly<Record<string, IciciPortfolio>>
}

interface IciciKey {
  /** Real ones contain `+`, `=` and `!`. */
  readonly apiKey: string
  readonly apiSecret: string
  /** Where people come back to after they signed in. */
  readonly redirectUrl?: string
  /** How the one-time code comes along: field `API_Session` of a form that is posted (the default), or `apisession` of the query. */
  readonly returnsBy?: 'post' | 'query'
  /** Who may sign in with it; everybody when left out. */
  readonly users?: readonly string[]
}

const defaultRedirectUrl = 'http://localhost:8080/api/brokers/icici/callback'

/** An app with an address to come back to. */
export type IciciApp = IciciKey & { readonly redirectUrl: string }

/** Returns the app of a key; null when there is none. */
export function appOf({ keys, redirectUrl = defaultRedirectUrl }: IciciOptions, apiKey: string): IciciApp | null {
  const anyKey = apiKey === '' ? undefined : anyApp(apiKey)
  const key = keys === undefined ? anyKey : keys.find((known) => known.apiKey === apiKey)
  return key ? { redirectUrl, ...key } : null
}

/** Returns the app of any key: its secret is the key and `-secret`; people come back from a key that ends in `-query` by query. */
function anyApp(apiKey: string): IciciKey {
  return { apiKey, apiSecret: `${apiKey}-secret`, returnsBy: apiKey.endsWith('-query') ? 'query' : 'post' }
}
