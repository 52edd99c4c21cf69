import { createUpstreamPort } from '@banyan/brokers/http'
import { createYahooQuotes, fetchDailyBars, yahooOperations } from '@banyan/brokers/yahoo'
import { addDays, type EpochMs, type InstrumentId, istDate, istMidnight, weekday } from '@banyan/domain'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../index.ts'

const browser = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Test/1.0' }
// A Wednesday.
const noon = istMidnight('2026-09-16') + 12 * 3_600_000

interface Result {
  readonly meta: Readonly<Record<string, string | number>>
  readonly timestamp?: readonly number[]
  readonly events?: { readonly dividends: Readonly<Record<string, { readonly amount: number; readonly date: number }>> }
  readonly indicators: {
    readonly quote: readonly Readonly<Record<string, readonly (number | null)[]>>[]
    readonly adjclose: readonly { readonly adjclose: readonly (number | null)[] }[]
  }
}

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ seed: 7, clockStart: noon })
  sandbox.control.clock.freeze()
  sandbox.control.clock.set(noon)
})
afterAll(() => sandbox.close())
afterEach(async () => {
  await sandbox.control.clearFaults()
  sandbox.control.clock.set(noon)
})

const get = (symbol: string, query = 'interval=1d&range=1d', headers: Record<string, string> = browser) =>
  fetch(`${sandbox.urls.yahoo}/v8/finance/chart/${symbol}?${query}`, { headers })

async function chart(symbol: string, query?: string): Promise<Result> {
  const { chart } = (await (await get(symbol, query)).json()) as { chart: { result: [Result]; error: null } }
  return chart.result[0]
}

interface Bar {
  readonly date: string
  readonly open: number | null
  readonly high: number | null
  readonly low: number | null
  readonly close: number | null
  readonly volume: number | null
}

function barsOf({ timestamp = [], indicators }: Result): readonly Bar[] {
  const [quote] = indicators.quote
  const at = (name: string, i: number) => quote?.[name]?.[i] ?? null
  return timestamp.map((seconds, i) => ({
    date: istDate(seconds * 1000),
    open: at('open', i),
    high: at('high', i),
    low: at('low', i),
    close: at('close', i),
    volume: at('volume', i),
  }))
}

const seconds = (date: string) => istMidnight(date) / 1000
const years = (from: string, to: string) => `interval=1d&period1=${seconds(from)}&period2=${seconds(to)}`

/** Asks the same market by the port of the vendor that makes no mistakes. */
async function officialClose(symbol: string, date: string): Promise<number> {
  const page = await fetch(`${sandbox.urls.exchange}${fileOf(date)}`, { headers: browser })
  const row = (await page.text()).split('\n').find((line) => line.startsWith(`${symbol}, EQ`))
  return Number(row?.split(',')[8])
}
const fileOf = (date: string) => `/products/content/sec_bhavdata_full_${date.split('-').toReversed().join('')}.csv`

describe('the meta of a chart', () => {
  it('tells a price in rupees of India, a quarter of an hour old', async () => {
    const { meta } = await chart('RELIANCE.NS')
    expect(meta).toMatchObject({ currency: 'INR', exchangeTimezoneName: 'Asia/Kolkata', symbol: 'RELIANCE.NS' })
    expect(noon / 1000 - Number(meta['regularMarketTime'])).toBe(15 * 60)
    sandbox.control.clock.advance(15 * 60_000)
    const later = await chart('RELIANCE.NS')
    expect(Number(later.meta['regularMarketTime']) - Number(meta['regularMarketTime'])).toBe(15 * 60)
  })

  it('is of the session before until a quarter of an hour after the open', async () => {
    const dayOf = async (hours: number) => {
      sandbox.control.clock.set(istMidnight('2026-09-16') + hours * 3_600_000)
      return istDate(Number((await chart('RELIANCE.NS')).meta['regularMarketTime']) * 1000)
    }
    expect([await dayOf(9.4), await dayOf(9.6)]).toEqual(['2026-09-15', '2026-09-16'])
  })

  it('YC-5 has the close before the start of the range, which is yesterday’s only with range=1d', async () => {
    const yesterday = await officialClose('RELIANCE', '2026-09-15')
    expect((await chart('RELIANCE.NS')).meta['chartPreviousClose']).toBe(yesterday)
    const week = await chart('RELIANCE.NS', 'interval=1d&range=5d')
    const first = barsOf(week)[0]?.date ?? ''
    const before = first === '2026-09-10' ? '2026-09-09' : '2026-09-08'
    expect(week.meta['chartPreviousClose']).toBe(await officialClose('RELIANCE', before))
    expect(week.meta['chartPreviousClose']).not.toBe(yesterday)
  })
})

