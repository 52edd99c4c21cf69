import { dirname } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { temporaryFolder } from '../banyan-process.ts'
import { bearer, call } from '../identity/call.ts'
import { findBrokenRecords } from '../identity/canary/plain-errors.ts'
import { findSecrets } from '../identity/canary/secret-search.ts'
import { createSecretVault, type SecretVault } from '../identity/canary/secret-vault.ts'
import { readFolder, readRows } from '../identity/canary/traces.ts'
import { startWatchedServer, type WatchedServer } from '../identity/canary/watched-server.ts'
import {
  type OverheardBrokers,
  registerOne,
  startOverheardBrokers,
  syncOften,
  syncWithCanaries,
} from './canary-syncs.ts'

/** So many that each fault strikes once. A release runs a thousand: CANARY_SYNCS=1000. */
const syncs = Number(process.env['CANARY_SYNCS'] ?? 66)
/** ICICI permits a sync in three seconds. */
const iciciSyncs = Math.ceil(syncs / 8)

let home = temporaryFolder()
let brokers: OverheardBrokers | undefined
let server: WatchedServer | undefined
afterEach(async () => {
  await server?.close()
  await brokers?.close()
  home.remove()
  home = temporaryFolder()
})

async function start(vault: SecretVault, environment: Readonly<Record<string, string>> = {}) {
  brokers = await startOverheardBrokers(vault, home.path)
  server = await startWatchedServer(vault, { ...brokers.settings, ...environment })
  return { brokers, server, vault }
}

describe.skipIf(process.platform !== 'linux')('secrets of brokers', () => {
  it(
    `B1: are in no file, row, line, figure or reply after ${syncs} syncs that went well and wrong and the server was killed`,
    async () => {
      const vault = createSecretVault()
      const admin = vault.makeWord('admin secret')
      const parts = await start(vault, { ICICI_ADMIN_SECRET: admin })
      const synced = await Promise.all([
        syncOften(parts, 'zerodha', syncs - iciciSyncs),
        syncOften(parts, 'icici', iciciSyncs),
      ])
      await makeMistakes(parts.server, vault, admin)

      const statuses = new Set(synced.flatMap(({ statuses: own }) => own))
      expect([...statuses].sort((a, b) => a - b)).toEqual([200, 422, 502, 503, 504])
      expect(synced.map(({ statuses: [first] }) => first)).toEqual([200, 200])
      expect(parts.server.repeated()).toEqual([])
      const traces = await parts.server.killAndCollect()
      const replies = synced.flatMap((one) => one.replies)
      expect(findSecrets(vault.all(), [...traces, ...replies, ...readRows(parts.server.home)])).toEqual([])
      expect(findBrokenRecords(parts.server.output())).toEqual([])
      const names = vault.all().map(({ name }) => name)
      for (const name of ['api_key', 'api_secret', 'code'])
        expect(names.filter((one) => one === name)).toHaveLength(syncs)
      for (const name of ['access_token', 'session_token']) expect(names).toContain(name)
      for (const place of ['home/banyan.db', 'home/banyan.db-wal', 'output', 'metrics', 'title'])
        expect(traces.map((trace) => trace.place)).toContain(place)
    },
    60_000 + syncs * 3_000,
  )

  it('B1, B5: are in no file, and no core is, after SIGABRT while sessions are connected', async () => {
    const vault = createSecretVault()
    const parts = await start(vault)
    const person = await registerOne(parts.server.origin, 'abort')
    const reply = await syncWithCanaries(parts, { person, broker: 'zerodha', turn: 1 })
    expect(reply.status).toBe(200)
    process.kill(parts.server.pid, 'SIGABRT')
    await vi.waitFor(() => expect(() => process.kill(parts.server.pid, 0)).toThrow('ESRCH'), { timeout: 20_000 })
    const traces = readFolder('left', dirname(parts.server.home))
    expect(traces.map(({ place }) => place).filter((place) => /\bcore(\.\d+)?$/.test(place))).toEqual([])
    expect(findSecrets(vault.all(), traces)).toEqual([])
    expect(traces.map(({ place }) => place)).toContain('left/home/banyan.db')
  }, 120_000)

  it('B2: are found when they are let out, so that the search above can fail', async () => {
    const leak = new URL('../identity/canary/leaking.child.ts', import.meta.url)
    const vault = createSecretVault()
    const parts = await start(vault, { NODE_OPTIONS: `--import ${leak.href}` })
    const person = await registerOne(parts.server.origin, 'leak')
    await syncWithCanaries(parts, { person, broker: 'zerodha', turn: 0 })
    const found = findSecrets(vault.all(), await parts.server.killAndCollect())
    expect(found.map(({ secret }) => secret)).toEqual(expect.arrayContaining(['api_key', 'api_secret', 'code']))
    const places = new Set(found.map(({ place }) => place))
    for (const place of ['home/banyan.db-wal', 'home/outbox/leak.eml decoded', 'metrics', 'output', 'temp/scratch'])
      expect([...places]).toContain(place)
  }, 120_000)
})

/** Secrets in the wrong place, or of nobody. */
async function makeMistakes({ origin, say }: WatchedServer, vault: SecretVault, admin: string): Promise<void> {
  const { token } = await registerOne(origin, 'mistakes')
  await say(403, '/api/icici/activate', { json: { secret: vault.makeWord('wrong admin secret') } })
  const json = { secret: admin, api_session: vault.makeWord('session code') }
  await say(503, '/api/icici/activate', { json })
  await say(400, '/api/portfolio/sync', {
    headers: bearer(token),
    json: { api_key: vault.makeWord('key alone'), api_secret: [vault.makeWord('secret in a list')] },
  })
  const callback = `/api/brokers/zerodha/callback?request_token=${vault.makeWord('code in an address')}&state=x`
  expect((await call(origin, callback)).status).toBe(303)
}
