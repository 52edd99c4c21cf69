import { decimalOf } from '@banyan/domain'
import { describe, expect, it } from 'vitest'
import { readHoldings } from './holdings.ts'

/** A row as the vendor writes it, with invented values. */
const row = {
  tradingsymbol: 'TCS',
  exchange: 'NSE',
  instrument_token: 2953217,
  isin: 'INE467B01029',
  product: 'CNC',
  quantity: 10,
  used_quantity: 0,
  t1_quantity: 5,
  collateral_quantity: 0,
  discrepancy: false,
  average_price: 100.5,
  last_price: 101.25,
  close_price: 100.75,
  pnl: 11.25,
  day_change: 0.5,
  mtf: { quantity: 0, used_quantity: 0, average_price: 0, value: 0, initial_margin: 0 },
}

const readOne = (change: object) => readHoldings([{ ...row, ...change }])
const first = (change: object) => readOne(change).rows[0]

describe('readHoldings', () => {
  it('counts shares still to be delivered', () => {
    const holding = first({})
    expect(holding).toMatchObject({
      exchange: 'NSE',
      symbol: 'TCS',
      mapped: true,
      isin: 'INE467B01029',
      product: 'CNC',
    })
    expect([holding?.quantity, holding?.t1Quantity, holding?.closePrice].map(String)).toEqual(['15', '5', '100.75'])
    const { lastPrice, averagePrice, quantity } = holding ?? {}
    expect(
      lastPrice
        ?.minus(averagePrice ?? 0)
        .times(quantity ?? 0)
        .toString(),
    ).toBe('11.25')
  })

  it('keeps an average price of five decimals and drops binary noise', () => {
    expect(first({ average_price: 801.78125 })?.averagePrice?.toString()).toBe('801.78125')
    expect(first({ last_price: 352.94999999999993 })?.lastPrice?.toString()).toBe('352.95')
    expect(first({ average_price: '801.78125' })?.averagePrice).toEqual(decimalOf(801.78125))
  })

  it('makes a row of its own of what was bought on margin funding', () => {
    const { rows } = readOne({ mtf: { ...row.mtf, quantity: 1000, average_price: 99.5 } })
    expect(
      rows.map((one) => [one.product, String(one.quantity), String(one.averagePrice), one.t1Quantity?.toString()]),
    ).toEqual([
      ['CNC', '15', '100.5', '5'],
      ['MTF', '1000', '99.5', undefined],
    ])
    expect(rows[1]).toMatchObject({ symbol: 'TCS', isin: 'INE467B01029' })
  })

  it('shows only the funded part when nothing else is held, and nothing when all was sold', () => {
    const none = { quantity: 0, t1_quantity: 0 }
    const funded = { mtf: { ...row.mtf, quantity: 3, average_price: 90 } }
    expect(readOne({ ...none, ...funded }).rows.map(({ product }) => product)).toEqual(['MTF'])
    expect(readOne(none).rows).toEqual([])
    expect(readOne({ mtf: undefined }).rows.length).toBe(1)
  })

  it('keeps both rows of one ISIN on two exchanges', () => {
    const { rows } = readHoldings([row, { ...row, exchange: 'BSE' }])
    expect(rows.map(({ exchange, isin }) => `${exchange} ${isin}`)).toEqual(['NSE INE467B01029', 'BSE INE467B01029'])
  })

  it('says which average prices the broker doubts', () => {
    const { rows, warnings } = readHoldings([row, { ...row, tradingsymbol: 'INFY', discrepancy: true }])
    expect(rows.length).toBe(2)
    expect(warnings.length).toBe(1)
    expect(warnings[0]).toMatch(/INFY/)
    expect(warnings[0]).not.toMatch(/TCS/)
  })

  it('leaves a row of an unknown exchange out and says so', () => {
    const { rows, warnings } = readHoldings([row, { ...row, exchange: 'NSEIX', tradingsymbol: 'XYZ' }])
    expect(rows.length).toBe(1)
    expect(warnings).toEqual(['XYZ is left out: NSEIX is not an exchange known here.'])
  })

  it('takes the series off the symbol', () => {
    expect(first({ tradingsymbol: 'IDEA-BE' })?.symbol).toBe('IDEA')
    expect(first({ tradingsymbol: 'BAJAJ-AUTO' })?.symbol).toBe('BAJAJ-AUTO')
    expect(first({ tradingsymbol: 'M&M' })?.symbol).toBe('M&M')
  })

  it('keeps a symbol that has not the form of one, and says that it stands for nothing', () => {
    expect(first({ tradingsymbol: 'ODD*NAME' })).toMatchObject({ symbol: 'ODD*NAME', mapped: false })
  })

  it('takes 0, null and the empty text for an unknown price', () => {
    for (const last_price of [0, null, '']) expect(first({ last_price })?.lastPrice).toBeNull()
    expect(first({ close_price: 0 })?.closePrice).toBeNull()
  })

  it('takes an ISIN that fails its check digit for unknown', () => {
    expect(first({ isin: 'DUM418H01029' })?.isin).toBeNull()
    expect(first({ isin: '' })?.isin).toBeNull()
  })

  it('reads an empty book', () => {
    expect(readHoldings([])).toEqual({ rows: [], warnings: [] })
  })

  it.each([
    ['a quantity as text', { quantity: 'ten' }],
    ['a quantity below zero', { quantity: -1 }],
    ['no quantity', { quantity: undefined }],
    ['an empty quantity', { quantity: null }],
    ['no T+1 quantity', { t1_quantity: undefined }],
    ['no average price', { average_price: undefined }],
    ['a price that is no number', { last_price: {} }],
    ['a price with a comma', { last_price: '1,000.00' }],
    ['no last price', { last_price: undefined }],
    ['no symbol', { tradingsymbol: '' }],
    ['markup for a symbol', { tradingsymbol: '<script>' }],
    ['control characters', { tradingsymbol: 'T\u0000CS' }],
    ['an endless symbol', { tradingsymbol: 'A'.repeat(65) }],
    ['a funded quantity below zero', { mtf: { ...row.mtf, quantity: -5 } }],
    ['funding that is no object', { mtf: 7 }],
  ])('throws at %s, whatever the other rows are', (_, change) => {
    expect(() => readHoldings([row, { ...row, ...change }, row])).toThrow(Error)
  })

  it.each([null, {}, 'x', [null], [[]], [7]])('throws at %j', (data) => {
    expect(() => readHoldings(data)).toThrow(Error)
  })

  it('throws at a number too large for one', () => {
    expect(() => readHoldings(JSON.parse(JSON.stringify([row]).replace('"quantity":10', '"quantity":1e400')))).toThrow(
      Error,
    )
  })
})
