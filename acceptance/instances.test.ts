import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { anyAddress, ask, type Health } from './ask.ts'
import { type BanyanProcess, startBanyan, temporaryFolder } from './banyan-process.ts'
import { runImportCommand } from './data/import-command.ts'
import { inventCandles, writeCandles } from './invented-candles.ts'
import {
  claimOwnRedis,
  createOwnDatabase,
  isPostgresMissing,
  isRedisMissing,
  type OwnService,
} from './shared-services.ts'

const isMissing = (await isPostgresMissing(process.env)) || (await isRedisMissing(process.env))
const folders = { first: temporaryFolder(), second: temporaryFolder(), files: temporaryFolder() }
/** What an import changes is seen everywhere within 5 s, lost messages or not. */
const withinFiveSeconds = { timeout: 5_000, interval: 100 }
let services: readonly OwnService[] = []
let first: BanyanProcess
let second: BanyanProcess

const health = async ({ origin }: BanyanProcess) => (await ask<Health>(origin, '/api/health')).body

/** A warmer that runs on the leader has no next run anywhere else. */
const leads = async (banyan: BanyanProcess) =>
  (await health(banyan)).warmers.find(({ name }) => name === 'index_snapshot')?.next_run !== null

const whoLeads = () => Promise.all([leads(first), leads(second)])

const importThrough = (home: string, file: string) =>
  runImportCommand({ BANYAN_HOME: home }, ['--source', 'invented', join(folders.files.path, file)])

const closesOf = async ({ origin }: BanyanProcess) => {
  const path = '/api/candles/NSE:INVENTED?interval=day'
  const { status, body } = await ask<{ candles: { close: number }[] }>(origin, path, { from: anyAddress() })
  return status === 200 ? body.candles.map(({ close }) => close) : status
}

beforeAll(async () => {
  if (isMissing) return
  const [database, redis] = await Promise.all([createOwnDatabase(process.env), claimOwnRedis(process.env)])
  services = [database, redis]
  const environment = {
    DATABASE_URL: database.url,
    KEYS_FOLDER: join(folders.first.path, 'keys'),
    REDIS_URL: redis.url,
    REPLAY_START: '15:45', // after the close: prices stand still and can be compared
    REPLAY_LOOP: 'off',
    TRUST_PROXY: '127.0.0.1',
  }
  first = await startBanyan({ ...environment, BANYAN_HOME: folders.first.path })
  second = await startBanyan({ ...environment, BANYAN_HOME: folders.second.path })
}, 120_000)

afterAll(async () => {
  await Promise.all([first?.stop('SIGKILL'), second?.stop('SIGKILL')])
  for (const service of services) await service.remove()
  for (const folder of Object.values(folders)) folder.remove()
})

describe.skipIf(isMissing)('two servers on one PostgreSQL and one Redis', () => {
  it('both see the shared cache, and exactly one leads', async () => {
    for (const banyan of [first, second]) {
      await vi.waitFor(async () => expect((await health(banyan)).cache.l2.connected).toBe(true), 10_000)
    }
    await vi.waitFor(async () => expect(await whoLeads()).toContain(true), 10_000)
    expect((await whoLeads()).filter(Boolean)).toHaveLength(1)
    const each = (await health(second)).warmers.find(({ name }) => name === 'instrument_index')
    expect(each?.next_run).not.toBeNull()
  })

  it('show the same prices', async () => {
    interface Snapshot {
      readonly nifty_price: number | null
      readonly banknifty_price: number | null
      readonly sensex_price: number | null
      readonly sectors: readonly { readonly name: string; readonly change: number | null }[]
    }
    const prices = async ({ origin }: BanyanProcess) => {
      const { body } = await ask<Snapshot>(origin, '/api/index/snapshot')
      const { nifty_price, banknifty_price, sensex_price, sectors } = body
      return { nifty_price, banknifty_price, sensex_price, sectors: sectors.map((one) => [one.name, one.change]) }
    }
    const [one, other] = await Promise.all([prices(first), prices(second)])
    expect(one.nifty_price).toBeGreaterThan(10_000)
    expect(one.sectors.length).toBeGreaterThanOrEqual(10)
    expect(other).toEqual(one)
  })

  it('count the requests of an address together', async () => {
    const from = anyAddress()
    const statuses: number[] = []
    for (let i = 0; i < 120; i++) {
      const { origin } = i % 2 === 0 ? first : second
      statuses.push((await ask(origin, '/api/quotes?symbols=TCS', { from })).status)
    }
    expect(new Set(statuses)).toEqual(new Set([200]))
    for (const { origin } of [first, second]) {
      const refused = await ask<{ code: string }>(origin, '/api/quotes?symbols=TCS', { from })
      expect(refused).toMatchObject({ status: 429, body: { code: 'rate_limited' } })
      expect(refused.headers.get('retry-after')).toMatch(/^([1-9]|[1-5]\d|60)$/)
      expect((await ask(origin, '/api/quotes?symbols=TCS', { from: anyAddress() })).status).toBe(200)
    }
  })

  it('let exactly as many of 40 parallel requests pass as are left, over both together', async () => {
    const from = anyAddress()
    for (let i = 0; i < 110; i++) await ask(first.origin, '/api/quotes?symbols=TCS', { from })
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        ask(i % 2 === 0 ? first.origin : second.origin, '/api/quotes?symbols=TCS', { from }),
      ),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(30)
  })

  it('see a new share within 5 s of its import through the other', async () => {
    writeCandles(join(folders.files.path, 'old.csv'), 'INVENTED', inventCandles(300, 100, '2021-05-28'))
    expect(await importThrough(folders.first.path, 'old.csv')).toMatchObject({ code: 0 })
    expect(await closesOf(first)).toHaveLength(300)
    await vi.waitFor(async () => expect(await closesOf(second)).toHaveLength(300), withinFiveSeconds)
  })

  it('see new candles of a share they had cached within 5 s of the import through the other', async () => {
    const expected = [...inventCandles(300, 100, '2021-05-28'), ...inventCandles(5, 103, '2021-06-04')]
    expect(await closesOf(second)).toHaveLength(300)
    writeCandles(join(folders.files.path, 'new.csv'), 'INVENTED', inventCandles(5, 103, '2021-06-04'))
    expect(await importThrough(folders.first.path, 'new.csv')).toMatchObject({ code: 0 })
    const closes = expected.map(({ close }) => close)
    expect(await closesOf(first)).toEqual(closes)
    await vi.waitFor(async () => expect(await closesOf(second)).toEqual(closes), withinFiveSeconds)
  })

  it('lose the leader without a failed answer, and the other leads within 10 s', async () => {
    const [leader, other] = (await leads(first)) ? [first, second] : [second, first]
    const statuses: number[] = []
    let isOver = false
    const clients = ['/api/index/snapshot', '/api/movers', '/api/instruments?q=tcs', '/readyz'].map(async (path) => {
      while (!isOver) statuses.push((await ask(other.origin, path, { from: anyAddress() })).status)
    })
    await leader.stop('SIGKILL')
    try {
      await vi.waitFor(async () => expect(await leads(other)).toBe(true), { timeout: 12_000, interval: 200 })
    } finally {
      isOver = true
    }
    await Promise.all(clients)
    expect(statuses.length).toBeGreaterThan(10)
    expect(new Set(statuses)).toEqual(new Set([200]))
    expect(await health(other)).toMatchObject({ status: 'ok', cache: { l2: { connected: true } } })
  })
})
