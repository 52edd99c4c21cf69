import type { InstrumentId, Quote } from '@banyan/domain'
import { beforeEach, describe, expect, it } from 'vitest'
import type { UpstreamAnswer } from '../http/upstream-port.ts'
import { createManualTime } from '../memory/manual-time.ts'
import { UpstreamError } from '../outcome.ts'
import { describeQuoteSource } from '../quote-source.suite.ts'
import { createZerodhaDirectory, type ZerodhaDirectory } from './instrument-directory.ts'
import { readInstrumentList } from './instrument-list.ts'
import { createMarketData } from './market-data.ts'
import { createSessionCalls } from './session-calls.ts'
import { createAnsweringPort, type SeenCall } from './testing/answering-port.ts'
import { encodeFrame, encodePacket } from './testing/encode-frame.ts'
import { credentials, morning, never } from './testing/opened-session.ts'
import { createTickStream } from './testing/tick-stream.ts'
import { failure, success } from './testing/vendor-answers.ts'
import { formatVendorTime } from './vendor-time.ts'
import { createZerodhaQuotes } from './zerodha-quotes.ts'

const [tcs, mm, idea, nifty, unknown] = [
  'NSE:TCS',
  'NSE:M&M',
  'NSE:IDEA',
  'NSE:NIFTY 50',
  'NSE:NOPE',
] as InstrumentId[] as [InstrumentId, InstrumentId, InstrumentId, InstrumentId, InstrumentId]
const tokens = { tcs: 2953217, mm: 519937, idea: 3677697, nifty: 256265 }
const csv = `instrument_token,exchange_token,tradingsymbol,name,expiry,strike,tick_size,lot_size,instrument_type,segment,exchange
${tokens.tcs},11536,TCS,TCS,,0,0.05,1,EQ,NSE,NSE
${tokens.mm},2031,M&M,M&M,,0,0.05,1,EQ,NSE,NSE
${tokens.idea},14366,IDEA-BE,IDEA,,0,0.01,1,EQ,NSE,NSE
${tokens.nifty},1001,NIFTY 50,NIFTY 50,,0,0,0,EQ,INDICES,NSE`

let directory: ZerodhaDirectory
beforeEach(async () => {
  directory = createZerodhaDirectory((await readInstrumentList(csv)).instruments)
})

type Change = Readonly<Record<string, unknown>>

/** A source over a session whose vendor knows four instruments, by its own names. */
function createSource(
  given: { answer?: (call: SeenCall) => UpstreamAnswer; change?: Change; withTicker?: boolean } = {},
) {
  const time = createManualTime(morning)
  const quoteOf = (token: number) => ({
    instrument_token: token,
    timestamp: formatVendorTime(time.now() - 1_000),
    last_trade_time: null,
    last_price: 101.5,
    volume: 1_200,
    ohlc: { open: 100, high: 102, low: 99, close: 100 },
    ...given.change,
  })
  const known = new Map([
    ['NSE:TCS', tokens.tcs],
    ['NSE:M&M', tokens.mm],
    ['NSE:IDEA-BE', tokens.idea],
    ['NSE:NIFTY 50', tokens.nifty],
  ])
  const knownQuotes = ({ query }: SeenCall) =>
    success(
      Object.fromEntries(
        (query ?? []).flatMap(([, key]) => (known.has(key) ? [[key, quoteOf(known.get(key) ?? 0)]] : [])),
      ),
    )
  const port = createAnsweringPort(given.answer ?? knownQuotes)
  const { apiKey, code: accessToken } = credentials()
  const access = { apiKey, accessToken, expiresAt: Number.POSITIVE_INFINITY }
  const session = createMarketData(createSessionCalls({ port, clock: time, limitKeyOf: () => 'k' }, access), time.now)
  const signedIn = { session: session as typeof session | null }
  const stream = createTickStream(time, 2)
  const doubts: number[] = []
  const source = createZerodhaQuotes({
    session: () => signedIn.session,
    directory: () => directory,
    ticker: given.withTicker === false ? null : stream,
    clock: time,
    onListDoubted: () => doubts.push(time.now()),
  })
  return { source, port, time, stream, signedIn, doubts }
}

const fetch = ({ source }: { source: ReturnType<typeof createSource>['source'] }, ...ids: InstrumentId[]) =>
  source.fetchQuotes(ids, never())
const failureOf = async (call: Promise<unknown>) => {
  const error = await call.catch((reason: unknown) => reason)
  return error instanceof UpstreamError ? error.failure : error
}
const tick = (token: number, last: number, second: number) =>
  encodePacket('full', { token, last, close: 10_000, volume: 3_000_000_000, second })

for (const withTicker of [true, false]) {
  describeQuoteSource(`Zerodha ${withTicker ? 'with' : 'without'} a ticker`, () => {
    const { source, time, stream } = createSource({ withTicker })
    let price = 10_000
    const letPricesChange = () => {
      time.advance(1_000)
      const second = Math.floor(time.now() / 1_000)
      stream.push(encodeFrame([tokens.tcs, tokens.nifty, tokens.tcs].map((token) => tick(token, price++, second))))
    }
    return { source, clock: time, known: [tcs, mm, idea, nifty], unknown, letPricesChange }
  })
}

