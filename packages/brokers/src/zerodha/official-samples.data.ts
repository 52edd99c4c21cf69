import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { decimalOf, parseTimestamp } from '@banyan/domain'
import { describe, expect, it } from 'vitest'
import { readCandles } from './candles.ts'
import { readHoldings } from './holdings.ts'
import { readInstrumentList } from './instrument-list.ts'
import { readPositions } from './positions.ts'
import { readQuotes } from './quotes.ts'
import { readData } from './read-answer.ts'
import { readGrant } from './sign-in.ts'
import { textAnswer } from './testing/vendor-answers.ts'
import { decodeFrame } from './ticker-packets.ts'
import { parseVendorTime } from './vendor-time.ts'

const folder = resolve(process.env['BANYAN_DEV_DATA'] ?? '../shared/data')
if (!existsSync(join(folder, 'kite_mocks'))) throw new Error('development data not present')
const textOf = (name: string) => readFileSync(join(folder, 'kite_mocks', name), 'utf8')
const sampleOf = (name: string) => JSON.parse(textOf(name))
const dataOf = (name: string) => readData(textAnswer(200, textOf(name)))
const everything = { from: 0, to: Number.MAX_SAFE_INTEGER }

/** A packet as the vendor publishes it, base64, in a frame of its own. */
function tickOf(name: string) {
  const packet = Buffer.from(textOf(name), 'base64')
  const head = Buffer.alloc(4)
  head.writeUInt16BE(1, 0)
  head.writeUInt16BE(packet.length, 2)
  return decodeFrame(Buffer.concat([head, packet]), { withDepth: true })[0]
}

describe('the vendor’s own samples parse without loss', () => {
  it('holdings', () => {
    const { rows } = readHoldings(dataOf('holdings.json'))
    const sample: Record<string, number>[] = sampleOf('holdings.json').data
    const own = rows.filter(({ product }) => product !== 'MTF')
    expect(own.length).toBe(sample.length)
    own.forEach(({ lastPrice, averagePrice, quantity }, i) => {
      if (lastPrice === null || averagePrice === null) throw new Error('a price is missing')
      expect(lastPrice.minus(averagePrice).times(quantity).toString()).toBe(
        decimalOf(sample[i]?.['pnl'] ?? Number.NaN).toString(),
      )
    })
    const funded = (sampleOf('holdings.json').data as { mtf: { quantity: number } }[]).filter(
      ({ mtf }) => mtf.quantity > 0,
    )
    expect(rows.length).toBe(sample.length + funded.length)
  })

  it('positions, whose figures follow from their quantities', () => {
    const { rows, warnings } = readPositions(dataOf('positions.json'))
    const { net, day }: Record<'net' | 'day', Record<string, number>[]> = sampleOf('positions.json').data
    expect(warnings).toEqual([])
    expect(rows.map(({ pnl, m2m }) => [pnl?.toNumber(), m2m?.toNumber()])).toEqual(
      [...net, ...day].map(({ pnl, m2m }) => [pnl, m2m]),
    )
    for (const { pnl, realised, unrealised } of rows)
      expect(realised?.plus(unrealised ?? Number.NaN).toString()).toBe(pnl?.toString())
  })

  it.each(['quote', 'ohlc', 'ltp'] as const)('%s', (of) => {
    const { rows, dropped } = readQuotes(dataOf(`${of}.json`), of)
    const sample: Record<string, { last_price: number; timestamp?: string; ohlc?: { close: number } }> = sampleOf(
      `${of}.json`,
    ).data
    expect(dropped).toBe(0)
    expect(rows.map(({ key, lastPrice, prevClose, asOf }) => [key, lastPrice, prevClose, asOf])).toEqual(
      Object.entries(sample).map(([key, { last_price, ohlc, timestamp }]) => [
        key,
        last_price,
        ohlc?.close ?? null,
        timestamp === undefined ? null : parseVendorTime(timestamp),
      ]),
    )
  })

  it.each(['historical_minute.json', 'historical_oi.json'])('%s', (name) => {
    const series = readCandles(dataOf(name), '1minute', everything)
    const sample: [string, ...number[]][] = sampleOf(name).data.candles
    expect([...series.time]).toEqual(sample.map(([time]) => parseTimestamp(time)))
    expect([...series.close].map((close, i) => [close, series.volume[i]])).toEqual(
      sample.map((bar) => [bar[4], bar[5]]),
    )
  })

  it('the session, the profile and the sign-out', () => {
    expect(readGrant(dataOf('generate_session.json')).exchanges).toEqual(
      sampleOf('generate_session.json').data.exchanges,
    )
    expect(dataOf('session_logout.json')).toBe(true)
    expect(dataOf('profile.json')).toHaveProperty('user_id')
  })

  it.each(['quote', 'full'])('the ticker’s %s packet', (mode) => {
    const tick = tickOf(`ticker_${mode}.packet`)
    const sample = sampleOf(`ticker_${mode}.json`)
    expect(tick).toMatchObject({
      mode,
      token: sample.instrument_token,
      lastPrice: sample.last_price,
      open: sample.ohlc.open,
      high: sample.ohlc.high,
      low: sample.ohlc.low,
      prevClose: sample.ohlc.close,
      volume: sample.volume,
      buyQuantity: sample.buy_quantity,
      sellQuantity: sample.sell_quantity,
      exchangeTime: sample.timestamp === undefined ? null : parseTimestamp(sample.timestamp),
      depth: sample.depth ?? null,
    })
  })

  it.each(['instruments_all.csv', 'instruments_nse.csv'])('%s', async (name) => {
    const { instruments, dropped, foreign } = await readInstrumentList(textOf(name))
    expect([instruments.length + foreign, dropped]).toEqual([textOf(name).trim().split('\n').length - 1, 0])
  })
})

describe('whole lists of 2026 parse without loss', () => {
  it.each([
    ['kite_instruments_NSE_2026-03-14.csv.gz', 9_451],
    ['kite_instruments_NFO_BFO_2026-08-18.csv.gz', 39_941],
  ])('%s', async (name, rows) => {
    const csv = gunzipSync(readFileSync(join(folder, 'instruments', name))).toString('utf8')
    const { instruments, dropped, foreign } = await readInstrumentList(csv)
    expect([instruments.length, dropped, foreign]).toEqual([rows, 0, 0])
    // The plain symbols of shares, trusts and indices are each listed once.
    const named = instruments.filter(({ kind }) => kind !== null && kind !== 'bond')
    expect(new Set(named.map(({ id }) => id)).size).toBe(named.length)
  })
})