describe('the bars of a chart', () => {
  it('YC-1 are stamped 09:15 IST, 03:45 UTC', async () => {
    const { timestamp } = await chart('INFY.NS', 'interval=1d&range=1y')
    expect(new Set(timestamp?.map((at) => at % 86_400))).toEqual(new Set([3.75 * 3_600]))
    expect(timestamp?.length).toBeGreaterThan(200)
    expect(timestamp?.toSorted((a, b) => a - b)).toEqual(timestamp)
  })

  it('are within the period asked for, start included and end not', async () => {
    const dates = barsOf(await chart('INFY.NS', years('2026-09-07', '2026-09-10'))).map(({ date }) => date)
    expect(dates).toEqual(['2026-09-07', '2026-09-08', '2026-09-09'])
    expect(barsOf(await chart('INFY.NS', years('2027-01-01', '2027-02-01')))).toEqual([])
    expect(barsOf(await chart('SWIGGY.NS', years('2020-01-01', '2021-01-01')))).toEqual([])
  })

  it('YC-2 are null altogether, have no volume, or a high below the close, here and there', async () => {
    const bars = barsOf(await chart('INFY.NS', years('2010-01-01', '2026-01-01')))
    const missing = bars.filter(({ close }) => close === null)
    expect(missing.length).toBeGreaterThan(10)
    for (const bar of missing) expect(new Set(Object.values({ ...bar, date: null }))).toEqual(new Set([null]))
    const known = bars.filter(({ close }) => close !== null)
    expect(known.some(({ volume }) => volume === 0)).toBe(true)
    expect(known.some(({ open, high, close }) => Number(high) < Math.max(Number(open), Number(close)))).toBe(true)
  })

  it('are there on days without a session, when nothing moved', async () => {
    const bars = barsOf(await chart('INFY.NS', years('2026-01-01', '2026-06-15')))
    for (const date of ['2026-01-15', '2026-05-01', '2026-05-28']) {
      const at = bars.findIndex((bar) => bar.date === date)
      const { open, high, low, close, volume } = bars[at] ?? {}
      expect([open, high, low, volume]).toEqual([close, close, close, 0])
      expect(close).toBe(Math.fround(await officialClose('INFY', bars[at - 1]?.date ?? '')))
    }
    expect(bars.map(({ date }) => date)).not.toContain('2026-01-26')
  })

  it('are missing for sessions on weekends and for Muhurat trading', async () => {
    const dates = barsOf(await chart('INFY.NS', years('2024-01-01', '2026-06-15'))).map(({ date }) => date)
    for (const session of ['2024-01-20', '2025-02-01', '2025-10-21', '2026-02-01']) expect(dates).not.toContain(session)
    expect(dates.filter((date) => weekday(date) === 0 || weekday(date) === 6)).toEqual([])
  })

  it.each([
    ['VEDL.NS', '2026-04-30', -0.65],
    ['TMPV.NS', '2025-10-14', -0.4],
    ['TITAN.NS', '2026-01-01', 1],
  ])('of %s step on %s, where nothing was traded so: not adjusted, or only in part', async (symbol, date, expected) => {
    const bars = barsOf(await chart(symbol, years(addDays(date, -20), addDays(date, 20))))
    const known = bars.filter(({ close }) => close !== null)
    const at = known.findIndex((bar) => bar.date >= date)
    const step = Number(known[at]?.close) / Number(known[at - 1]?.close) - 1
    expect(Math.abs(step - expected)).toBeLessThan(0.1)
  })

  it('are kept in 32 bits', async () => {
    const closes = barsOf(await chart('RELIANCE.NS', 'interval=1d&range=3mo')).flatMap(({ close }) => close ?? [])
    expect(closes.every((close) => Math.fround(close) === close)).toBe(true)
    expect(closes.some((close) => Math.round(close * 100) / 100 !== close)).toBe(true)
  })

  it('are dividend-adjusted in adjclose, and dividends are told when asked for', async () => {
    const result = await chart('INFY.NS', `${years('2025-06-01', '2025-09-01')}&events=div%7Csplit`)
    const paid = Object.values(result.events?.dividends ?? {})
    expect(paid).toHaveLength(1)
    expect(istDate((paid[0]?.date ?? 0) * 1000).slice(0, 7)).toBe('2025-07')
    const [adjusted] = result.indicators.adjclose
    const bars = barsOf(result)
    const ratios = bars.map(({ close }, i) => close && Number(adjusted?.adjclose[i]) / close)
    expect(ratios.filter((ratio) => ratio !== null).every((ratio) => Number(ratio) < 1)).toBe(true)
    expect((await chart('INFY.NS', years('2025-06-01', '2025-09-01'))).events).toBeUndefined()
  })
})

