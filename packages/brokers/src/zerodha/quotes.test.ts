import { parseTimestamp } from '@banyan/domain'
import { describe, expect, it } from 'vitest'
import { readQuotes } from './quotes.ts'

const level = { price: 0, quantity: 0, orders: 0 }
/** As the vendor writes it, with invented values. */
const infy = {
  instrument_token: 408065,
  timestamp: '2026-03-12 11:42:06',
  last_trade_time: '2026-03-12 11:42:04',
  last_price: 1501.2,
  last_quantity: 5,
  volume: 3_000_000_000,
  net_change: 0,
  oi: 0,
  ohlc: { open: 1490, high: 1510, low: 1485.5, close: 1498.1 },
  depth: { buy: [level], sell: [level] },
}
const nifty = {
  instrument_token: 256265,
  timestamp: '2026-03-12 11:42:06',
  last_price: 24_812.05,
  ohlc: { ...infy.ohlc, close: 24_708.28 },
}

const read = (data: object) => readQuotes(data, 'quote').rows

describe('readQuotes', () => {
  it('reads price, previous close, volume and exchange time', () => {
    expect(read({ 'NSE:INFY': infy })).toEqual([
      {
        key: 'NSE:INFY',
        token: 408065,
        lastPrice: 1501.2,
        prevClose: 1498.1,
        volume: 3_000_000_000,
        asOf: parseTimestamp('2026-03-12T11:42:06+05:30'),
      },
    ])
  })

  it('KC-5 leaves out what the vendor leaves out, and keeps the others', () => {
    expect(read({ 'NSE:INFY': infy }).map(({ key }) => key)).toEqual(['NSE:INFY'])
    expect(read({})).toEqual([])
  })

  it('KC-8 keeps the keys as they were asked', () => {
    expect(read({ 'NSE:M&M': infy, 'NSE:NIFTY 50': nifty }).map(({ key }) => key)).toEqual(['NSE:M&M', 'NSE:NIFTY 50'])
  })

  it('knows that an index trades nothing, whether the vendor writes 0 or nothing', () => {
    expect(read({ 'NSE:NIFTY 50': nifty })[0]?.volume).toBeNull()
    expect(read({ 'NSE:NIFTY 50': { ...nifty, volume: 0 } })[0]?.volume).toBeNull()
  })

  it('is as of the last trade when the exchange time is empty, and absent when both are', () => {
    expect(read({ 'NSE:INFY': { ...infy, timestamp: null } })[0]?.asOf).toBe(
      parseTimestamp('2026-03-12T11:42:04+05:30'),
    )
    expect(read({ 'NSE:INFY': { ...infy, last_trade_time: null } })[0]?.asOf).toBe(
      parseTimestamp('2026-03-12T11:42:06+05:30'),
    )
    expect(read({ 'NSE:INFY': { ...infy, timestamp: null, last_trade_time: null } })).toEqual([])
  })

  it('takes 0 for no price', () => {
    expect(read({ 'NSE:INFY': { ...infy, last_price: 0 } })).toEqual([])
    expect(read({ 'NSE:INFY': { ...infy, ohlc: { ...infy.ohlc, close: 0 } } })[0]?.prevClose).toBeNull()
  })

  it('knows no time of ohlc and ltp, and no previous close of ltp', () => {
    const { instrument_token, last_price, ohlc } = infy
    expect(readQuotes({ 'NSE:INFY': { instrument_token, last_price, ohlc } }, 'ohlc').rows).toMatchObject([
      { prevClose: 1498.1, volume: null, asOf: null },
    ])
    expect(readQuotes({ 'NSE:INFY': { instrument_token, last_price } }, 'ltp').rows).toMatchObject([
      { lastPrice: 1501.2, prevClose: null, volume: null, asOf: null },
    ])
  })

  it('drops a row that is not understood while it is no more than 1 %', () => {
    const many = Object.fromEntries(Array.from({ length: 99 }, (_, i) => [`NSE:S${i}`, infy]))
    const broken = { ...infy, last_price: 'high' }
    const { rows, dropped } = readQuotes({ ...many, 'NSE:BAD': broken }, 'quote')
    expect([rows.length, dropped]).toEqual([99, 1])
    expect(() => readQuotes({ ...many, 'NSE:BAD': broken, 'NSE:WORSE': broken }, 'quote')).toThrow(/2 of 101/)
  })

  it.each([
    ['no price', { last_price: undefined }],
    ['no token', { instrument_token: undefined }],
    ['no time', { timestamp: undefined }],
    ['a time that is none', { timestamp: 'noon' }],
    ['no ohlc', { ohlc: undefined }],
    ['no volume of a share', { volume: undefined }],
    ['a volume below zero', { volume: -1 }],
  ])('throws at one row with %s', (_, change) => {
    expect(() => read({ 'NSE:INFY': { ...infy, ...change } })).toThrow(Error)
  })

  it.each([null, [], 'x'])('throws at %j', (data) => {
    expect(() => readQuotes(data, 'quote')).toThrow(Error)
  })
})
