import { isIP } from 'node:net'
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
