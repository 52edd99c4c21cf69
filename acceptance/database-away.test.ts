import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { createStallingProxy, type StallingProxy } from '../apps/server/src/infra/cache/testing/stalling-proxy.ts'
import { ask, type Health } from './ask.ts'
import { type BanyanProcess, startBanyan, temporaryFolder } from './banyan-process.ts'
import { createOwnDatabase, isPostgresMissing, type OwnService } from './shared-services.ts'

const isMissing = await isPostgresMissing(process.env)
const home = temporaryFolder()
let database: OwnService
let relay: StallingProxy
let banyan: BanyanProcess

const health = (timeoutMs?: number) =>
  ask<Health>(banyan.origin, '/api/health', timeoutMs === undefined ? {} : { timeoutMs })

/** Every key of the contract's health report, those of one entry for each list. */
const contractKeys = [
  ...['status', 'time', 'version', 'uptime_s', 'database.connected', 'database.latency_ms'],
  ...['hits', 'misses', 'size', 'stampedes_collapsed'].map((key) => `cache.l1.${key}`),
  ...['configured', 'connected', 'hits', 'misses', 'size', 'stampedes_collapsed'].map((key) => `cache.l2.${key}`),
  ...['name', 'last_run', 'duration_ms', 'next_run', 'last_error'].map((key) => `warmers.0.${key}`),
  ...['name', 'state', 'last_success', 'circuit'].map((key) => `providers.0.${key}`),
  ...['feed.clients', 'feed.ticks_per_second'],
]

/** Reads what a monitor would while the way to PostgreSQL is cut or frozen. */
async function expectDown(): Promise<void> {
  const { status, body } = await vi.waitFor(async () => {
    const answer = await health(4_000) // the contract says 2 s; the rest is for a busy machine
    expect(answer.status).toBe(503)
    return answer
  }, 4_000)
  expect(status).toBe(503)
  expect(body).toMatchObject({ status: 'down', database: { connected: false, latency_ms: null } })
  for (const key of contractKeys) expect(body).toHaveProperty(key)
  const others = ['/livez', '/readyz', '/api/index/snapshot', '/api/quotes?symbols=TCS', '/api/movers']
  const answers = await Promise.all(others.map((path) => ask(banyan.origin, path, { timeoutMs: 4_000 })))
  expect(answers.map((answer) => answer.status)).toEqual([200, 503, 200, 200, 200])
}

async function expectHealed(): Promise<void> {
  await vi.waitFor(
    async () => {
      const { status, body } = await health()
      expect(status).toBe(200)
      expect(body.database.connected).toBe(true)
      expect((await ask(banyan.origin, '/readyz')).status).toBe(200)
      // The lead was lost with the connection that held it.
      expect(body.warmers.find(({ name }) => name === 'index_snapshot')?.next_run).not.toBeNull()
    },
    { timeout: 15_000, interval: 200 },
  )
  // A search of patterns that failed meanwhile is begun anew, and takes its time beside everything else.
  const isWell = async () => expect((await health()).body.status).toBe('ok')
  await vi.waitFor(isWell, { timeout: 90_000, interval: 500 })
  const candles = await ask<{ candles: unknown[] }>(banyan.origin, '/api/candles/NSE:INFY?interval=5minute')
  expect(candles.status).toBe(200)
  expect(candles.body.candles.length).toBeGreaterThan(50)
}

beforeAll(async () => {
  if (isMissing) return
  database = await createOwnDatabase(process.env)
  relay = await createStallingProxy(database.url)
  const through = new URL(database.url)
  through.host = new URL(relay.url).host
  banyan = await startBanyan({
    BANYAN_HOME: home.path,
    DATABASE_URL: through.href,
    REPLAY_START: '15:45',
    REPLAY_LOOP: 'off',
    RATE_LIMIT: 'off',
  })
}, 120_000)

afterEach(() => {
  relay?.restore()
  relay?.thaw()
})
afterAll(async () => {
  await banyan?.stop('SIGKILL')
  await relay?.close()
  await database?.remove()
  home.remove()
})

describe.skipIf(isMissing)('a server whose PostgreSQL', () => {
  it('is there is well', async () => {
    await expectHealed()
    expect((await health()).body.database.connected).toBe(true)
  })

  it('is gone says so within 2 s, with every key, goes on showing prices, and heals', async () => {
    relay.cut()
    await expectDown()
    relay.restore()
    await expectHealed()
    expect((await health()).body.database.connected).toBe(true)
  }, 150_000)

  it('is gone answers what it cannot know with 503 unavailable', async () => {
    relay.cut()
    const path = '/api/candles/NSE:ITC?interval=5minute'
    const { status, headers, body } = await ask<{ code: string }>(banyan.origin, path)
    expect({ status, code: body.code }).toEqual({ status: 503, code: 'unavailable' })
    expect(headers.get('retry-after')).toMatch(/^[1-9]\d*$/)
  })

  it('is frozen says so within 2 s, with every key, goes on showing prices, and heals', async () => {
    relay.freeze()
    await expectDown()
    relay.thaw()
    await expectHealed()
    expect((await health()).body.database.connected).toBe(true)
  }, 150_000)
})
