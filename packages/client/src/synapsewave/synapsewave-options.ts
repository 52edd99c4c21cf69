import { defaultBaseUrl, isBaseUrl, isToken } from '../base-url.ts'
import type { Send } from '../exchange.ts'

export interface SynapsewaveOptions {
  /** Client code. */
  readonly userId: string
  /** Key of the application, sent as `api_key` and as `x-api-key`. */
  readonly apiKey: string
  /** Default `WEBAPI`. */
  readonly source?: 'WEBAPI' | 'MOBILEAPI'
  /** Default `BANYAN_URL` + `/interactive`, else `http://127.0.0.1:8080/interactive`. */
  readonly baseUrl?: string
  /** Of an earlier login, to go on with its session. */
  readonly accessToken?: string
  /** Time of one whole exchange in milliseconds, 1–600,000; default 10,000. */
  readonly timeoutMs?: number
  /** Used instead of the global `fetch`. */
  readonly fetch?: typeof fetch
}

/** The options after the checks, with every default in place. */
export interface SynapsewaveSettings {
  readonly userId: string
  readonly apiKey: string
  readonly source: 'WEBAPI' | 'MOBILEAPI'
  readonly baseUrl: string
  readonly timeoutMs: number
  readonly send: Send
}

/** @throws {TypeError} naming the option that is wrong; never its value. */
export function parseSynapsewaveOptions(options: SynapsewaveOptions): SynapsewaveSettings {
  const { userId, apiKey, source = 'WEBAPI', accessToken, timeoutMs = 10_000, fetch } = options
  const baseUrl = (options.baseUrl ?? defaultBaseUrl('/interactive')).replace(/\/+$/, '')
  refuseUnless(isToken(userId), '`userId` must be a non-empty string of printable ASCII')
  refuseUnless(isToken(apiKey), '`apiKey` must be a non-empty string of printable ASCII')
  refuseUnless(['WEBAPI', 'MOBILEAPI'].includes(source), '`source` must be WEBAPI or MOBILEAPI')
  refuseUnless(isBaseUrl(baseUrl), '`baseUrl` must be an absolute http or https URL without login, query and fragment')
  refuseUnless(accessToken === undefined || isToken(accessToken), '`accessToken` must be a token the server issued')
  refuseUnless(isTimeout(timeoutMs), '`timeoutMs` must be an integer from 1 to 600000')
  refuseUnless(fetch === undefined || typeof fetch === 'function', '`fetch` must be a function')
  const send: Send = fetch ?? ((url, init) => globalThis.fetch(url, init))
  return { userId, apiKey, source, baseUrl, timeoutMs, send }
}

const isTimeout = (value: number): boolean => Number.isInteger(value) && value >= 1 && value <= 600_000

function refuseUnless(isRight: boolean, message: string): void {
  if (!isRight) throw new TypeError(message)
}
