import { setTimeout as sleep } from 'node:timers/promises'
import type { StreamQuotes, StreamReply } from '@banyan/contracts'
import type { InstrumentId } from '@banyan/domain'
import { afterEach, describe, expect, it } from 'vitest'
import {
  createInstrumentsInMemory,
  createMarketInMemory,
  instrumentOf,
  quoteOf,
} from '../../infra/http/testing/market-in-memory.ts'
import { createQuoteStreams, type QuoteStreams } from '../../modules/quote-streams/index.ts'
import { bearer } from '../testing/api-calls.ts'
import { type IdentityServer, startIdentityServer } from '../testing/identity-server.ts'
import { registerBanyanStreams } from './index.ts'

const ids = Array.from({ length: 60 }, (_, i) => `NSE:S${i}`)
let server: IdentityServer | undefined
afterEach(async () => {
  await server?.close()
  server = undefined
})

async function startStreaming() {
  const memory = createMarketInMemory(ids.slice(0, 2).map((id, i) => quoteOf(id, 100 + i)))
  let streams: QuoteStreams | undefined
  const problems: unknown[] = []
  server = await startIdentityServer({
    prepare({ fastify, addresses }) {
      const { market } = memory
      streams = createQuoteStreams({ market, clock: { now: () => Date.now() } })
      const instruments = createInstrumentsInMemory(ids.map((id) => instrumentOf(id)))
      registerBanyanStreams(fastify, {
        streams,
        market,
        instruments,
        addresses,
        onProblem: (error) => problems.push(error),
      })
    },
  })
  const { url } = server
  const offer = async (symbols: unknown, headers: Record<string, string> = {}) => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers } }
    const reply = await fetch(`${url}/api/stream`, { ...init, body: JSON.stringify({ symbols }) })
    return { status: reply.status, body: (await reply.json()) as StreamReply & { code: string; message: string } }
  }
  const open = (id: string, headers: Record<string, string> = {}) => fetch(`${url}/api/stream?id=${id}`, { headers })
  return { ...memory, server, offer, open, problems, streams: () => streams as QuoteStreams }
}

interface Event {
  readonly name: string
  readonly data: StreamQuotes & { code?: string }
}

