import { istMidnight, parseTimestamp } from '@banyan/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Sandbox } from '../index.ts'
import { type BreezeClient, createBreezeClient, startStill } from './testing/breeze-client.ts'
import { candleTime, parseHistoryTime } from './vendor-time.ts'

interface Candle {
  readonly datetime: string
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
}

let sandbox: Sandbox
let client: BreezeClient
let token: string
beforeAll(async () => {
  sandbox = await startStill({ clockStart: istMidnight('2026-03-11') + 11.5 * 3_600_000 })
  client = createBreezeClient(sandbox)
  token = await client.open()
})
afterAll(() => sandbox.close())

const query = (also: Readonly<Record<string, string>> = {}) => ({
  stock_code: 'RELIND',
  exch_code: 'NSE',
  interval: '1minute',
  from_date: '2026-03-10T09:15:00.000Z',
  to_date: '2026-03-10T15:30:00.000Z',
  product_type: 'cash',
  ...also,
})
const ask = async (also?: Readonly<Record<string, string>>) => (await client.history(query(also), token)).envelope
const candles = async (also?: Readonly<Record<string, string>>) => (await ask(also)).Success as readonly Candle[]

describe('historicalcharts', () => {
  it('needs no checksum, and reads and writes India time although it is asked with a Z', async () => {
    const day = await candles()
    expect(day).toHaveLength(375)
    expect([day[0]?.datetime, day.at(-1)?.datetime]).toEqual(['2026-03-10 09:15:00', '2026-03-10 15:29:00'])
    expect(typeof day[0]?.open).toBe('number')
  })

  it('gives both ends', async () => {
    const ends = { from_date: '2026-03-10T10:00:00.000Z', to_date: '2026-03-10T10:02:00.000Z' }
    expect((await candles(ends)).map(({ datetime }) => datetime.slice(11))).toEqual([
      '10:00:00',
      '10:01:00',
      '10:02:00',
    ])
  })

  it('gives at most 1,000 candles, the oldest', async () => {
    const long = await candles({ from_date: '2026-03-02T00:00:00.000Z', to_date: '2026-03-10T23:59:59.000Z' })
    expect(long).toHaveLength(1_000)
    expect(long[0]?.datetime).toBe('2026-03-02 09:15:00')
    const seconds = await candles({ interval: '1second', from_date: '2020-01-01T00:00:00.000Z' })
    expect(seconds).toHaveLength(1_000)
    const days = await candles({ interval: '1day', from_date: '2000-01-01T00:00:00.000Z' })
    expect([days.length, days[0]?.datetime]).toEqual([1_000, '2000-01-03 00:00:00'])
  })

  it('has bars of five and of thirty minutes, and of days at midnight', async () => {
    expect(await candles({ interval: '5minute' })).toHaveLength(75)
    expect(await candles({ interval: '30minute' })).toHaveLength(13)
    const days = await candles({ interval: '1day', from_date: '2026-03-02T00:00:00.000Z' })
    // 3 March is Holi; the 7th and 8th are a weekend.
    expect(days.map(({ datetime }) => datetime.slice(8))).toEqual(
      ['02', '04', '05', '06', '09', '10'].map((day) => `${day} 00:00:00`),
    )
  })

  it('includes the bar that is still forming and nothing later', async () => {
    const today = { from_date: '2026-03-11T09:15:00.000Z', to_date: '2026-03-11T23:59:59.000Z' }
    expect((await candles(today)).at(-1)?.datetime).toBe('2026-03-11 11:30:00')
    expect(await candles({ ...today, interval: '1day', from_date: '2026-03-11T00:00:00.000Z' })).toHaveLength(1)
  })

  it('agrees with the quote', async () => {
    const today = await candles({
      interval: '1day',
      from_date: '2026-03-11T00:00:00.000Z',
      to_date: '2026-03-11T23:59:59.000Z',
    })
    const quotes = await client.call('quotes', { stock_code: 'RELIND', exchange_code: 'NSE' }, token)
    const [{ ltp, open, high, low } = {}] = quotes.envelope.Success as Record<string, number>[]
    expect(today[0]).toMatchObject({ open, high, low, close: ltp })
  })

  it('knows BSE and indices', async () => {
    expect(await candles({ exch_code: 'BSE' })).toHaveLength(375)
    expect((await candles({ stock_code: 'CNXBAN' }))[0]?.volume).toBe(0)
  })

  it('has no data before the listing, on a holiday, and for a code nobody has', async () => {
    const none = { Success: null, Status: 500, Error: 'No Data Found' }
    expect(await ask({ stock_code: 'NOPE' })).toEqual(none)
    expect(await ask({ from_date: '2026-03-03T00:00:00.000Z', to_date: '2026-03-03T23:59:59.000Z' })).toEqual(none)
    const before = { from_date: '2021-01-01T00:00:00.000Z', to_date: '2021-06-30T00:00:00.000Z' }
    expect(await ask({ stock_code: 'ZOMLIM', ...before })).toEqual(none)
  })

  it.each([
    ['interval', '15minute'],
    ['exch_code', 'MCX'],
    ['from_date', '2026-03-10'],
    ['to_date', '2026-02-30T00:00:00.000Z'],
    ['product_type', 'futures'],
  ])('refuses %s %s', async (field, value) => {
    expect((await ask({ [field]: value })).Error).toBe(`Invalid ${field}`)
  })
})

describe('the vendor’s times', () => {
  it('are India time', () => {
    const instant = parseTimestamp('2026-03-10T09:15:00+05:30') ?? 0
    expect(parseHistoryTime('2026-03-10T09:15:00.000Z')).toBe(instant)
    expect(candleTime(instant)).toBe('2026-03-10 09:15:00')
    expect(parseHistoryTime('2026-03-10T09:15:00Z')).toBeNull()
  })
})
