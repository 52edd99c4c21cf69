import { Secret } from '@banyan/domain'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createManualTime } from '../memory/manual-time.ts'
import { encodeFrame, encodePacket } from './testing/encode-frame.ts'
import { startTickerServer, type TickerServer } from './testing/ticker-server.ts'
import { createZerodhaTicker, type ZerodhaTickerParts } from './ticker.ts'
import type { ZerodhaTick } from './ticker-packets.ts'

const start = Date.UTC(2026, 2, 12, 5)
const [infy, nifty] = [408065, 256265]
const tickOf = (token: number, last: number) => encodeFrame([encodePacket('full', { token, last })])
const broken = Buffer.from('0001000800063a01', 'hex')

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

/** A session that can be ended, and everything the ticker said to a listener. */
async function connect(parts: Partial<ZerodhaTickerParts> = {}, server?: TickerServer) {
  const own = server ?? (await startTickerServer())
  if (server === undefined) ends.push(() => own.close())
  const time = createManualTime(start)
  const session = { open: true }
  const access = {
    isOpen: () => session.open,
    tickerAddress: (base: string) =>
      session.open ? new Secret(`${base}/?api_key=canary-key&access_token=canary-token`) : null,
  }
  const ticker = createZerodhaTicker({
    session: () => access,
    clock: time,
    timers: time,
    baseUrl: own.url,
    allowPrivate: true,
    random: () => 0.5,
    ...parts,
  })
  ends.push(() => ticker.close())
  const heard = { ticks: [] as ZerodhaTick[], beats: 0, downs: [] as string[] }
  ticker.listen({
    onTicks: (ticks) => heard.ticks.push(...ticks),
    onHeartbeat: () => {
      heard.beats += 1
    },
    onDown: (reason) => heard.downs.push(reason),
  })
  return { server: own, time, session, ticker, heard }
}

/** Waits for a real socket to have done its part. */
const until = (isSo: () => boolean) => vi.waitFor(() => expect(isSo()).toBe(true), { timeout: 5_000, interval: 2 })
const isOpen = ({ ticker, server }: Awaited<ReturnType<typeof connect>>, connections = 1) =>
  until(() => server.clients.length === connections && ticker.states().every((state) => state === 'open'))

