import { addDays, instrumentId, istMidnight, parseTimestamp, type TradingDate } from '@banyan/domain'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { describeQuoteSource } from '../quote-source.suite.ts'
import { createIciciHistory } from './icici-history.ts'
import { createIciciQuotes } from './icici-quotes.ts'
import type { IciciSession } from './icici-session.ts'
import { breezeAnswer } from './testing/breeze-answer.ts'
import { quoteRow } from './testing/breeze-rows.ts'
import { type BreezeServer, startBreezeServer } from './testing/breeze-server.ts'
import { type Connected, connectIcici, credentialsOf, never, noon, signingIn } from './testing/connected-icici.ts'
import { inventedCodes } from './testing/invented-codes.ts'

const [banyan, peepal, unknown] = ['BANYAN', 'PEEPAL', 'OAK'].map((symbol) => instrumentId('NSE', symbol)) as [
  ReturnType<typeof instrumentId>,
  ReturnType<typeof instrumentId>,
  ReturnType<typeof instrumentId>,
]
const nifty = instrumentId('NSE', 'NIFTY 50')

let server: BreezeServer
let connected: Connected
let session: IciciSession
beforeAll(async () => {
  server = await startBreezeServer()
})
beforeEach(async () => {
  connected = connectIcici(server)
  server.answerWith(signingIn(() => breezeAnswer({ Success: [quoteRow('NSE'), quoteRow('BSE')] })))
  session = await connected.broker.open(credentialsOf('asha'), never())
  server.requests.length = 0
})
afterEach(() => connected.port.close())
afterAll(() => server.close())

const quotesNow = () =>
  createIciciQuotes({ session: () => session, codes: inventedCodes, clock: connected.time, probe: banyan })

describeQuoteSource('ICICI', () => ({
  source: quotesNow(),
  clock: connected.time,
  known: [banyan],
  unknown,
  letPricesChange: () => connected.time.advance(1000),
}))

describe('the prices of ICICI', () => {
  it('are dated by the trade', async () => {
    const quotes = await quotesNow().fetchQuotes([banyan], never())
    expect(quotes.get(banyan)).toEqual({
      instrument: banyan,
      lastPrice: 110.25,
      prevClose: 108.5,
      volume: 3_000_000_000,
      source: 'icici',
      asOf: parseTimestamp('2026-11-25T11:30:05+05:30'),
      receivedAt: noon,
    })
  })

  it('are never from the future, and those of indices have no volume', async () => {
    connected.time.set(noon - 3_600_000)
    const quote = (await quotesNow().fetchQuotes([nifty], never())).get(nifty)
    expect(quote).toMatchObject({ asOf: noon - 3_600_000, receivedAt: noon - 3_600_000, volume: null })
  })

  it('are had for one instrument at a time; a larger question costs no call', async () => {
    expect((await quotesNow().fetchQuotes([banyan, peepal], never())).size).toBe(0)
    expect((await quotesNow().fetchQuotes([unknown], never())).size).toBe(0)
    expect(server.requests).toEqual([])
  })

  it('are refused while nobody is signed in, and after the session ended', async () => {
    const source = createIciciQuotes({
      session: () => null,
      codes: inventedCodes,
      clock: connected.time,
      probe: banyan,
    })
    await expect(source.fetchQuotes([banyan], never())).rejects.toMatchObject({ failure: 'auth_required' })
    await session.close(never())
    await expect(quotesNow().fetchQuotes([banyan], never())).rejects.toMatchObject({ failure: 'auth_required' })
    expect(server.requests).toEqual([])
  })
})

/** Rows of every minute from 09:15 of a day, as many as asked for. */
const minutesOf = (date: TradingDate, count: number) =>
  Array.from({ length: count }, (_, i) => {
    const time = new Date(Date.parse(`${date}T09:15:00Z`) + i * 60_000).toISOString()
    return { datetime: time.slice(0, 19).replace('T', ' '), open: 10, high: 12, low: 9, close: 11, volume: i }
  })

describe('the history of ICICI', () => {
  const history = () => createIciciHistory({ session: () => session, codes: inventedCodes, clock: connected.time })

  it('is asked for window by window and joined', async () => {
    server.answerWith(({ query }) => {
      const from = query.get('from_date')?.slice(0, 10) ?? ''
      return breezeAnswer({ Success: [from, addDays(from, 1)].flatMap((date) => minutesOf(date, 375)) })
    })
    const range = { from: istMidnight('2026-11-16'), to: istMidnight('2026-11-19') }
    const reading = await history().fetchCandles(banyan, '1minute', range, never())
    expect(server.requests.map(({ query }) => [query.get('from_date'), query.get('to_date')])).toEqual([
      ['2026-11-16T00:00:00.000Z', '2026-11-17T23:59:59.000Z'],
      ['2026-11-18T00:00:00.000Z', '2026-11-18T23:59:59.000Z'],
    ])
    // The second window answers with a day more than it was asked for.
    expect(reading?.candles.time.length).toBe(3 * 375)
    expect(reading?.candles.time[0]).toBe(parseTimestamp('2026-11-16T09:15:00+05:30'))
    expect(reading?.candles.volume.at(-1)).toBe(374)
    expect(reading?.dropped).toBe(0)
  })

  it('is empty where ICICI has no data, and unknown, without a call, where it has no code', async () => {
    server.answerWith(() => breezeAnswer({ Success: null, Error: 'No data found', Status: 404 }))
    const range = { from: istMidnight('2026-11-16'), to: istMidnight('2026-11-19') }
    expect((await history().fetchCandles(banyan, 'day', range, never()))?.candles.time.length).toBe(0)
    expect(await history().fetchCandles(unknown, 'day', range, never())).toBeNull()
    expect(server.requests).toHaveLength(1)
  })

  it('fails as a whole when one window does', async () => {
    server.answerWith(({ query }) =>
      breezeAnswer(query.get('from_date')?.startsWith('2026-11-18') ? { Status: 5, Error: 'No' } : { Success: [] }),
    )
    const range = { from: istMidnight('2026-11-16'), to: istMidnight('2026-11-19') }
    const call = history().fetchCandles(banyan, '1minute', range, never())
    await expect(call).rejects.toMatchObject({ failure: 'rejected', operation: 'candles' })
  })
})
