import { defaultBaseUrl, isBaseUrl, isHeaderText } from '../base-url.ts'
import type { Send } from '../exchange.ts'
import { KsValueError } from './ks-error.ts'
import { createKsSend } from './ks-proxy.ts'

/** A name and its snake_case alias, of which exactly one is given. */
type Aliased<Name extends string, Alias extends string> =
  | { readonly [Key in Name]: string }
  | { readonly [Key in Alias]: string }

/** Options of kotak.md §8.1. Where a snake_case alias is given, its name is not. */
export type KSTradeApiOptions = Aliased<'accessToken', 'access_token'> &
  Aliased<'consumerKey', 'consumer_key'> &
  Aliased<'appId', 'app_id'> &
  OtherOptions

interface OtherOptions {
  readonly userid: string
  /** May be empty. The server stores it and decides nothing by it. */
  readonly ip: string
  /** Base of the API, used as it is; default `BANYAN_URL` + `/apim`, else `http://127.0.0.1:8080/apim`. */
  readonly host?: string
  /** An HTTP proxy, in Node only. */
  readonly proxyUrl?: string
  readonly proxy_url?: string
  readonly proxyUser?: string
  readonly proxy_user?: string
  readonly proxyPass?: string
  readonly proxy_pass?: string
  /** For streaming. */
  readonly consumerSecret?: string
  readonly consumer_secret?: string
  /** Time of one whole exchange in milliseconds, 1–600,000; default 10,000. */
  readonly timeoutMs?: number
  /** Further tries of GET and DELETE, 0–5; default 3. */
  readonly maxRetries?: number
  /** Origins beside that of `host` to which the server may move the client. */
  readonly allowedHosts?: readonly string[]
  /** Used instead of the global `fetch`. */
  readonly fetch?: typeof fetch
}

const ALIASES = {
  access_token: 'accessToken',
  consumer_key: 'consumerKey',
  app_id: 'appId',
  proxy_url: 'proxyUrl',
  proxy_user: 'proxyUser',
  proxy_pass: 'proxyPass',
  consumer_secret: 'consumerSecret',
} as const

const NAMES = [
  ...['accessToken', 'userid', 'consumerKey', 'ip', 'appId', 'host', 'proxyUrl', 'proxyUser', 'proxyPass'],
  ...['consumerSecret', 'timeoutMs', 'maxRetries', 'allowedHosts', 'fetch'],
]

/** The options after the checks, with every default in place. */
export interface KsSettings {
  readonly accessToken: string
  readonly userid: string
  readonly consumerKey: string
  readonly ip: string
  readonly appId: string
  readonly host: string
  readonly proxyUrl: string | undefined
  readonly proxyUser: string | undefined
  readonly proxyPass: string | undefined
  readonly consumerSecret: string | undefined
  readonly timeoutMs: number
  readonly maxRetries: number
  readonly allowedHosts: readonly string[]
  readonly send: Send
}

/** @throws {KsValueError} naming the first option that is missing, unknown or wrong; never its value. */
export function parseKsOptions(options: unknown): KsSettings {
  const given = withFullNames(options)
  const proxy = {
    proxyUrl: optionalText(given, 'proxyUrl'),
    proxyUser: optionalText(given, 'proxyUser'),
    proxyPass: optionalText(given, 'proxyPass'),
  }
  return {
    accessToken: headerText(given, 'accessToken', true),
    userid: headerText(given, 'userid', true),
    consumerKey: headerText(given, 'consumerKey', true),
    ip: headerText(given, 'ip', false),
    appId: headerText(given, 'appId', false),
    host: baseUrl(given['host'] ?? defaultBaseUrl('/apim')),
    ...proxy,
    consumerSecret: optionalText(given, 'consumerSecret'),
    timeoutMs: integer(given, 'timeoutMs', { min: 1, max: 600_000, fallback: 10_000 }),
    maxRetries: integer(given, 'maxRetries', { min: 0, max: 5, fallback: 3 }),
    allowedHosts: origins(given['allowedHosts'] ?? []),
    send: createKsSend(proxy, given['fetch']),
  }
}

type Given = Record<string, unknown>

/** Returns the options that have a value under their camelCase names; `null` is what ported programs pass for none. */
function withFullNames(options: unknown): Given {
  const given: Given = Object.create(null)
  for (const [key, value] of Object.entries(options ?? {})) {
    const name = Object.hasOwn(ALIASES, key) ? ALIASES[key as keyof typeof ALIASES] : key
    if (!NAMES.includes(name)) throw new KsValueError(`Unknown option \`${key}\``)
    if (name in given) throw new KsValueError(`\`${name}\` is given twice`)
    if (value !== undefined && value !== null) given[name] = value
  }
  return given
}

function headerText(given: Given, name: string, isNeeded: boolean): string {
  const value = given[name]
  if (value === undefined || (isNeeded && value === '')) {
    throw new KsValueError(`Missing the required parameter \`${name}\``)
  }
  if (!isHeaderText(value)) throw new KsValueError(`\`${name}\` must be a string of printable ASCII`)
  return value
}

function optionalText(given: Given, name: string): string | undefined {
  const value = given[name]
  if (value === undefined || typeof value === 'string') return value
  throw new KsValueError(`\`${name}\` must be a string`)
}

function baseUrl(value: unknown): string {
  if (isBaseUrl(value)) return value
  throw new KsValueError('`host` must be an absolute http or https URL without login, query and fragment')
}

function integer(given: Given, name: string, { min, max, fallback }: Record<'min' | 'max' | 'fallback', number>) {
  const value = given[name] ?? fallback
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value
  throw new KsValueError(`\`${name}\` must be an integer from ${min} to ${max}`)
}

function origins(value: unknown): readonly string[] {
  const isOrigin = (text: unknown): text is string => isBaseUrl(text) && new URL(text).pathname === '/'
  if (Array.isArray(value) && value.every(isOrigin)) return value.map((text) => new URL(text).origin)
  throw new KsValueError('`allowedHosts` must be an array of origins such as `https://banyan.example`')
}
