import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { parseTimestamp } from '@banyan/domain'
import { type SandboxProvider, sandboxProviders } from './core/upstream.ts'
import type { SandboxOptions } from './index.ts'
import { readPortfolios } from './zerodha/read-portfolios.ts'

/** Arguments or settings that cannot be followed; the message names each with its rule. */
export class ArgumentError extends Error {
  override readonly name = 'ArgumentError'
}

export const help = `npm run sandbox -- [options]

Fake Zerodha, ICICI, Yahoo and exchanges on this machine. Each option is a setting as well: SANDBOX_SEED, SANDBOX_ZERODHA_PORT …

  --seed N                 whole number that all data follows from (1)
  --clock TIME             where the clock starts, with its offset: 2026-03-12T09:00:00+05:30 (now)
  --zerodha-port N         8101
  --icici-port N           8102
  --yahoo-port N           8103
  --exchange-port N        8104
  --banyan-url URL         where people come back to after signing in (http://localhost:8080)
  --zerodha-portfolios F   JSON file with what each user owns, by user id
  --help
`

const fallbacks = {
  seed: '1',
  clock: '',
  'zerodha-port': '8101',
  'icici-port': '8102',
  'yahoo-port': '8103',
  'exchange-port': '8104',
  'banyan-url': 'http://localhost:8080',
  'zerodha-portfolios': '',
} as const
type Name = keyof typeof fallbacks

/** Returns the options, null when help is asked for. Throws {@link ArgumentError}. */
export function readArguments(
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  cwd: string,
): SandboxOptions | null {
  const given = parse(words)
  if (given['help'] === true) return null
  const textOf = (name: Name) => {
    const own = given[name]
    const text = typeof own === 'string' ? own : environment[`SANDBOX_${name.toUpperCase().replaceAll('-', '_')}`]
    return text?.trim() || fallbacks[name]
  }
  const clock = textOf('clock')
  const banyanUrl = URL.parse(textOf('banyan-url'))
  const clockStart = clock === '' ? null : parseTimestamp(clock)
  if (clock !== '' && clockStart === null) throw refusal('clock', 'a time with its offset, 2026-03-12T09:00:00+05:30')
  if (banyanUrl === null) throw refusal('banyan-url', 'an http:// or https:// URL')
  const portfolios = textOf('zerodha-portfolios')
  // npm runs scripts in the project's folder; what the user typed is relative to where they stood.
  const folder = environment['INIT_CWD'] ?? cwd
  const callback = (provider: string) => new URL(`/api/brokers/${provider}/callback`, banyanUrl).href
  return {
    seed: wholeNumber('seed', textOf('seed'), 4_294_967_295),
    ports: portsOf((provider) => wholeNumber(`${provider}-port`, textOf(`${provider}-port`), 65_535)),
    ...(clockStart !== null && { clockStart }),
    zerodha: { redirectUrl: callback('zerodha') },
    icici: { redirectUrl: callback('icici') },
    ...(portfolios !== '' && { portfolio: { zerodha: readPortfolioFile(resolve(folder, portfolios)) } }),
  }
}

function parse(words: readonly string[]): Readonly<Record<string, unknown>> {
  const options = Object.fromEntries(Object.keys(fallbacks).map((name) => [name, { type: 'string' } as const]))
  try {
    return parseArgs({ args: [...words], options: { ...options, help: { type: 'boolean' } } }).values
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new ArgumentError(`${reason}\n\n${help}`, { cause })
  }
}

function portsOf(portOf: (provider: SandboxProvider) => number): Readonly<Record<SandboxProvider, number>> {
  const ports = Object.fromEntries(sandboxProviders.map((provider) => [provider, portOf(provider)]))
  return ports as Record<SandboxProvider, number>
}

function wholeNumber(name: string, text: string, limit: number): number {
  if (/^\d{1,10}$/.test(text) && Number(text) <= limit) return Number(text)
  throw refusal(name, `a whole number from 0 to ${limit}`)
}

function readPortfolioFile(path: string) {
  try {
    return readPortfolios(JSON.parse(readFileSync(path, 'utf8')))
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new ArgumentError(`${path} cannot be used: ${reason}`, { cause })
  }
}

function refusal(name: string, rule: string): ArgumentError {
  return new ArgumentError(`--${name} must be ${rule}.`)
}
