import type { LoginReply } from '@banyan/contracts'
import { callFor } from '../identity/call.ts'
import type { Trace } from '../identity/canary/secret-search.ts'
import type { SecretVault } from '../identity/canary/secret-vault.ts'
import { shortTrace } from '../identity/canary/traces.ts'
import type { WatchedServer } from '../identity/canary/watched-server.ts'
import { goodPassword } from '../identity/people.ts'
import { type OverhearingProxy, startOverhearingProxy } from './overhearing-proxy.ts'
import { type SandboxBroker, type SandboxProcess, startSandboxProcess } from './sandbox-process.ts'
import { type Caller, codeFrom, connect, credentialsOf, syncOnce } from './sync-call.ts'

/** Faults that strike as often as they are told. */
const counted = [
  'echo_secret',
  'status:400:InputException',
  'status:403:TokenException',
  'status:429',
  'status:500',
  'html:200',
  'html:502',
  'garbage',
  'truncate',
  'wrong_type',
  'reset',
  'revoke',
  'hang',
  'slow:1500',
  'drip',
] as const
const lasting = ['rate_limit', 'refuse', 'expire_session', 'partial:positions', 'missing_field:tradingsymbol'] as const
/** What takes ten seconds is ICICI's alone, and what makes everybody wait for a minute there is Zerodha's. */
const faults = {
  zerodha: [...counted.filter((fault) => fault !== 'drip'), ...lasting],
  icici: ['echo_secret', 'drip', ...counted.filter((fault) => fault !== 'status:429')],
} as const
const holdings = { zerodha: 'holdings', icici: 'portfolioholdings' } as const

/** Of an account within a minute. */
const syncsPerAccount = 5

/** Brokers whose every secret is in the vault: what tests make, and what brokers give. */
export interface OverheardBrokers {
  readonly sandbox: SandboxProcess
  /** Settings of a server that uses them. */
  readonly settings: Readonly<Record<string, string>>
  close(): Promise<void>
}

export async function startOverheardBrokers(vault: SecretVault, folder: string): Promise<OverheardBrokers> {
  const sandbox = await startSandboxProcess({ banyanUrl: 'http://localhost:8080', folder })
  const { MARKET: _live, ...addresses } = sandbox.settings
  const hear = (answer: string) => {
    const told = answer.matchAll(/"(access_token|public_token|refresh_token|enctoken|session_token)":"([^"]{8,})"/g)
    for (const [, name = '', text = ''] of told) vault.keep(name, text)
  }
  const proxies: OverhearingProxy[] = []
  for (const name of ['ZERODHA_API_URL', 'ICICI_API_URL'])
    proxies.push(await startOverhearingProxy(addresses[name] ?? '', hear))
  const [zerodha, icici] = proxies.map(({ url }) => url)
  return {
    sandbox,
    settings: { ...addresses, MARKET: 'replay', ZERODHA_API_URL: zerodha ?? '', ICICI_API_URL: icici ?? '' },
    async close() {
      for (const proxy of proxies) await proxy.close()
      await sandbox.stop()
    },
  }
}

export interface CanarySyncParts {
  readonly server: Pick<WatchedServer, 'origin'>
  readonly brokers: OverheardBrokers
  readonly vault: SecretVault
}

/** Syncs with new secrets each time, every third time at a broker that is ill, and returns what was answered. */
export async function syncOften(
  parts: CanarySyncParts,
  broker: SandboxBroker,
  count: number,
): Promise<{ readonly replies: readonly Trace[]; readonly statuses: readonly number[] }> {
  const replies: Trace[] = []
  const statuses: number[] = []
  let person: Caller | undefined
  for (let i = 0; i < count; i++) {
    if (person === undefined || i % syncsPerAccount === 0)
      person = await registerOne(parts.server.origin, `${broker}${i}`)
    const { status, text } = await syncWithCanaries(parts, { person, broker, turn: i })
    replies.push(shortTrace(`reply ${status} to sync ${i} of ${broker}`, text))
    statuses.push(status)
  }
  return { replies, statuses }
}

export async function registerOne(origin: string, name: string): Promise<Caller> {
  const json = { email: `canary-${name}@example.com`, password: goodPassword }
  return { origin, token: (await callFor<LoginReply>(201, origin, '/api/auth/register', { json })).body.access }
}

/** Signs in with an app key, secret and code that are in the vault, and syncs: every fourth time so that the session stays. */
export async function syncWithCanaries(
  { brokers: { sandbox }, vault }: CanarySyncParts,
  { person, broker, turn }: { readonly person: Caller; readonly broker: SandboxBroker; readonly turn: number },
) {
  const apiKey = vault.makeWord('api_key')
  vault.choose('api_secret', `${apiKey}-secret`)
  const code = vault.choose('code', await codeFrom(sandbox, broker, apiKey))
  const isIll = turn % 3 === 2
  if (isIll) await sandbox.setFault(broker, faultOf(broker, Math.floor(turn / 3)))
  const sync = turn % 4 === 1 ? connect : syncOnce
  const reply = await sync(person, broker, credentialsOf(broker, apiKey, code))
  if (isIll) await sandbox.clearFaults(broker)
  return reply
}

/** In one round a fault strikes the sign-in, in the next the reading. */
function faultOf(broker: SandboxBroker, turn: number) {
  const all = faults[broker]
  const fault = all[turn % all.length] ?? 'reset'
  if (!counted.some((known) => known === fault)) return { fault }
  const isAtSignIn = (turn + Math.floor(turn / all.length)) % 2 === 0
  return { fault, count: 4, ...(isAtSignIn ? {} : { operation: holdings[broker] }) }
}