describe('symbols', () => {
  it('YC-6 are percent-encoded', async () => {
    expect((await chart('M%26M.NS')).meta['symbol']).toBe('M&M.NS')
    expect((await chart('%5ENSEI')).meta).toMatchObject({ symbol: '^NSEI', instrumentType: 'INDEX' })
    expect((await get('%E0%A4%A')).status).toBe(404)
  })

  it.each([
    'TCS.NS',
    'TCS.BO',
    'BAJAJ-AUTO.NS',
    'RELINFRA.NS',
    '^NSEBANK',
    '^BSESN',
    '^CNXIT',
    '^INDIAVIX',
    'NIFTY_FIN_SERVICE.NS',
  ])('%s is known', async (symbol) => {
    expect((await chart(encodeURIComponent(symbol))).meta['regularMarketPrice']).toBeGreaterThan(0)
  })

  it.each(['^CNXPHARMA', '^NSMIDCP'])('%s has next to nothing', async (symbol) => {
    expect(barsOf(await chart(encodeURIComponent(symbol), 'interval=1d&range=5y'))).toHaveLength(1)
  })

  it.each(['NOPE.NS', 'INFY', 'INFY.BSE', 'WIPRO.BO', 'NIFTY26SEPFUT.NS', '731SBX31.NS', 'NIFTY%2050.NS'])(
    '%s is unknown: 404 with JSON',
    async (symbol) => {
      const reply = await get(symbol)
      expect([reply.status, await reply.json()]).toEqual([
        404,
        {
          chart: { result: null, error: { code: 'Not Found', description: 'No data found, symbol may be delisted' } },
        },
      ])
    },
  )
})

describe('a refusal', () => {
  it('meets a program that says what it is: 429 in plain text', async () => {
    const reply = await get('INFY.NS', undefined, { 'user-agent': 'curl/8.5' })
    expect([reply.status, (await reply.text()).trim()]).toEqual([429, 'Too Many Requests'])
  })

  it.each(['range=7w', 'period1=x&period2=1', 'period1=1', 'interval=1m'])('meets %s', async (query) => {
    const reply = await get('INFY.NS', query)
    const body = (await reply.json()) as { chart: { error: { code: string } } }
    expect([reply.status, body.chart.error.code]).toEqual([422, 'Unprocessable Entity'])
  })

  it('meets other methods and paths', async () => {
    const post = await fetch(`${sandbox.urls.yahoo}/v8/finance/chart/INFY.NS`, { method: 'POST', headers: browser })
    const other = await fetch(`${sandbox.urls.yahoo}/v7/finance/quote`, { headers: browser })
    expect([post.status, other.status]).toEqual([404, 404])
  })
})

describe('faults', () => {
  it('rate_limit blocks, stale stops the prices, those of a ticker are refused', async () => {
    const before = await (await get('INFY.NS')).text()
    sandbox.control.setFault('yahoo', { fault: 'rate_limit', count: 2 })
    expect([(await get('INFY.NS')).status, (await get('INFY.NS')).status]).toEqual([429, 429])
    sandbox.control.setFault('yahoo', { fault: 'stale' })
    sandbox.control.clock.advance(3_600_000)
    expect(await (await get('INFY.NS')).text()).toBe(before)
    expect(() => sandbox.control.setFault('yahoo', { fault: 'ticker_drop' })).toThrow('yahoo has no fault ticker_drop')
  })

  it('are in Yahoo’s shape', async () => {
    sandbox.control.setFault('yahoo', { fault: 'status:401' })
    const reply = await get('INFY.NS')
    const body = (await reply.json()) as { chart: { error: { code: string } } }
    expect([reply.status, body.chart.error.code]).toEqual([401, 'Unauthorized'])
  })
})

describe('our adapter', () => {
  it('reads quotes and bars', async () => {
    const port = createUpstreamPort({
      provider: 'yahoo',
      hosts: { charts: sandbox.urls.yahoo },
      operations: Object.values(yahooOperations),
      limits: { pace: { perMs: 10, calls: 1, scope: 'installation' } },
      clock: { now: () => Date.now() },
      allowPrivate: true,
    })
    try {
      const source = createYahooQuotes({ port, clock: sandbox.control.clock })
      const ids = ['NSE:M&M', 'NSE:NIFTY 50'] as InstrumentId[]
      const quotes = await source.fetchQuotes(ids, new AbortController().signal)
      expect([...quotes.keys()]).toEqual(ids)
      const from = '2026-08-03'
      const asked = {
        instrument: 'NSE:TCS' as InstrumentId,
        from,
        to: '2026-09-15',
        signal: new AbortController().signal,
      }
      const bars = await fetchDailyBars(port, asked)
      expect(bars?.length).toBeGreaterThan(25)
    } finally {
      await port.close()
    }
  })

  it('SB-3 is served the same bytes for the same seed and clock', async () => {
    const start: EpochMs = noon
    const read = async (seed: number) => {
      const twin = await startSandbox({ seed, clockStart: start })
      twin.control.clock.freeze()
      twin.control.clock.set(start)
      try {
        const address = `${twin.urls.yahoo}/v8/finance/chart/INFY.NS?range=6mo`
        return await (await fetch(address, { headers: browser })).text()
      } finally {
        await twin.close()
      }
    }
    const [first, same, other] = [await read(7), await read(7), await read(9)]
    expect(same).toBe(first)
    expect(other).not.toBe(first)
  })
})
