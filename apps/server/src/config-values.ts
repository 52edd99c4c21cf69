import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { parseTradingDate, Secret, type TradingDate } from '@banyan/domain'

// How the text of a setting becomes its value. Each returns undefined when the text does not follow the setting's rule.

export function oneOf<const T extends readonly string[]>(choices: T) {
  return (text: string): T[number] | undefined => choices.find((choice) => choice === text)
}

export function onOff(text: string): boolean | undefined {
  return text === 'on' ? true : text === 'off' ? false : undefined
}

export function numberBetween(low: number, high: number) {
  return (text: string) =>
    /^\d+(\.\d+)?$/.test(text) && Number(text) >= low && Number(text) <= high ? Number(text) : undefined
}

export function integerBetween(low: number, high: number) {
  return (text: string) =>
    /^\d{1,10}$/.test(text) && Number(text) >= low && Number(text) <= high ? Number(text) : undefined
}

export function portNumber(lowest: number) {
  return integerBetween(lowest, 65_535)
}

export function hostAddress(text: string): string | undefined {
  return text === 'localhost' || isIP(text) !== 0 ? text : undefined
}

export function tradingDate(text: string): TradingDate | undefined {
  return parseTradingDate(text) ?? undefined
}

export function replayTime(text: string): number | undefined {
  const match = /^(\d{2}):([0-5]\d)(?::([0-5]\d))?$/.exec(text)
  if (!match) return undefined
  const seconds = Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3] ?? 0)
  return seconds >= 9 * 3600 && seconds < 16 * 3600 ? seconds * 1000 : undefined
}

export function secretUrl(...protocols: readonly string[]) {
  return (text: string): Secret | undefined => {
    const url = URL.parse(text)
    return url && protocols.includes(url.protocol) && url.hostname !== '' ? new Secret(text) : undefined
  }
}

export function originUrl(text: string): string | undefined {
  const url = URL.parse(text)
  if (!url || !['http:', 'https:'].includes(url.protocol)) return undefined
  return url.pathname === '/' && url.search === '' && url.username === '' ? url.origin : undefined
}

export function proxyList(text: string): readonly string[] | true | undefined {
  if (text === 'true') return true
  const entries = text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
  return entries.every(isAddressOrCidr) ? entries : undefined
}

function isAddressOrCidr(entry: string): boolean {
  const [address = '', bits, more] = entry.split('/')
  const version = isIP(address)
  if (version === 0 || more !== undefined) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}

export function folder(text: string): string {
  return resolve(text)
}

export function secretText(shortest: number, longest: number) {
  return (text: string): Secret | undefined =>
    text.length >= shortest && text.length <= longest ? new Secret(text) : undefined
}

export function senderText(text: string): string | undefined {
  return /^(?:[^<>"]{1,100} <)?[^\s<>"@]{1,64}@[A-Za-z0-9.-]{1,253}>?$/.test(text) &&
    text.includes('<') === text.includes('>')
    ? text
    : undefined
}

export function webUrl(text: string): string | undefined {
  const url = URL.parse(text)
  return url && ['http:', 'https:'].includes(url.protocol) && url.username === '' ? text.replace(/\/+$/, '') : undefined
}

/** Returns a base address without the slash at its end. */
export function socketUrl(text: string): string | undefined {
  const url = URL.parse(text)
  return url && ['ws:', 'wss:'].includes(url.protocol) && url.username === '' ? text.replace(/\/+$/, '') : undefined
}

export function originList(text: string): readonly string[] | undefined {
  const entries = text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
  const origins = entries.map(originUrl)
  return origins.every((origin, i) => origin !== undefined && origin === entries[i]) ? entries : undefined
}

const assertionAlgorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const

/** Who may vouch for people, and for what. */
export interface SsoIssuer {
  readonly issuer: string
  readonly audience: string
  readonly jwksUri: string
  readonly algorithms: readonly (typeof assertionAlgorithms)[number][]
  readonly userClaim: string
}

export function ssoIssuers(text: string): readonly SsoIssuer[] | undefined {
  const list = parseJson(text)
  if (!Array.isArray(list)) return undefined
  const issuers = list.map(toIssuer)
  const names = new Set(issuers.map((one) => one?.issuer))
  return issuers.every((one) => one !== undefined) && names.size === issuers.length ? issuers : undefined
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function toIssuer(entry: unknown): SsoIssuer | undefined {
  const { issuer, audience, jwksUri, algorithms = assertionAlgorithms, userClaim = 'sub' } = Object(entry)
  const isText = [issuer, audience, userClaim].every((part) => typeof part === 'string' && part !== '')
  const isListed =
    Array.isArray(algorithms) && algorithms.length > 0 && algorithms.every((one) => assertionAlgorithms.includes(one))
  return isText && isListed && isSafeUrl(jwksUri) ? { issuer, audience, jwksUri, algorithms, userClaim } : undefined
}

/** Keys come over TLS; in clear only from this machine. */
function isSafeUrl(text: unknown): text is string {
  const url = typeof text === 'string' ? URL.parse(text) : null
  if (url === null || url.username !== '') return false
  return (
    url.protocol === 'https:' ||
    (url.protocol === 'http:' && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname))
  )
}