describe('asking', () => {
  it('KC-5 leaves out what the vendor leaves out, and KC-8 asks by the vendor’s names', async () => {
    const one = createSource()
    const quotes = await fetch(one, tcs, unknown, mm, idea, nifty)
    expect([...quotes.keys()]).toEqual([tcs, mm, idea, nifty])
    expect(one.port.calls[0]?.query?.map(([, key]) => key)).toEqual([
      'NSE:TCS',
      'NSE:NOPE',
      'NSE:M&M',
      'NSE:IDEA-BE',
      'NSE:NIFTY 50',
    ])
    expect(quotes.get(tcs)).toEqual({
      instrument: tcs,
      lastPrice: 101.5,
      prevClose: 100,
      volume: 1_200,
      source: 'zerodha',
      asOf: one.time.now() - 1_000,
      receivedAt: one.time.now(),
    })
    expect(quotes.get(nifty)?.volume).toBeNull()
  })

  it('asks nobody without a session', async () => {
    const one = createSource()
    one.signedIn.session = null
    expect(await failureOf(fetch(one, tcs))).toBe('auth_required')
    expect(one.port.calls).toEqual([])
    expect(one.source.problem()).toMatch(/Sign in/)
    expect((await fetch(one)).size).toBe(0)
  })

  it('says that the key has no market data, until it has', async () => {
    let answer = failure(403, 'PermissionException', 'Insufficient permission for that call.')
    const one = createSource({ answer: () => answer })
    expect(await failureOf(fetch(one, tcs))).toBe('forbidden')
    expect(one.source.problem()).toMatch(/no market data/)
    answer = success({})
    await fetch(one, tcs)
    expect(one.source.problem()).toBeNull()
  })

  it('has no problem to tell of when the vendor fails in passing', async () => {
    const one = createSource({ answer: () => failure(503, 'NetworkException') })
    expect(await failureOf(fetch(one, tcs))).toBe('unavailable')
    expect(one.source.problem()).toBeNull()
  })

  it('brings a clock back that runs 2 s ahead, and leaves one that runs further ahead to be refused', async () => {
    const near = createSource({ change: { timestamp: formatVendorTime(morning + 2_000) } })
    expect((await fetch(near, tcs)).get(tcs)?.asOf).toBe(morning)
    const far = createSource({ change: { timestamp: formatVendorTime(morning + 3_000) } })
    expect((await fetch(far, tcs)).get(tcs)?.asOf).toBe(morning + 3_000)
  })

  it('doubts the list when an instrument is missing for the third time of a day', async () => {
    const one = createSource()
    for (let i = 0; i < 6; i++) await fetch(one, tcs, unknown)
    expect(one.doubts.length).toBe(1)
    one.time.advance(86_400_000)
    await fetch(one, unknown)
    await fetch(one, unknown)
    expect(one.doubts.length).toBe(1)
    await fetch(one, unknown)
    expect(one.doubts.length).toBe(2)
  })

  it('asks by its own names before there is a list', async () => {
    const one = createSource()
    directory = { find: () => null, idOf: () => null }
    expect([...(await fetch(one, tcs, idea)).keys()]).toEqual([tcs])
  })
})

describe('being pushed to', () => {
  function listen(one: ReturnType<typeof createSource>) {
    const heard = { quotes: [] as Quote[], beats: 0, downs: [] as string[] }
    one.source.subscribe?.({
      onQuotes: (quotes) => heard.quotes.push(...quotes),
      onHeartbeat: () => {
        heard.beats += 1
      },
      onDown: (reason) => heard.downs.push(reason),
    })
    return heard
  }

  it('is as of the exchange’s time, and has the last of several prices in a frame', () => {
    const one = createSource()
    const heard = listen(one)
    const second = Math.floor(one.time.now() / 1_000) - 2
    one.stream.push(encodeFrame([tick(tokens.tcs, 10_100, second), tick(tokens.tcs, 10_125, second)]))
    expect(heard.quotes).toEqual([
      {
        instrument: tcs,
        lastPrice: 101.25,
        prevClose: 100,
        volume: 3_000_000_000,
        source: 'zerodha',
        asOf: second * 1_000,
        receivedAt: one.time.now(),
      },
    ])
  })

  it('knows no volume of an index, and takes 0 for no price', () => {
    const one = createSource()
    const heard = listen(one)
    one.stream.push(encodeFrame([tick(tokens.nifty, 2_481_205, 0), tick(tokens.tcs, 0, 0)]))
    expect(heard.quotes.map(({ instrument, volume, asOf }) => [instrument, volume, asOf])).toEqual([
      [nifty, null, one.time.now()],
    ])
    one.stream.push(encodeFrame([encodePacket('quote', { token: tokens.tcs, last: 100 })]))
    expect(heard.quotes[1]?.prevClose).toBeNull()
  })

  it('takes what it does not know for a sign of life', () => {
    const one = createSource()
    const heard = listen(one)
    one.stream.push(encodeFrame([tick(1, 100, 0)]))
    one.stream.push(Buffer.from([0]))
    one.stream.goDown('silent')
    expect([heard.quotes, heard.beats, heard.downs]).toEqual([[], 2, ['silent']])
  })

  it('follows by token, and returns what cannot be followed', () => {
    const one = createSource()
    expect(one.source.follow([tcs, unknown, mm, nifty])).toEqual([unknown, nifty])
    expect(one.stream.followed).toEqual([[tokens.tcs, tokens.mm, tokens.nifty]])
    expect(createSource({ withTicker: false }).source.follow([tcs])).toEqual([tcs])
  })
})
