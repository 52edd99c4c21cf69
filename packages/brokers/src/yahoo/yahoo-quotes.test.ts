import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type InstrumentId, parseTimestamp } from '@banyan/domain'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createUpstreamPort } from '../http/create-upstream-port.ts'
import type { UpstreamPort } from '../http/upstream-port.ts'
import { describeQuoteSource } from '../quote-source.suite.ts'
import { createYahooQuotes, fetchDailyBars, yahooLimits, yahooOperations, yahooPlaces } from './index.ts'
import { chartOf } from './testing/invented-charts.ts'

const startedAt = parseTimestamp('2026-03-12T11:42:07+05:30') ?? 0
const asked: string[] = []
let status = 200
const server = createServer((request, response) => {
  asked.push(request.url ?? '')
  if (!/Mozilla/.test(request.headers['user-agent'] ?? '')) return void response.writeHead(429).end()
  if (status !== 200) return void response.writeHead(status).end('Too Many Requests')
  const unknown = { chart: { result: null, error: { code: 'Not Found', description: 'No data found' } } }
  const isUnknown = /NOPE/.test(request.url ?? '')
  response.writeHead(isUnknown ? 404 : 200).end(JSON.stringify(isUnknown ? unknown : chartOf({})))
})
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const ports: UpstreamPort[] = []
afterEach(async () => {
  await Promise.all(ports.splice(0).map((port) => port.close()))
  asked.length = 0
  status = 200
})

/** A pace that tests can wait for; what it is in production is read from its declaration. */
function open(
  limits: Parameters<typeof createUpstreamPort>[0]['limits'] = { pace: { perMs: 10, calls: 1, scope: 'installation' } },
) {
  let now = startedAt
  const clock = { now: () => now }
  const charts = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const port = createUpstreamPort({
    provider: 'yahoo',
    hosts: { charts },
    operations: Object.values(yahooOperations),
    limits,
    places: yahooPlaces,
    clock: { now: () => Date.now() },
    allowPrivate: true,
  })
  ports.push(port)
  const source = createYahooQuotes({ port, clock })
  const advance = (ms: number) => {
    now += ms
  }
  return { source, port, clock, advance }
}
const ids = (...names: string[]) => names as InstrumentId[]
const never = () => new AbortController().signal

describeQuoteSource('Yahoo', () => {
  const { source, clock } = open()
  return {
    source,
    clock,
    known: ids('NSE:TCS', 'NSE:M&M', 'BSE:SENSEX'),
    unknown: 'NSE:NOPE' as InstrumentId,
    letPricesChange: () => undefined,
  }
})

describe('Yahoo quotes', () => {
  it('YC-6: encodes ampersands and carets, and knows indices by their Yahoo names', async () => {
    const { source } = open()
    const quotes = await source.fetchQuotes(ids('NSE:M&M', 'NSE:NIFTY 50', 'BSE:TCS'), never())
    expect([...quotes.keys()].sort()).toEqual(['BSE:TCS', 'NSE:M&M', 'NSE:NIFTY 50'])
    expect(asked.map((url) => url.split('?')[0]).sort()).toEqual([
      '/v8/finance/chart/%5ENSEI',
      '/v8/finance/chart/M%26M.NS',
      '/v8/finance/chart/TCS.BO',
    ])
    expect(quotes.get('NSE:M&M' as InstrumentId)).toMatchObject({
      lastPrice: 3_412.5,
      prevClose: 3_398,
      source: 'yahoo',
    })
  })

  it('never asks for derivatives, nor for an index it has no name for', async () => {
    const { source } = open()
    expect((await source.fetchQuotes(ids('NFO:NIFTY26MARFUT', 'NSE:NIFTY TOTAL MKT'), never())).size).toBe(0)
    expect(asked).toEqual([])
  })

  it('asks again for a price after a minute, and for an unknown symbol too', async () => {
    const { source, advance } = open()
    for (let i = 0; i < 3; i++) await source.fetchQuotes(ids('NSE:TCS', 'NSE:NOPE'), never())
    expect(asked).toHaveLength(2)
    advance(60_000)
    await source.fetchQuotes(ids('NSE:TCS', 'NSE:NOPE'), never())
    expect(asked).toHaveLength(4)
  })

  it('leaves calls a second apart, and answers the rest of a long question later', async () => {
    expect(yahooLimits.pace).toEqual({ perMs: 1_000, calls: 1, scope: 'installation' })
    const { source } = open({ pace: { perMs: 1_500, calls: 1, scope: 'installation' } })
    const many = ids(...Array.from({ length: 8 }, (_, i) => `NSE:S${i}`))
    const first = await source.fetchQuotes(many, never())
    expect(first.size).toBeGreaterThan(0)
    expect(first.size).toBeLessThan(8)
    const second = await source.fetchQuotes(many, never())
    expect(second.size).toBeGreaterThan(first.size)
    expect(new Set(asked).size).toBe(asked.length)
  }, 20_000)

  it('YC-3: after a 429 it asks nobody for 15 minutes', async () => {
    const { source, port } = open()
    status = 429
    await expect(source.fetchQuotes(ids('NSE:TCS'), never())).rejects.toMatchObject({ failure: 'rate_limited' })
    status = 200
    const calls = asked.length
    const error = await source.fetchQuotes(ids('NSE:INFY'), never()).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ failure: 'rate_limited' })
    expect((error as { retryAfterS: number }).retryAfterS).toBeGreaterThan(880)
    expect([asked.length, port.provider]).toEqual([calls, 'yahoo'])
  })

  it('answers with what it has when the source fails later, and rejects when it has nothing', async () => {
    const { source } = open()
    await source.fetchQuotes(ids('NSE:TCS'), never())
    status = 500
    expect([...(await source.fetchQuotes(ids('NSE:TCS', 'NSE:INFY'), never())).keys()]).toEqual(['NSE:TCS'])
    await expect(source.fetchQuotes(ids('NSE:INFY'), never())).rejects.toMatchObject({ failure: 'unavailable' })
  }, 20_000)
})

describe('Yahoo history', () => {
  it('asks for whole days in India, both ends included', async () => {
    const { port } = open()
    const bars = await fetchDailyBars(port, {
      instrument: 'NSE:TCS' as InstrumentId,
      from: '2026-03-10',
      to: '2026-03-12',
      signal: never(),
    })
    expect(bars?.map(({ date }) => date)).toEqual(['2026-03-12'])
    const query = new URLSearchParams(asked[0]?.split('?')[1])
    const instant = (name: string) => new Date(Number(query.get(name)) * 1_000).toISOString()
    expect([instant('period1'), instant('period2'), query.get('events')]).toEqual([
      '2026-03-09T18:30:00.000Z',
      '2026-03-12T18:30:00.000Z',
      'div|split',
    ])
  })
})
