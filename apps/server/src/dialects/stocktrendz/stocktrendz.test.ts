import { ErrorBody, Health, MarketMode, Quote, QuotesReply, Signal, Snapshot } from '@banyan/contracts'
import type { InstrumentId } from '@banyan/domain'
import fc from 'fast-check'
import type { TSchema } from 'typebox'
import { Errors } from 'typebox/value'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bodyOf } from '../../infra/http/testing/body-of.ts'
import { quoteOf, recordedNow } from '../../infra/http/testing/market-in-memory.ts'
import { startTestServer, type TestServer } from '../../infra/http/testing/test-server.ts'
import { disclaimer } from '../api/disclaimer.ts'
import { createQuoteTexts } from '../api/quote-texts.ts'
import { chooseCoding } from './accept-encoding.ts'

/** Returns what a reply does not keep of its schema; named schemas are found by name. */
const faultsOf = (schema: TSchema, value: unknown) => [...Errors({ MarketMode, Quote, Signal }, schema, value)]

let server: TestServer
beforeEach(async () => {
  server = await startTestServer()
})
afterEach(() => server.app.close())

describe('GET /api/index/snapshot', () => {
  const path = '/api/index/snapshot'
  it('answers what the contract says, with the notice word for word', async () => {
    const reply = await server.get(path)
    const body = await bodyOf<Snapshot>(reply)
    expect(faultsOf(Snapshot, body)).toEqual([])
    expect(Object.keys(body).slice(0, 10)).toEqual([
      'nifty_price',
      'nifty_change',
      'banknifty_price',
      'banknifty_change',
      'sensex_price',
      'sensex_change',
      'indices',
      'signals',
      'sectors',
      'market',
    ])
    expect([body.nifty_price, body.nifty_change]).toEqual([
      body.indices.nifty.last_price,
      body.indices.nifty.change_percent,
    ])
    expect(body.signals).toEqual([])
    expect(body.disclaimer).toBe(disclaimer)
    expect(disclaimer).toMatch(/^Banyan and whoever runs it .* not advice to buy, sell or hold\.$/)
    expect(reply.headers.get('x-cache')).toBe('l1')
    expect(reply.headers.get('cache-control')).toBe('public, max-age=1')
    expect(reply.headers.get('x-banyan-market')).toBe('replay; date=2021-06-09')
    expect(reply.headers.get('access-control-allow-origin')).toBe('*')
  })

  it('lets ages grow while as_of and the ETag stay, and changes the ETag with a price', async () => {
    const first = await server.get(path)
    const before = await bodyOf<Snapshot>(first)
    server.turn(500)
    server.world.advance(500)
    const second = await server.get(path)
    const after = await bodyOf<Snapshot>(second)
    expect(Number(after.indices.nifty.age_ms) - Number(before.indices.nifty.age_ms)).toBe(500)
    expect(after.indices.nifty.as_of).toBe(before.indices.nifty.as_of)
    expect(second.headers.get('etag')).toBe(first.headers.get('etag'))
    server.world.put(quoteOf('NSE:NIFTY 50', 15_000.5))
    server.turn(100)
    expect((await server.get(path)).headers.get('etag')).not.toBe(first.headers.get('etag'))
  })

  it('is rendered at most every 100 ms', async () => {
    await server.get(path)
    server.world.put(quoteOf('NSE:NIFTY 50', 15_000.5))
    server.turn(99)
    expect((await bodyOf<Snapshot>(await server.get(path))).nifty_price).not.toBe(15_000.5)
    server.turn(1)
    expect((await bodyOf<Snapshot>(await server.get(path))).nifty_price).toBe(15_000.5)
  })

  it('answers 304 to a known ETag, weak or strong, also to HEAD and with a query', async () => {
    const etag = (await server.get(path)).headers.get('etag') ?? ''
    expect(etag).toMatch(/^W\/"/)
    for (const tag of [etag, etag.slice(2), `"other", ${etag}`, '*']) {
      const reply = await server.get(`${path}?x=1`, { headers: { 'if-none-match': tag } })
      expect([reply.status, reply.headers.get('etag'), await reply.text()]).toEqual([304, etag, ''])
    }
    expect((await server.get(path, { headers: { 'if-none-match': '"x"' } })).status).toBe(200)
    expect((await server.get(path, { method: 'HEAD', headers: { 'if-none-match': etag } })).status).toBe(304)
  })

  it('is packed as the client likes, the same text each time', async () => {
    const texts = new Set<string>()
    for (const [accepted, coding] of [
      ['br, gzip', 'br'],
      ['gzip', 'gzip'],
      ['identity', null],
    ] as const) {
      const reply = await server.get(path, { headers: { 'accept-encoding': accepted } })
      expect([reply.headers.get('content-encoding'), reply.headers.get('vary')]).toEqual([coding, 'Accept-Encoding'])
      texts.add(await reply.text())
    }
    expect(texts.size).toBe(1)
    expect(chooseCoding('br;q=0, *;q=0.5')).toBe('gzip')
    expect(chooseCoding('')).toBe('identity')
  })
})

describe('GET /api/quotes', () => {
  it('keeps the order asked, merges duplicates, names the unknown and shows the unpriced as nulls', async () => {
    const reply = await server.get('/api/quotes?symbols=infy,,tcs,NSE:TCS,M%26M,NSE:NOPE,NSE:QUIET')
    const body = await bodyOf<QuotesReply>(reply)
    expect(faultsOf(QuotesReply, body)).toEqual([])
    expect(Object.keys(body.quotes)).toEqual(['NSE:INFY', 'NSE:TCS', 'NSE:M&M', 'NSE:QUIET'])
    expect(body.missing).toEqual(['NSE:NOPE'])
    expect(body.as_of_ist).toBe('2021-06-09T11:00:00+05:30')
    expect(body.quotes['NSE:TCS']).toEqual({
      last_price: 75.25,
      prev_close: 100,
      change: -24.75,
      change_percent: -24.75,
      currency: 'INR',
      source: 'replay',
      as_of: '2021-06-09T10:59:59.360+05:30',
      age_ms: 640,
      delay: 'replay',
      fallback_reason: null,
    })
    expect(new Set(Object.values(body.quotes['NSE:QUIET'] ?? {}))).toEqual(new Set([null, 'INR']))
    expect(reply.headers.get('cache-control')).toBe('public, max-age=1')
  })

  it('takes 50 instruments, also of 51 named when two are one, and not 51', async () => {
    const ask = (ids: readonly string[]) => server.get(`/api/quotes?symbols=${ids.map(encodeURIComponent).join(',')}`)
    const ids = server.world.shares
    expect(Object.keys((await bodyOf<QuotesReply>(await ask(ids.slice(0, 50)))).quotes).length).toBe(50)
    expect((await ask([...ids.slice(0, 50), 'tcs'])).status).toBe(200)
    expect((await ask(ids.slice(0, 51))).status).toBe(400)
  })

  it.each(['', '?symbols=', '?symbols=,,', '?symbols=NSE:', '?symbols=XYZ:TCS', '?symbols=TCS&symbols=TCS'])(
    'refuses %s and names the field',
    async (query) => {
      const reply = await server.get(`/api/quotes${query}`)
      const body = await bodyOf(reply)
      expect(faultsOf(ErrorBody, body)).toEqual([])
      expect([reply.status, body.code, body.details?.[0]?.field]).toEqual([400, 'invalid_parameter', 'symbols'])
    },
  )

  it('shows a new price, not the prepared one', async () => {
    await server.get('/api/quotes?symbols=TCS')
    server.world.put(quoteOf('NSE:TCS', 3_412.5, { prevClose: null }))
    const { quotes } = await bodyOf<QuotesReply>(await server.get('/api/quotes?symbols=TCS'))
    expect(quotes['NSE:TCS']).toMatchObject({
      last_price: 3_412.5,
      prev_close: null,
      change: null,
      change_percent: null,
    })
  })

  it('prepares texts that are valid quotes for any price', () => {
    const toText = createQuoteTexts({ fallbackReason: () => null })
    const price = fc.double({ min: 0.01, max: 1e9, noNaN: true })
    fc.assert(
      fc.property(price, fc.option(price), fc.string(), fc.nat(1e9), (lastPrice, prevClose, source, age) => {
        const quote = quoteOf('NSE:M&M', lastPrice, {
          prevClose,
          source: source.toWellFormed(),
          asOf: recordedNow - age,
        })
        const member = JSON.parse(`{${toText('NSE:M&M' as InstrumentId, quote, recordedNow)}}`)['NSE:M&M']
        expect(faultsOf(Quote, member)).toEqual([])
        expect(member).toMatchObject({
          last_price: lastPrice,
          prev_close: prevClose,
          source: quote.source,
          age_ms: age,
        })
      }),
    )
  })
})

describe('GET /api/health', () => {
  it('answers 200 while the database does, and 503 with the same keys when it does not', async () => {
    const good = await server.get('/api/health')
    const body = await bodyOf<Health>(good)
    expect([good.status, faultsOf(Health, body)]).toEqual([200, []])
    Object.assign(server.world.health, { status: 'down', database: { connected: false, latencyMs: null } })
    const bad = await server.get('/api/health')
    const down = await bodyOf<Health>(bad)
    expect([bad.status, down.status, down.database.connected]).toEqual([503, 'down', false])
    expect(Object.keys(down)).toEqual(Object.keys(body))
  })

  it('tells when a resting source is tried again and when a task last succeeded', async () => {
    const [at, later] = [Date.UTC(2026, 10, 23, 4, 0), Date.UTC(2026, 10, 23, 4, 0, 30)]
    const [warmer, provider] = [server.world.health.warmers[0], server.world.health.providers[0]]
    Object.assign(server.world.health, {
      warmers: [{ ...warmer, lastRun: later, lastSuccess: at }],
      providers: [{ ...provider, state: 'down', circuit: 'open', nextTry: later }],
    })
    const body = await bodyOf<Health>(await server.get('/api/health'))
    expect(faultsOf(Health, body)).toEqual([])
    expect(body.warmers[0]?.last_success).toBe('2026-11-23T09:30:00+05:30')
    expect(body.providers[0]?.next_try).toBe('2026-11-23T09:30:30+05:30')
  })
})