/** Reads a stream's events one by one. */
function eventsOf(response: Response) {
  const reader = (response.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  return {
    async next(name: string): Promise<Event['data']> {
      for (;;) {
        const end = text.indexOf('\n\n')
        if (end >= 0) {
          const [first = '', second = ''] = text.slice(0, end).split('\n')
          text = text.slice(end + 2)
          if (first === `event: ${name}`) return JSON.parse(second.slice('data: '.length))
          continue
        }
        const { value, done } = await reader.read()
        if (done) throw new Error(`the stream ended before ${name}`)
        text += value
      }
    },
    cancel: () => reader.cancel(),
  }
}

describe('GET /api/stream', () => {
  it('sends all prices at first, unknown ones as null, then what changes', async () => {
    const { offer, open, put } = await startStreaming()
    const { status, body } = await offer(['S0', 'NSE:S1', 'NSE:S2', 'NSE:NOPE'])
    expect([status, body.expires_in, body.missing]).toEqual([201, 30, ['NSE:NOPE']])
    const response = await open(body.id)
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(response.headers.get('cache-control')).toBe('no-store')
    const events = eventsOf(response)
    const { quotes } = await events.next('quotes')
    expect(Object.keys(quotes)).toEqual(['NSE:S0', 'NSE:S1', 'NSE:S2'])
    expect(quotes['NSE:S0']?.last_price).toBe(100)
    expect(quotes['NSE:S2']).toMatchObject({ last_price: null, source: null, delay: null })
    put(quoteOf('NSE:S1', 50))
    put(quoteOf('NSE:S40', 7))
    put(quoteOf('NSE:S1', 51))
    expect(Object.entries((await events.next('quotes')).quotes).map(([id, quote]) => [id, quote.last_price])).toEqual([
      ['NSE:S1', 51],
    ])
    await events.cancel()
  })

  it('opens an id once, for its owner alone, and no other', async () => {
    const { offer, open, server } = await startStreaming()
    const { tokens } = await server.addAccount('asha@example.com')
    const mine = bearer(tokens.access)
    const { id } = (await offer(['S0'], mine)).body
    expect((await open(id)).status).toBe(404)
    const first = await open(id, mine)
    expect(first.status).toBe(200)
    expect((await open(id, mine)).status).toBe(404)
    expect((await open('never-offered')).status).toBe(404)
    await first.body?.cancel()
  })

  it('lets visitors have 50 instruments and 4 streams, accounts 500', async () => {
    const { offer, server } = await startStreaming()
    const refused = await offer(ids)
    expect([refused.status, refused.body.code]).toEqual([400, 'invalid_parameter'])
    expect(refused.body.message).toBe('symbols must name at most 50 instruments.')
    for (let i = 0; i < 4; i++) expect((await offer(['S0'])).status).toBe(201)
    expect((await offer(['S0'])).body.code).toBe('rate_limited')
    const { tokens } = await server.addAccount('asha@example.com')
    expect((await offer(ids, bearer(tokens.access))).status).toBe(201)
  })

  it('names symbols when they are none, no list, or not of the form', async () => {
    const { offer } = await startStreaming()
    for (const symbols of [undefined, [], 'NSE:S0', ['S0', 5], ['XYZ:S0'], ['S0,S1']]) {
      const { status, body } = await offer(symbols)
      expect([status, body.code, body.message.startsWith('symbols ')]).toEqual([400, 'invalid_parameter', true])
    }
  })

  it('ends within 5 s of its session', async () => {
    const { offer, open, server, problems, streams } = await startStreaming()
    const { tokens } = await server.addAccount('asha@example.com')
    const { id } = (await offer(['S0'], bearer(tokens.access))).body
    const events = eventsOf(await open(id, bearer(tokens.access)))
    await events.next('quotes')
    await fetch(`${server.url}/api/auth/logout`, { method: 'POST', headers: bearer(tokens.access) })
    expect(await events.next('end')).toEqual({ code: 'session_revoked' })
    await expect(events.next('quotes')).rejects.toThrow('ended')
    expect([streams().count(), problems]).toEqual([0, []])
  })

  it('holds at most one price per instrument for a reader that does not read, and sends the latest when it does', async () => {
    const { offer, open, put, problems } = await startStreaming()
    const { id } = (await offer(ids.slice(0, 50))).body
    const response = await open(id)
    for (let round = 1; round <= 200; round++) {
      for (const one of ids.slice(0, 50)) put(quoteOf(one, round))
      if (round % 50 === 0) await sleep(120)
    }
    const events = eventsOf(response)
    const latest = new Map<InstrumentId, number | null>()
    let messages = 0
    while (latest.size < 50 || [...latest.values()].some((price) => price !== 200)) {
      for (const [one, { last_price }] of Object.entries((await events.next('quotes')).quotes))
        latest.set(one as InstrumentId, last_price)
      messages += 1
    }
    expect(messages).toBeLessThan(50)
    expect(problems).toEqual([])
    await events.cancel()
  })

  it('is over when the server stops', async () => {
    const { offer, open, streams } = await startStreaming()
    const { id } = (await offer(['S0'])).body
    const events = eventsOf(await open(id))
    await events.next('quotes')
    streams().close()
    expect(await events.next('end')).toEqual({ code: 'unavailable' })
  })

  it('shows its head to HEAD and keeps the id', async () => {
    const { offer, open, server } = await startStreaming()
    const { id } = (await offer(['S0'])).body
    const head = await fetch(`${server.url}/api/stream?id=${id}`, { method: 'HEAD' })
    expect([head.status, head.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8'])
    const response = await open(id)
    expect(response.status).toBe(200)
    await response.body?.cancel()
  })
})
