import type { LoginReply } from '@banyan/contracts'
import { afterEach, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../banyan-process.ts'
import { bearer, call } from '../identity/call.ts'
import { findBrokenRecords } from '../identity/canary/plain-errors.ts'
import { findSecrets } from '../identity/canary/secret-search.ts'
import { createSecretVault, type SecretVault } from '../identity/canary/secret-vault.ts'
import { readRows } from '../identity/canary/traces.ts'
import { startWatchedServer, type WatchedServer } from '../identity/canary/watched-server.ts'
import { goodPassword } from '../identity/people.ts'
import { type SandboxProcess, startSandboxProcess } from './sandbox-process.ts'

/** How often each broker is synced. A release runs a thousand: CANARY_SYNCS=1000. */
const syncs = Number(process.env['CANARY_SYNCS'] ?? 40)
/** Of an account within a minute. */
const syncsPerAccount = 5

/** Every way a broker goes wrong that has words or bytes of its own. */
const faults = [
  'echo_secret',
  'status:400:InputException',
  'status:403:TokenException',
  'status:500',
  'html:200',
  'html:502',
  'garbage',
  'truncate',
  'wrong_type',
  'reset',
  'revoke',
] as const
/** Two of three syncs go well: more faults than that open the breaker, and nothing reaches the broker. */
const faultOf = (i: number) => (i % 3 === 2 ? (faults[Math.floor(i / 3) % faults.length] ?? null) : null)

const home = temporaryFolder()
let sandbox: SandboxProcess | undefined
let server: WatchedServer | undefined
afterEach(async () => {
  await server?.close()
  await sandbox?.stop()
  home.remove()
})

describe.skipIf(process.platform !== 'linux')('secrets of brokers', () => {
  it('B1: are in no file, row, line, figure or reply after syncs that went well and wrong and the server was killed', async () => {
    const vault = createSecretVault()
    sandbox = await startSandboxProcess({ banyanUrl: 'http://localhost:8080', folder: home.path })
    const { MARKET: _live, ...addresses } = sandbox.settings
    const admin = vault.makeWord('admin secret')
    server = await startWatchedServer(vault, { ...addresses, MARKET: 'replay', ICICI_ADMIN_SECRET: admin })
    const statuses = new Map<number, number>()
    let token = ''
    for (let i = 0; i < syncs; i++) {
      if (i % syncsPerAccount === 0) token = await register(server.origin, i)
      const broker = i % 10 === 9 ? 'icici' : 'zerodha'
      const status = await syncOnce({ server, sandbox, vault, token, broker, fault: faultOf(i) })
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
    await server.say(403, '/api/icici/activate', { json: { secret: vault.makeWord('wrong admin secret') } })
    await server.say(503, '/api/icici/activate', {
      json: { secret: admin, api_session: vault.makeWord('session code') },
    })
    await server.say(400, '/api/portfolio/sync', {
      headers: bearer(token),
      json: { api_key: vault.makeWord('key alone'), api_secret: [vault.makeWord('secret in a list')] },
    })
    const callback = `/api/brokers/zerodha/callback?request_token=${vault.makeWord('code in an address')}&state=x`
    expect((await call(server.origin, callback)).status).toBe(303)

    expect(statuses.get(200) ?? 0).toBeGreaterThan(2)
    expect([...statuses.keys()].filter((status) => status >= 400).length).toBeGreaterThan(1)
    expect(server.repeated()).toEqual([])
    const traces = await server.killAndCollect()
    const rows = readRows(server.home)
    expect(findSecrets(vault.all(), [...traces, ...rows])).toEqual([])
    expect(findBrokenRecords(server.output())).toEqual([])
    expect(vault.all().length).toBeGreaterThan(syncs * 3)
    for (const place of ['home/banyan.db', 'home/banyan.db-wal', 'output', 'metrics'])
      expect(traces.map((trace) => trace.place)).toContain(place)
  }, 600_000)

  it('B2: are found when they are let out, so that the search above can fail', async () => {
    const vault = createSecretVault()
    const leak = new URL('../identity/canary/leaking.child.ts', import.meta.url)
    sandbox = await startSandboxProcess({ banyanUrl: 'http://localhost:8080', folder: home.path })
    const { MARKET: _live, ...addresses } = sandbox.settings
    const spill = { NODE_OPTIONS: `--import ${leak.href}` }
    server = await startWatchedServer(vault, { ...addresses, MARKET: 'replay', ...spill })
    const token = await register(server.origin, 0)
    await syncOnce({ server, sandbox, vault, token, broker: 'zerodha', fault: null })
    const found = findSecrets(vault.all(), await server.killAndCollect())
    expect(found.map(({ secret }) => secret)).toEqual(expect.arrayContaining(['api_key', 'api_secret', 'code']))
  }, 120_000)
})

async function register(origin: string, i: number): Promise<string> {
  const json = { email: `canary${i}@example.com`, password: goodPassword }
  return (await call<LoginReply>(origin, '/api/auth/register', { json })).body.access
}

async function syncOnce(parts: {
  readonly server: WatchedServer
  readonly sandbox: SandboxProcess
  readonly vault: SecretVault
  readonly token: string
  readonly broker: 'zerodha' | 'icici'
  readonly fault: string | null
}): Promise<number> {
  const { server: watched, sandbox: brokers, vault, token, broker, fault } = parts
  const apiKey = vault.makeWord('api_key')
  const apiSecret = vault.choose('api_secret', `${apiKey}-secret`)
  const code = vault.choose('code', await codeOf(brokers, broker, apiKey))
  if (fault !== null) await brokers.control(broker, 'faults', { fault, count: 4 })
  const [path, field] = broker === 'icici' ? ['icici-sync', 'api_session'] : ['sync', 'request_token']
  const json = { api_key: apiKey, api_secret: apiSecret, [field]: code }
  const reply = await call<object>(watched.origin, `/api/portfolio/${path}`, { headers: bearer(token), json })
  if (fault !== null) await clearFaults(brokers, broker)
  const again = findSecrets(vault.all(), [{ place: 'reply', bytes: Buffer.from(reply.text), isShort: true }])
  expect([fault, again]).toEqual([fault, []])
  return reply.status
}

async function codeOf({ settings }: SandboxProcess, broker: 'zerodha' | 'icici', apiKey: string): Promise<string> {
  if (broker === 'icici') {
    const page = `${settings['ICICI_API_URL']}/apiuser/login?api_key=${apiKey}`
    const html = await (
      await fetch(page, { method: 'POST', body: new URLSearchParams({ user_id: 'BANYAN02' }) })
    ).text()
    return /name="API_Session" value="([^"]+)"/.exec(html)?.[1] ?? ''
  }
  const body = new URLSearchParams({ api_key: apiKey, user_id: 'CD5678', redirect_params: '' })
  const init = { method: 'POST', body, redirect: 'manual' } as const
  const back = await fetch(`${settings['ZERODHA_API_URL']}/connect/finish`, init)
  return new URL(back.headers.get('location') ?? '').searchParams.get('request_token') ?? ''
}

async function clearFaults({ settings }: SandboxProcess, broker: 'zerodha' | 'icici'): Promise<void> {
  const base = settings[broker === 'icici' ? 'ICICI_API_URL' : 'ZERODHA_API_URL']
  await fetch(`${base}/_sandbox/faults`, { method: 'DELETE' })
}