describe('the ticker', () => {
  it('KC-7 asks for instruments by number, and always for a mode', async () => {
    const one = await connect()
    one.ticker.follow([infy, nifty])
    one.ticker.open()
    await until(() => one.server.clients[0]?.said.length === 2)
    expect(one.server.clients[0]?.said).toEqual([
      { a: 'subscribe', v: [infy, nifty] },
      { a: 'mode', v: ['full', [infy, nifty]] },
    ])
    expect(one.server.clients[0]?.query).toEqual({ api_key: 'canary-key', access_token: 'canary-token' })
  })

  it('KC-7 refuses a token written as text, which the vendor would ignore in silence', async () => {
    const { ticker } = await connect()
    expect(() => ticker.follow(['408065' as unknown as number])).toThrow(RangeError)
    expect(() => ticker.follow([1.5])).toThrow(RangeError)
  })

  it('says only what changes when the list changes', async () => {
    const one = await connect({ mode: 'quote' })
    one.ticker.follow([1, 2])
    one.ticker.open()
    await isOpen(one)
    one.ticker.follow([2, 3])
    await until(() => one.server.clients[0]?.said.length === 5)
    expect(one.server.clients[0]?.said.slice(2)).toEqual([
      { a: 'unsubscribe', v: [1] },
      { a: 'subscribe', v: [3] },
      { a: 'mode', v: ['quote', [3]] },
    ])
  })

  it('tells ticks from signs of life', async () => {
    const one = await connect()
    one.ticker.open()
    await isOpen(one)
    const [client] = one.server.clients
    client?.send(Buffer.from([0]))
    client?.send(tickOf(infy, 157_000))
    client?.send('{"type":"order","data":{"status":"COMPLETE"}}')
    client?.send('{"type":"message","data":"hello"}')
    await until(() => one.heard.beats === 3)
    expect(one.heard.ticks.map(({ token, lastPrice }) => [token, lastPrice])).toEqual([[infy, 1570]])
  })

  it('hands on what the vendor says is wrong, without the secrets it repeats', async () => {
    const errors: string[] = []
    const one = await connect({ onVendorError: (text) => errors.push(text) })
    one.ticker.open()
    await isOpen(one)
    one.server.clients[0]?.send('{"type":"error","data":"No place for canary-token."}')
    await until(() => one.heard.beats === 1)
    expect(errors).toEqual(['No place for [redacted].'])
  })

  it('KC-7 does not come back after a 403', async () => {
    const one = await connect()
    one.server.refuse(403)
    one.ticker.open()
    await until(() => one.ticker.states()[0] === 'refused')
    one.time.advance(600_000)
    expect([one.server.asked(), one.heard.downs.length, one.time.running()]).toEqual([1, 1, 0])
  })

  it('connects again after a new sign-in', async () => {
    const one = await connect()
    one.server.refuse(403)
    one.ticker.open()
    await until(() => one.ticker.states()[0] === 'refused')
    one.server.refuse(null)
    one.ticker.open()
    await isOpen(one)
    expect(one.server.asked()).toBe(2)
  })

  it('KC-7 takes 5 s of silence for the end, comes back and asks for everything again', async () => {
    const one = await connect()
    one.ticker.follow([infy])
    one.ticker.open()
    await isOpen(one)
    one.time.advance(4_500)
    one.server.clients[0]?.send(Buffer.from([0]))
    await until(() => one.heard.beats === 1)
    one.time.advance(4_900)
    expect([one.ticker.states(), one.heard.downs]).toEqual([['open'], []])
    one.time.advance(200)
    expect(one.ticker.states()).toEqual(['waiting'])
    expect(one.heard.downs.length).toBe(1)
    one.ticker.follow([infy, nifty])
    one.time.advance(500)
    await isOpen(one, 2)
    await until(() => one.server.clients[1]?.said.length === 2)
    expect(one.server.clients[1]?.said).toEqual([
      { a: 'subscribe', v: [infy, nifty] },
      { a: 'mode', v: ['full', [infy, nifty]] },
    ])
  })

  it('waits longer each time it fails, and begins anew once something came', async () => {
    const one = await connect()
    one.server.refuse(503)
    one.ticker.open()
    for (const [tries, waitMs] of [
      [1, 500],
      [2, 1_000],
      [3, 2_000],
      [4, 4_000],
    ] as const) {
      await until(() => one.ticker.states()[0] === 'waiting' && one.server.asked() === tries)
      one.time.advance(waitMs - 1)
      expect(one.ticker.states()).toEqual(['waiting'])
      one.server.refuse(tries === 4 ? null : 503)
      one.time.advance(1)
    }
    await isOpen(one)
    expect(one.heard.downs).toEqual([])
    one.server.clients[0]?.send(Buffer.from([0]))
    await until(() => one.heard.beats === 1)
    one.server.clients[0]?.drop()
    await until(() => one.ticker.states()[0] === 'waiting')
    one.time.advance(500)
    await isOpen(one, 2)
  })

  it('KC-7 comes back after three frames in 10 s that are not understood', async () => {
    const one = await connect()
    one.ticker.open()
    await isOpen(one)
    const [client] = one.server.clients
    const sendAndSee = async (data: Buffer | string) => {
      client?.send(data)
      client?.send(Buffer.from([0]))
      const before = one.heard.beats
      await until(() => one.heard.beats > before)
    }
    await sendAndSee(broken)
    await sendAndSee('not JSON')
    for (let i = 0; i < 5; i++) {
      one.time.advance(2_000)
      await sendAndSee(Buffer.from([0]))
    }
    await sendAndSee(broken)
    await sendAndSee(Buffer.alloc(0))
    expect(one.ticker.states()).toEqual(['open'])
    client?.send(broken)
    await until(() => one.ticker.states()[0] === 'waiting')
    await until(() => client?.isOpen() === false)
  })

  it('ends with the session, connected or not', async () => {
    const one = await connect()
    one.ticker.open()
    await isOpen(one)
    one.session.open = false
    one.time.advance(1_000)
    expect([one.ticker.states(), one.heard.downs.length, one.time.running()]).toEqual([['over'], 1, 0])
    await until(() => one.server.clients[0]?.isOpen() === false)
    one.ticker.open()
    expect(one.ticker.states()).toEqual(['over'])
  })

  it('does nothing without a session', async () => {
    const { ticker, time } = await connect({ session: () => null })
    ticker.open()
    expect([ticker.states(), time.running()]).toEqual([[], 0])
  })

  it('spreads more than 3,000 instruments over connections, and returns what has no place', async () => {
    const one = await connect()
    const tokens = Array.from({ length: 9_010 }, (_, i) => i * 256 + 1)
    expect(one.ticker.follow(tokens.slice(0, 3_001))).toEqual([])
    one.ticker.open()
    await isOpen(one, 2)
    expect(one.ticker.follow(tokens)).toEqual(tokens.slice(9_000))
    await isOpen(one, 3)
    const carried = (client: { said: readonly { a: string; v: unknown }[] }) =>
      client.said.flatMap(({ a, v }) => (a === 'subscribe' ? (v as number[]) : []))
    await until(() => one.server.clients.flatMap(carried).length === 9_000)
    expect(one.server.clients.map((client) => carried(client).length).sort()).toEqual([3_000, 3_000, 3_000])
    expect(new Set(one.server.clients.flatMap(carried)).size).toBe(9_000)
  })

  it('calls nobody after close, nor who has left', async () => {
    const one = await connect()
    const left: unknown[] = []
    const leave = one.ticker.listen({
      onTicks: (t) => left.push(t),
      onHeartbeat: (at) => left.push(at),
      onDown: (r) => left.push(r),
    })
    leave()
    one.ticker.open()
    await isOpen(one)
    one.server.clients[0]?.send(Buffer.from([0]))
    await until(() => one.heard.beats === 1)
    one.ticker.close()
    one.ticker.close()
    await until(() => one.server.clients[0]?.isOpen() === false)
    one.time.advance(60_000)
    expect([left, one.heard.downs, one.time.running(), one.server.asked()]).toEqual([[], [], 0, 1])
  })

  it('names no credential when it goes down', async () => {
    const one = await connect()
    one.ticker.open()
    await isOpen(one)
    one.server.clients[0]?.drop()
    await until(() => one.heard.downs.length === 1)
    one.server.refuse(403)
    one.time.advance(1_000)
    await until(() => one.heard.downs.length === 2)
    expect(one.heard.downs.join(' ')).not.toMatch(/canary|127\.0\.0\.1/)
  })
})
