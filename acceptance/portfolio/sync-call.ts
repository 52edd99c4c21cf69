import { bearer, call, type Reply } from '../identity/call.ts'
import type { SandboxBroker, SandboxProcess } from './sandbox-process.ts'

/** Who owns little at the sandbox's brokers. */
const owners = { zerodha: 'CD5678', icici: 'BANYAN02' } as const

/** What a sign-in at a broker gives, under the names of Banyan's routes. */
export interface SyncCredentials {
  readonly api_key: string
  readonly api_secret: string
  readonly request_token?: string
  readonly api_session?: string
}

/** Signs in at a broker of the sandbox and returns the one-time code. Rejects while a fault keeps people out. */
export async function codeFrom(
  { settings }: SandboxProcess,
  broker: SandboxBroker,
  apiKey: string,
  owner: string = owners[broker],
): Promise<string> {
  const code = await (broker === 'icici' ? iciciCode : zerodhaCode)(settings, apiKey, owner)
  if (!code) throw new Error(`${broker} gave no code.`)
  return code
}

async function iciciCode(
  settings: SandboxProcess['settings'],
  apiKey: string,
  owner: string,
): Promise<string | undefined> {
  const page = `${settings['ICICI_API_URL']}/apiuser/login?api_key=${apiKey}`
  const sent = await fetch(page, { method: 'POST', body: new URLSearchParams({ user_id: owner }) })
  return /name="API_Session" value="([^"]+)"/.exec(await sent.text())?.[1]
}

async function zerodhaCode(
  settings: SandboxProcess['settings'],
  apiKey: string,
  owner: string,
): Promise<string | null> {
  const body = new URLSearchParams({ api_key: apiKey, user_id: owner, redirect_params: '' })
  const init = { method: 'POST', body, redirect: 'manual' } as const
  const back = await fetch(`${settings['ZERODHA_API_URL']}/connect/finish`, init)
  await back.arrayBuffer()
  return new URL(back.headers.get('location') ?? '').searchParams.get('request_token')
}

/** Signs in at a broker with an app key, whose secret is known from it. */
export async function credentialsFrom(
  sandbox: SandboxProcess,
  broker: SandboxBroker,
  apiKey: string,
  owner?: string,
): Promise<SyncCredentials> {
  return credentialsOf(broker, apiKey, await codeFrom(sandbox, broker, apiKey, owner))
}

export function credentialsOf(broker: SandboxBroker, apiKey: string, code: string): SyncCredentials {
  const app = { api_key: apiKey, api_secret: `${apiKey}-secret` }
  return broker === 'icici' ? { ...app, api_session: code } : { ...app, request_token: code }
}

/** What a sync answers: figures of the book, or what went wrong. */
export interface SyncReply {
  readonly code?: string
  readonly broker?: string
  readonly holdings_count?: number
}

export interface Caller {
  readonly origin: string
  readonly token: string
}

/** Syncs with credentials that live for the call. */
export function syncOnce(
  { origin, token }: Caller,
  broker: SandboxBroker,
  credentials: SyncCredentials,
): Promise<Reply<SyncReply>> {
  const path = `/api/portfolio/${broker === 'icici' ? 'icici-sync' : 'sync'}`
  return call<SyncReply>(origin, path, { headers: bearer(token), json: credentials })
}

/** Syncs and stays connected. */
export function connect(
  { origin, token }: Caller,
  broker: SandboxBroker,
  credentials: SyncCredentials,
): Promise<Reply<SyncReply>> {
  return call<SyncReply>(origin, `/api/brokers/${broker}/connect`, { headers: bearer(token), json: credentials })
}

/** Syncs with the session that stayed connected. */
export function syncConnected({ origin, token }: Caller, broker: SandboxBroker): Promise<Reply<SyncReply>> {
  return call<SyncReply>(origin, `/api/brokers/${broker}/sync`, { headers: bearer(token), json: {} })
}
