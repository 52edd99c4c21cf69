import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createStallingProxy, type StallingProxy } from '../apps/server/src/infra/cache/testing/stalling-proxy.ts'
import { anyAddress, ask, type Health } from './ask.ts'
import { type BanyanProcess, startBanyan, temporaryFolder } from './banyan-process.ts'
import { claimOwnRedis, isRedisMissing, type OwnService } from './shared-services.ts'

const isMissing = await isRedisMissing(process.env)
const home = temporaryFolder()
let redis: OwnService
let relay: StallingProxy
let banyan: BanyanProcess

/** Every route a stranger may ask, among them one that reads candles nobody has cached. */
const routes = [
  '/api/index/snapshot',
  '/api/quotes?symbols=TCS,INFY',
  '/api/candles/NSE:TCS?interval=day',
  '/api/candles/NSE:INFY?interval=5minute',
  '/api/instruments?q=tcs',
  '/api/movers',
  '/livez',
  '/readyz',
]

/** The bound is 250 ms for one wait on Redis; a request waits at most for the limits and, cold, for the cache. */
const longestAnswerMs = 2_000

const health = () => ask<Health>(banyan.origin, '/api/health', { from: anyAddress() })

const becomes = (status: Health['status']) =>
  vi.waitFor(async () => expect((await health()).body.status).toBe(status), { timeout: 10_000, interval: 200 })

async function expectEverythingAnswers(): Promise<void> {
  for (let round = 0; round < 3; round++) {
    const answers = await Promise.all(routes.map((path) => ask(banyan.origin, path, { from: anyAddress() })))
    expect(answers.map(({ status }) => status)).toEqual(routes.map(() => 200))
    expect(Math.max(...answers.map(({ ms }) => ms))).toBeLessThan(longestAnswerMs)
  }
}

async function expectLimitHolds(): Promise<void> {
  const from = anyAddress()
  const quotes = () => ask<{ code?: string }>(banyan.origin, '/api/quotes?symbols=TCS', { from })
  const statuses: number[] = []
  for (let i = 0; i < 120; i++) statuses.push((await quotes()).status)
  expect(new Set(statuses)).toEqual(new Set([200]))
  const refused = await quotes()
  expect(refused).toMatchObject({ status: 429, body: { code: 'rate_limited' } })
  expect(refused.headers.get('retry-after')).toMatch(/^([1-9]|[1-5]\d|60)$/)
}

beforeAll(async () => {
  if (isMissing) return
  redis = await claimOwnRedis(process.env)
  relay = await createStallingProxy(redis.url)
  const through = new URL(redis.url)
  through.host = new URL(relay.url).host
  banyan = await startBanyan({
    BANYAN_HOME: home.path,
    REDIS_URL: through.href,
    REPLAY_START: '15:45',
    REPLAY_LOOP: 'off',
    TRUST_PROXY: '127.0.0.1',
  })
}, 120_000)

afterAll(async () => {
  await banyan?.stop('SIGKILL')
  await relay?.close()
  await redis?.remove()
  home.remove()
})

describe.skipIf(isMissing)('a server whose Redis', () => {
  it('is well, is well', async () => {
    await becomes('ok')
    expect((await health()).body.cache.l2).toMatchObject({ configured: true, connected: true })
    await expectEverythingAnswers()
  })

  it('is frozen answers everything in time, says degraded with 200 and limits by itself', async () => {
    relay.freeze()
    await expectEverythingAnswers()
    await becomes('degraded')
    const answer = await health()
    expect(answer).toMatchObject({ status: 200, body: { database: { connected: true } } })
    expect(answer.body.cache.l2).toMatchObject({ configured: true, connected: false })
    await expectLimitHolds()
    await expectEverythingAnswers()
  })

  it('has thawed is well again', async () => {
    relay.thaw()
    await becomes('ok')
    await expectEverythingAnswers()
    expect((await health()).body.cache.l2.connected).toBe(true)
  })

  it('is gone answers everything in time, says degraded with 200 and limits by itself', async () => {
    relay.cut()
    await becomes('degraded')
    expect((await health()).status).toBe(200)
    await expectEverythingAnswers()
    await expectLimitHolds()
  })

  it('has come back is well again', async () => {
    relay.restore()
    await becomes('ok')
    await expectEverythingAnswers()
    await expectLimitHolds()
    expect((await health()).body.cache.l2.connected).toBe(true)
  })
})
