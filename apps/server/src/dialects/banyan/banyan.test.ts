import { CandlesReply, Instrument, InstrumentsReply, MarketMapReply, MarketMode, MoversReply } from '@banyan/contracts'
import { createCandleSeries, dayMs, formatIst, istMidnight } from '@banyan/domain'
import fc from 'fast-check'
import { Errors } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bodyOf } from '../../infra/http/testing/body-of.ts'
import { startTestServer, type TestServer } from '../../infra/http/testing/test-server.ts'
import { renderCandles } from './candle-rows.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.app.close())

describe('GET /api/candles/{instrument}', () => {
  it('shows bars, factors, jumps and where they come from', async () => {
    const body = await bodyOf<CandlesReply>(await server.get('/api/candles/tcs'))
    expect([...Errors({ MarketMode }, CandlesReply, body)]).toEqual([])
    expect(body.candles.length).toBe(400)
    expect(body.candles[0]).toEqual({
      time: '2021-01-01',
      open: 100,
      high: 101.35,
      low: 99.1,
      close: 100.55,
      volume: 1e6,
    })
    expect(body).toMatchObject({
      instrument: 'NSE:TCS',
      interval: 'day',
      adjusted: true,
      source: 'eod2',
      delay: 'replay',
    })
    expect(body.unexplained_jumps[0]).toMatchObject({ time: '2021-01-01', change_percent: 50 })
    expect(body.market).toEqual({ mode: 'replay', recorded_date: '2021-06-09' })
  })

  it('reads ranges with the start included, a date as end whole and a timestamp as end excluded', async () => {
    await server.get('/api/candles/TCS?from=2021-06-01&to=2021-06-02&interval=5minute&adjusted=false')
    expect(server.world.asked.at(-1)).toEqual({
      instrument: 'NSE:TCS',
      interval: '5minute',
      adjusted: false,
      limit: 5_000,
      from: istMidnight('2021-06-01'),
      to: istMidnight('2021-06-03'),
    })
    await server.get('/api/candles/TCS?to=2021-06-02T09:15:00%2B05:30')
    expect(server.world.asked.at(-1)).toMatchObject({ from: null, to: Date.UTC(2021, 5, 2, 3, 45), adjusted: true })
    const swapped = await server.get('/api/candles/TCS?from=2021-06-03&to=2021-06-01')
    expect([swapped.status, (await bodyOf(swapped)).details?.[0]?.field]).toEqual([400, 'from'])
  })

  it('tells a known symbol without bars from an unknown one, and takes an ampersand', async () => {
    const none = await bodyOf<CandlesReply>(await server.get('/api/candles/M%26M'))
    expect(none).toMatchObject({
      instrument: 'NSE:M&M',
      candles: [],
      source: null,
      as_of: null,
      age_ms: null,
      delay: null,
    })
    const unknown = await server.get('/api/candles/NOPE')
    expect([unknown.status, (await bodyOf(unknown)).code]).toEqual([404, 'unknown_symbol'])
    expect((await server.get('/api/candles/')).status).toBe(404)
  })

  it('labels minute bars with their start in IST and writes exactly the numbers it was given', () => {
    const price = fc.double({ min: 0, max: 1e9, noNaN: true })
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 20_000_000 }), price)), (rows) => {
        const series = createCandleSeries(rows.length)
        rows.forEach(([minute, value], i) => {
          series.time[i] = minute * 60_000
          series.close[i] = value
        })
        const minutes = JSON.parse(renderCandles(series, '1minute'))
        expect(minutes.map((row: { time: string }) => row.time)).toEqual(
          rows.map(([minute]) => formatIst(minute * 60_000)),
        )
        expect(minutes.map((row: { close: number }) => row.close)).toEqual(rows.map(([, value]) => value + 0))
      }),
    )
  })

  it('labels days by their date', () => {
    const series = createCandleSeries(2)
    series.time.set([istMidnight('2021-12-31'), istMidnight('2021-12-31') + dayMs])
    const days = JSON.parse(renderCandles(series, 'day'))
    expect(days.map((row: { time: string }) => row.time)).toEqual(['2021-12-31', '2022-01-01'])
  })
})

describe('GET /api/instruments, /api/movers and /api/market-map', () => {
  it('search within the limit and tell how many there were', async () => {
    const body = await bodyOf<InstrumentsReply>(await server.get('/api/instruments?q=share&limit=5'))
    expect([...Errors({ Instrument }, InstrumentsReply, body)]).toEqual([])
    expect([body.instruments.length, body.total]).toEqual([5, 57])
    for (const limit of ['0', '51', '5.0', '+5', '５'])
      expect((await server.get(`/api/instruments?q=a&limit=${encodeURIComponent(limit)}`)).status).toBe(400)
  })

  it('list the largest moves with their provenance', async () => {
    const body = await bodyOf<MoversReply>(await server.get('/api/movers?limit=3'))
    expect([...Errors({ MarketMode }, MoversReply, body)]).toEqual([])
    expect([body.gainers.length, body.losers.length]).toEqual([3, 3])
    expect(body.gainers[0]).toMatchObject({ source: 'replay', delay: 'replay', age_ms: 640 })
  })

  it('list the most traded shares, each with its volume, up to 500', async () => {
    const body = await bodyOf<MarketMapReply>(await server.get('/api/market-map?limit=2'))
    expect([...Errors({ MarketMode }, MarketMapReply, body)]).toEqual([])
    expect(body.shares.length).toBe(2)
    for (const { volume, last_price, traded_value } of body.shares)
      expect(traded_value).toBeCloseTo(volume * last_price, 2)
    expect(body.traded_count).toBeGreaterThan(2)
    for (const limit of ['0', '501', '1.5'])
      expect((await server.get(`/api/market-map?limit=${limit}`)).status).toBe(400)
  })
})
