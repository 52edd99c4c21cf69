import { join } from 'node:path'
import { Redis } from 'ioredis'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audience, startSsoIssuer } from '../../../apps/server/src/dialects/synapsewave/testing/sso-issuer.ts'
import {
  claimOwnRedis,
  createOwnDatabase,
  isPostgresMissing,
  isRedisMissing,
  type OwnService,
} from '../../shared-services.ts'
import { startEchoingGateway } from './echoing-gateway.ts'
import { findBrokenRecords, findTalkative } from './plain-errors.ts'
import { findSecrets, type Trace } from './secret-search.ts'
import { createSecretVault } from './secret-vault.ts'
import { type Breakage, travel } from './tour.ts'
import { accountTables, readKeys, shortTrace } from './traces.ts'
import { startWatchedServer, type WatchedServer } from './watched-server.ts'

const isMissing = (await isPostgresMissing(process.env)) || (await isRedisMissing(process.env))
let services: readonly OwnService[] = []
let client: pg.Client
let server: WatchedServer | undefined

beforeAll(async () => {
  if (isMissing) return
  services = await Promise.all([createOwnDatabase(process.env), claimOwnRedis(process.env)])
  client = new pg.Client({ connectionString: services[0]?.url })
  await client.connect()
})
afterAll(async () => {
  await server?.close()
  await client?.end()
  for (const service of services) await service.remove()
})

function breakage(): Breakage {
  const run = async (statement: string) => void (await client.query(statement))
  return {
    away: (table) => run(`alter table ${table} rename to ${table}_away`),
    back: (table) => run(`alter table ${table}_away rename to ${table}`),
  }
}

/** Returns the rows of every table of accounts as text. */
async function readRows(): Promise<readonly Trace[]> {
  const traces: Trace[] = []
  for (const table of accountTables) {
    const { rows } = await client.query<{ row: unknown }>(`select to_jsonb(t) as row from ${table} t`)
    traces.push(shortTrace(`rows of ${table}`, JSON.stringify(rows)))
  }
  return traces
}

/** Hears everything anybody says to the test's Redis, the publications too. */
async function listenTo(url: string) {
  const redis = new Redis(url)
  const monitor = await redis.monitor()
  const lines: string[] = []
  monitor.on('monitor', (_time: string, words: readonly string[]) => void lines.push(words.join(' ')))
  return {
    lines,
    stop() {
      monitor.disconnect()
      redis.disconnect()
    },
  }
}

describe.skipIf(isMissing || process.platform !== 'linux')('the secrets of a server with PostgreSQL and Redis', () => {
  it('are in no row, nothing said to Redis, no file, line, figure or reply', async () => {
    const [database, redis] = services
    const [sso, gateway] = [await startSsoIssuer(), await startEchoingGateway()]
    const heard = await listenTo(redis?.url ?? '')
    const vault = createSecretVault()
    server = await startWatchedServer(vault, {
      DATABASE_URL: database?.url ?? '',
      REDIS_URL: redis?.url ?? '',
      SSO_ISSUERS: JSON.stringify([{ issuer: sso.issuer, audience, jwksUri: sso.jwksUri }]),
      SMS_WEBHOOK_URL: `${gateway.url}/${vault.makeWord('token of the gateway')}`,
    })
    await travel(server, { sso, gateway }, breakage())
    expect(server.repeated()).toEqual([])
    expect(findTalkative(server.replies())).toEqual([])
    for (const { name, text } of readKeys(join(server.home, 'keys'))) vault.keep(name, text, 'home/keys/')
    const said = { place: 'Redis', bytes: Buffer.from(heard.lines.join('\n')), isShort: false }
    const traces = [...(await server.killAndCollect()), ...(await readRows()), said]
    heard.stop()
    await sso.close()
    await gateway.close()
    expect(findSecrets(vault.all(), traces)).toEqual([])
    expect(findBrokenRecords(server.output())).toEqual([])
    expect(heard.lines.length).toBeGreaterThan(5)
    expect(traces.find(({ place }) => place === 'rows of sessions')?.bytes.length).toBeGreaterThan(1_000)
  }, 300_000)
})
