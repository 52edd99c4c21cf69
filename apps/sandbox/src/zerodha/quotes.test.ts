import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ist, type QuietSandbox, startQuietSandbox } from '../testing/quiet-sandbox.ts'
import { type KiteUser, refusal, signIn } from './testing/kite-user.ts'

let sandbox: QuietSandbox
let user: KiteUser
beforeAll(async () => {
  sandbox = await startQuietSandbox()
  sandbox.control.clock.freeze()
  user = await signIn(sandbox)
})
afterAll(() => sandbox.close())

const dataOf = async (path: string) => (await user.get(path)).body.data

describe('GET /quote', () => {
  it('tells all of a share', async () => {
    const { 'NSE:INFY': quote } = await dataOf('/quote?i=NSE:INFY')
    expect(quote).toMatchObject({
      instrument_token: 3003 * 256 + 1,
      timestamp: '2026-03-12 12:00:00',
      last_trade_time: '2026-03-12 12:00:00',
      net_change: 0,
      oi: 0,
    })
    const { ohlc, last_price: last, depth } = quote
    expect(last).toBeGreaterThanOrEqual(ohlc.low)
    expect(last).toBeLessThanOrEqual(ohlc.high)
    expect(quote.lower_circuit_limit).toBeLessThan(ohlc.close)
    expect(quote.upper_circuit_limit).toBeGreaterThan(ohlc.close)
    expect([depth.buy.length, depth.sell.length]).toEqual([5, 5])
    expect(depth.buy[0].price).toBeLessThan(last)
    expect(depth.sell[0].price).toBeGreaterThan(last)
  })

  it('has the close of the trading day before as ohlc.close', async () => {
    const { 'NSE:INFY': quote } = await dataOf('/quote?i=NSE:INFY')
    const token = quote.instrument_token
    const { candles } = await dataOf(`/instruments/historical/${token}/day?from=2026-03-11&to=2026-03-11`)
    expect(quote.ohlc.close).toBe(candles[0][4])
  })

  it('leaves unknown keys out without an error', async () => {
    expect(Object.keys(await dataOf('/quote?i=NSE:INFY&i=NSE:NOSUCH&i=nse:infy&i='))).toEqual(['NSE:INFY'])
    expect(await dataOf('/quote?i=NSE:NOSUCH')).toEqual({})
  })

  it('leaves an expired contract out', async () => {
    expect(Object.keys(await dataOf('/quote?i=NFO:NIFTY26FEBFUT&i=NFO:NIFTY26MARFUT'))).toEqual(['NFO:NIFTY26MARFUT'])
  })

  it.each(['NSE:NIFTY+50', 'NSE:NIFTY%2050', 'NSE%3ANIFTY%2050'])('knows %s, and names it decoded', async (key) => {
    expect(Object.keys(await dataOf(`/quote?i=${key}`))).toEqual(['NSE:NIFTY 50'])
  })

  it('knows M&M by its encoded ampersand', async () => {
    expect(Object.keys(await dataOf('/quote?i=NSE:M%26M'))).toEqual(['NSE:M&M'])
  })

  it('has no time of a last trade of an index, and volume and depth as zeros or not at all', async () => {
    const { 'NSE:NIFTY 50': nifty, 'BSE:SENSEX': sensex } = await dataOf('/quote?i=NSE:NIFTY+50&i=BSE:SENSEX')
    expect(nifty).toMatchObject({ instrument_token: 256265, last_trade_time: null, volume: 0 })
    expect(nifty.depth.buy[0]).toEqual({ price: 0, quantity: 0, orders: 0 })
    expect(sensex.instrument_token).toBe(265)
    expect(sensex).not.toHaveProperty('volume')
    expect(sensex).not.toHaveProperty('depth')
  })

  it('has unused levels of zeros where few trade, and open interest of a contract', async () => {
    const { 'NSE:731SBX31-SG': bond, 'NFO:NIFTY26MARFUT': future } = await dataOf(
      '/quote?i=NSE:731SBX31-SG&i=NFO:NIFTY26MARFUT',
    )
    expect(bond.depth.sell[4]).toEqual({ price: 0, quantity: 0, orders: 0 })
    expect(future.oi).toBeGreaterThan(0)
    expect(future.oi_day_high).toBeGreaterThanOrEqual(future.oi)
    expect(future.oi_day_low).toBeLessThanOrEqual(future.oi)
  })
})

describe('GET /quote/ohlc and /quote/ltp', () => {
  it('tell less, and no time', async () => {
    const { 'NSE:INFY': ohlc } = await dataOf('/quote/ohlc?i=NSE:INFY')
    const { 'NSE:INFY': ltp } = await dataOf('/quote/ltp?i=NSE:INFY')
    expect(Object.keys(ohlc)).toEqual(['instrument_token', 'last_price', 'ohlc'])
    expect(Object.keys(ltp)).toEqual(['instrument_token', 'last_price'])
    expect(ltp.last_price).toBe(ohlc.last_price)
  })
})

it.each([
  ['/quote', 500],
  ['/quote/ohlc', 1_000],
  ['/quote/ltp', 1_000],
])('%s takes %i instruments and refuses one more', async (path, most) => {
  const ask = (count: number) => user.get(`${path}?${Array.from({ length: count }, (_, n) => `i=N:${n}`).join('&')}`)
  expect((await ask(most)).status).toBe(200)
  expect(await ask(most + 1)).toMatchObject(refusal(400, 'InputException'))
})

it('moves with the clock, and stands after the close', async () => {
  const last = async () => (await dataOf('/quote/ltp?i=NSE:RELIANCE'))['NSE:RELIANCE'].last_price
  const prices = new Set<number>()
  for (let minute = 0; minute < 10; minute++) {
    sandbox.control.clock.set(ist(`2026-03-12T13:0${minute}:00`))
    prices.add(await last())
  }
  expect(prices.size).toBeGreaterThan(3)
  sandbox.control.clock.set(ist('2026-03-12T20:00:00'))
  const close = await last()
  sandbox.control.clock.set(ist('2026-03-13T03:00:00'))
  expect(await last()).toBe(close)
})
