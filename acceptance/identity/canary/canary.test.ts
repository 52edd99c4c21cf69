import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { audience, startSsoIssuer } from '../../../apps/server/src/dialects/synapsewave/testing/sso-issuer.ts'
import { startEchoingGateway } from './echoing-gateway.ts'
import { findBrokenRecords, findTalkative } from './plain-errors.ts'
import { findSecrets } from './secret-search.ts'
import { createSecretVault } from './secret-vault.ts'
import { type Breakage, travel } from './tour.ts'
import { arrive, signInAndRefresh } from './tour-accounts.ts'
import type { Outside } from './tour-outside.ts'
import { readKeys, readRows } from './traces.ts'
import { startWatchedServer, type WatchedServer } from './watched-server.ts'

let outside: Outside
let server: WatchedServer | undefined

beforeAll(async () => {
  outside = { sso: await startSsoIssuer(), gateway: await startEchoingGateway() }
})
afterEach(async () => {
  await server?.close()
  server = undefined
})
afterAll(async () => {
  await outside.sso.close()
  await outside.gateway.close()
})

function breakageOf(home: string): Breakage {
  const run = async (statement: string) => {
    const connection = new DatabaseSync(join(home, 'banyan.db'), { timeout: 5_000 })
    connection.exec(statement)
    connection.close()
  }
  return {
    away: (table) => run(`alter table ${table} rename to ${table}_away`),
    back: (table) => run(`alter table ${table}_away rename to ${table}`),
  }
}

describe.skipIf(process.platform !== 'linux')('the secrets of a server', () => {
  it('are in no file, line, figure or reply after every way in was gone right and wrong and the server was killed', async () => {
    const vault = createSecretVault()
    const { issuer, jwksUri } = outside.sso
    server = await startWatchedServer(vault, {
      SSO_ISSUERS: JSON.stringify([{ issuer, audience, jwksUri }]),
      SMS_WEBHOOK_URL: `${outside.gateway.url}/send?token=${vault.makeWord('token of the gateway')}`,
      SMS_WEBHOOK_SECRET: vault.make('secret of the gateway'),
    })
    await travel(server, outside, breakageOf(server.home))
    expect(server.repeated()).toEqual([])
    expect(findTalkative(server.replies())).toEqual([])
    for (const { name, text } of readKeys(join(server.home, 'keys'))) vault.keep(name, text, 'home/keys/')

    const traces = await server.killAndCollect()
    expect(findSecrets(vault.all(), [...traces, ...readRows(server.home)])).toEqual([])
    expect(findBrokenRecords(server.output())).toEqual([])
    const places = traces.map(({ place }) => place)
    for (const place of ['home/banyan.db', 'home/banyan.db-wal', 'home/banyan.db-shm', 'output', 'metrics', 'title'])
      expect(places).toContain(place)
    expect(outside.gateway.received().join()).toMatch(/"text":"\d{4} /)
    expect(vault.all().length).toBeGreaterThan(200)
    expect(server.replies().length).toBeGreaterThan(200)
  }, 300_000)

  it('are found when a build lets them out: in each place that is searched', async () => {
    const vault = createSecretVault()
    const leak = new URL('leaking.child.ts', import.meta.url)
    server = await startWatchedServer(vault, { NODE_OPTIONS: `--import ${leak.href}` })
    await signInAndRefresh(server, await arrive(server))
    const found = [...server.repeated(), ...findSecrets(vault.all(), await server.killAndCollect())]
    const places = new Set(found.map(({ place }) => place.replace(/ \d.*/, '')))
    const leaks = ['home/banyan.db-wal', 'home/debug', 'home/outbox/leak.eml decoded', 'metrics']
    for (const place of [...leaks, 'output', 'reply', 'temp/scratch', 'title', 'work/trace.json'])
      expect(places).toContain(place)
    const forms = found.map(({ form }) => form)
    for (const form of ['raw', 'raw of JSON', 'URL of JSON', 'JSON in JSON', 'hex', 'reversed of JSON'])
      expect(forms).toContain(form)
  }, 300_000)
})
