import { type EpochMs, parseTimestamp, Secret } from '@banyan/domain'
import { createUpstreamPort, type RateLimit } from '../../http/index.ts'
import { createManualTime, type ManualTime } from '../../memory/manual-time.ts'
import type { CodeList } from '../code-list.ts'
import { createIcici } from '../icici-broker.ts'
import { type iciciLimits, iciciOperations } from '../operations.ts'
import { breezeAnswer } from './breeze-answer.ts'
import type { BreezeServer, SeenRequest, Vendor } from './breeze-server.ts'
import { inventedCodes } from './invented-codes.ts'

export const noon: EpochMs = parseTimestamp('2026-11-25T12:00:00+05:30') ?? Number.NaN
export const never = () => new AbortController().signal

/** Credentials whose texts occur nowhere else. */
export function credentialsOf(name: string) {
  return {
    apiKey: new Secret(`key-${name}+=!`),
    apiSecret: new Secret(`secret-${name}`),
    code: new Secret(`code-${name}`),
  }
}

/** The token the stand-in gives to who signs in with `credentialsOf(name)`. */
export const tokenOf = (name: string) => Buffer.from(`${name.toUpperCase()}:42`).toString('base64')

/** Returns a vendor that signs everybody in and leaves the rest to `vendor`. */
export function signingIn(vendor: Vendor): Vendor {
  return (request) => (request.operation === 'customerdetails' ? signIn(request) : vendor(request))
}

function signIn(request: SeenRequest) {
  const { AppKey } = JSON.parse(request.body.toString('utf8')) as { AppKey: string }
  const name = AppKey.slice('key-'.length, -'+=!'.length)
  return breezeAnswer({ Success: { session_token: tokenOf(name), idirect_userid: name.toUpperCase() } })
}

const quick: Record<keyof typeof iciciLimits, RateLimit> = {
  minute: { perMs: 1000, calls: 100_000, scope: 'both' },
  day: { perMs: 1000, calls: 100_000, scope: 'both' },
}

export interface Connected {
  readonly port: ReturnType<typeof createUpstreamPort>
  readonly broker: ReturnType<typeof createIcici>
  /** The broker's clock; the port's runs as real time does, which its waits need. */
  readonly time: ManualTime
  /** Makes the port believe that so much time has passed, so that what rests after a refusal rests no more. */
  skip(ms: number): void
}

export interface ConnectOptions {
  /** The vendor's; by default calls leave at once. */
  readonly limits?: typeof quick
  readonly totalMs?: number
  readonly codes?: CodeList
}

/** Returns the adapter as it is composed, with `server` in ICICI's place. */
export function connectIcici(server: BreezeServer, options: ConnectOptions = {}): Connected {
  const { limits = quick, totalMs = 10_000, codes = inventedCodes } = options
  const time = createManualTime(noon)
  let skippedMs = 0
  const port = createUpstreamPort({
    provider: 'icici',
    hosts: { api: server.address, history: server.address, master: server.address },
    operations: Object.values(iciciOperations),
    limits,
    clock: { now: () => Date.now() + skippedMs },
    allowPrivate: true,
    deadlines: { totalMs, headMs: 500, retryMs: [1, 5] },
  })
  const broker = createIcici({ port, clock: time, codes, limitKeyOf: () => 'mac of the key' })
  const skip = (ms: number) => {
    skippedMs += ms
  }
  return { port, broker, time, skip }
}
