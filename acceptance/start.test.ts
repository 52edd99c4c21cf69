import { statSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type BanyanProcess, freePort, launchBanyan, startBanyan, temporaryFolder } from './banyan-process.ts'

interface SnapshotReply {
  nifty_price: number | null
  sensex_price: number | null
  banknifty_price: number | null
  sectors: { name: string; change: number | null; delay: string }[]
  signals: unknown[]
  indices: Record<
    'nifty' | 'banknifty' | 'sensex',
    { last_price: number; as_of: string; age_ms: number; delay: string; source: string }
  >
  market: { is_open: boolean; state: string; as_of_ist: string; mode: string; recorded_date: string }
  disclaimer: string
}

async function getJson<T>(banyan: BanyanProcess, path: string): Promise<{ status: number; headers: Headers; body: T }> {
  const response = await fetch(banyan.origin + path)
  return { status: response.status, headers: response.headers, body: (await response.json()) as T }
}

describe('a fresh start', () => {
  const home = temporaryFolder()
  /** After the close, so that prices stand still and can be compared across a restart. */
  const environment = { BANYAN_HOME: home.path, REPLAY_START: '15:45', REPLAY_LOOP: 'off' }
  let banyan: BanyanProcess

  beforeAll(async () => {
    banyan = await startBanyan(environment)
  })
  afterAll(async () => {
    await banyan.stop('SIGKILL')
    home.remove()
  })

  it('shows real prices of the recorded day, labelled as replay', async () => {
    const { status, headers, body } = await getJson<SnapshotReply>(banyan, '/api/index/snapshot')
    expect(status).toBe(200)
    expect(headers.get('x-banyan-market')).toContain('2021-06-09')
    expect(body.nifty_price).toBeCloseTo(15635.35, 2)
    expect(body.indices.nifty).toMatchObject({ delay: 'replay', source: 'replay' })
    expect(body.indices.nifty.as_of).toMatch(/^2021-06-09T15:30/)
    expect(body.sensex_price).toBeGreaterThan(50_000)
    expect(body.market).toMatchObject({ is_open: false, mode: 'replay', recorded_date: '2021-06-09' })
    expect(body.sectors.length).toBeGreaterThanOrEqual(10)
    expect(body.signals).toEqual([])
    expect(body.disclaimer).toContain('not registered with SEBI')
  })

  it('answers quotes, search, candles, movers and health', async () => {
    const quotes = await getJson<{ quotes: Record<string, { last_price: number }>; missing: string[] }>(
      banyan,
      '/api/quotes?symbols=tcs,NSE:M%26M,NSE:NOPE',
    )
    expect(Object.keys(quotes.body.quotes)).toEqual(['NSE:TCS', 'NSE:M&M'])
    expect(quotes.body.missing).toEqual(['NSE:NOPE'])
    const search = await getJson<{ instruments: { instrument: string }[] }>(banyan, '/api/instruments?q=infos')
    expect(search.body.instruments[0]?.instrument).toBe('NSE:INFY')
    const candles = await getJson<{ candles: { time: string; close: number }[] }>(
      banyan,
      '/api/candles/NSE:TCS?interval=day',
    )
    expect(candles.body.candles.at(-1)?.time).toBe('2021-06-09')
    expect(candles.body.candles.length).toBeGreaterThan(2_400)
    const movers = await getJson<{ gainers: unknown[]; losers: unknown[] }>(banyan, '/api/movers')
    expect(movers.body.gainers).toHaveLength(10)
    const health = await getJson<{ status: string; database: { connected: boolean } }>(banyan, '/api/health')
    expect(health.body).toMatchObject({ status: 'ok', database: { connected: true } })
  })

  it('answers the same after kill -9 and restart, without importing again', async () => {
    const before = await getJson<SnapshotReply>(banyan, '/api/index/snapshot')
    await banyan.stop('SIGKILL')
    banyan = await startBanyan(environment)
    const after = await getJson<SnapshotReply>(banyan, '/api/index/snapshot')
    const prices = ({ nifty_price, banknifty_price, sensex_price, sectors }: SnapshotReply) => ({
      nifty_price,
      banknifty_price,
      sensex_price,
      sectors: sectors.map(({ name, change }) => ({ name, change })),
    })
    expect(prices(after.body)).toEqual(prices(before.body))
  })

  it('keeps its folder and files to itself', () => {
    expect(statSync(home.path).mode & 0o777).toBe(0o700)
    expect(statSync(join(home.path, 'banyan.db')).mode & 0o777).toBe(0o600)
    expect(statSync(join(home.path, 'control.sock')).mode & 0o777).toBe(0o600)
  })

  it('refuses a second server on the same data folder with exit code 2, naming folder and process', async () => {
    const second = await launchBanyan(environment)
    expect(await second.exited).toBe(2)
    expect(second.output()).toContain(home.path)
    expect(second.output()).toContain(String(banyan.pid))
  })

  it('stops cleanly on SIGTERM with exit code 0', async () => {
    expect(await banyan.stop('SIGTERM')).toBe(0)
  })
})

describe('a start that cannot succeed', () => {
  const home = temporaryFolder()
  afterAll(() => home.remove())
  let running: BanyanProcess | null = null
  afterEach(async () => {
    await running?.stop('SIGKILL')
  })

  it('reports every configuration problem at once, exit code 78, without values', async () => {
    running = await launchBanyan({
      BANYAN_HOME: home.path,
      PORT: 'canary-port',
      HOST: 'canary.example',
      MARKET: 'canary',
      REDIS_URL: 'canary',
      LOG_LEVEL: 'canary',
    })
    expect(await running.exited).toBe(78)
    for (const name of ['PORT', 'HOST', 'MARKET', 'REDIS_URL', 'LOG_LEVEL'])
      expect(running.output()).toContain(`${name} must be`)
    expect(running.output()).not.toContain('canary')
  })

  it('says in one sentence that the port is taken', async () => {
    const port = await freePort()
    const holder = createServer()
    await new Promise<void>((resolve) => holder.listen(port, '127.0.0.1', resolve))
    running = await launchBanyan({ BANYAN_HOME: home.path, PORT: String(port) })
    expect(await running.exited).toBe(1)
    expect(running.output()).toContain(`Port ${port} is taken`)
    expect(running.output()).not.toContain('at Server')
    await new Promise((resolve) => holder.close(resolve))
  })
})
