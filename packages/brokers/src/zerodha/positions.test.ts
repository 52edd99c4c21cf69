import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BrokerPosition } from '../broker.ts'
import { readPositions } from './positions.ts'

interface Trades {
  readonly overnight: number
  readonly overnightCost: number
  readonly closePrice: number
  readonly bought: number
  readonly boughtFor: number
  readonly sold: number
  readonly soldFor: number
  readonly last: number
  readonly multiplier: number
}

/** Writes a long overnight position and today's trades as the vendor does (upstreams.md §2.6). Amounts for the whole quantity. */
function rowOf(trades: Trades) {
  const { overnight, overnightCost, closePrice, bought, boughtFor, sold, soldFor, last, multiplier } = trades
  const quantity = overnight + bought - sold
  const [buyValue, buyM2m] = [overnightCost + boughtFor, boughtFor + overnight * closePrice * multiplier]
  const pnl = soldFor - buyValue + quantity * last * multiplier
  return {
    tradingsymbol: 'GOLDM26APRFUT',
    exchange: 'MCX',
    product: 'NRML',
    quantity,
    overnight_quantity: overnight,
    multiplier,
    average_price: averageOf(trades),
    close_price: closePrice,
    last_price: last,
    value: soldFor - buyValue,
    pnl,
    m2m: soldFor - buyM2m + quantity * last * multiplier,
    unrealised: pnl,
    realised: 0,
    buy_value: buyValue,
    sell_value: soldFor,
    buy_m2m: buyM2m,
    sell_m2m: soldFor,
  }
}

/** Of what was bought, and of what was sold where nothing was. */
function averageOf({ overnight, overnightCost, bought, boughtFor, sold, soldFor, multiplier }: Trades): number {
  if (overnight + bought === sold) return 0
  const isShort = overnight + bought === 0
  return (isShort ? soldFor / sold : (overnightCost + boughtFor) / (overnight + bought)) / multiplier
}

const closed = rowOf({
  overnight: 3,
  overnightCost: 720,
  closePrice: 250,
  bought: 1,
  boughtFor: 260,
  sold: 4,
  soldFor: 1020,
  last: 252,
  multiplier: 1,
})
const open = rowOf({
  overnight: 0,
  overnightCost: 0,
  closePrice: 0,
  bought: 2,
  boughtFor: 10_000,
  sold: 0,
  soldFor: 0,
  last: 51,
  multiplier: 100,
})

const readNet = (...rows: object[]) => readPositions({ net: rows, day: [] })
const figuresOf = (row: BrokerPosition | undefined) =>
  [row?.pnl, row?.m2m, row?.unrealised, row?.realised].map((figure) => figure?.toString() ?? null)

describe('readPositions', () => {
  it('KC-6 gives a closed row its result', () => {
    const { rows, warnings } = readNet(closed)
    expect(figuresOf(rows[0])).toEqual(['40', '10', '0', '40'])
    expect([rows[0]?.quantity, rows[0]?.overnightQuantity].map(String)).toEqual(['0', '3'])
    expect(warnings).toEqual([])
  })

  it('KC-6 multiplies by the contract’s multiplier', () => {
    const { rows } = readNet(open)
    expect(figuresOf(rows[0])).toEqual(['200', '200', '200', '0'])
    expect(rows[0]).toMatchObject({
      exchange: 'MCX',
      symbol: 'GOLDM26APRFUT',
      product: 'NRML',
      isin: null,
      closePrice: null,
    })
  })

  it('KC-6 tells net from day and adds nothing', () => {
    const { rows } = readPositions({ net: [open, closed], day: [open] })
    expect(rows.map(({ type, pnl }) => `${type} ${pnl}`)).toEqual(['net 200', 'net 40', 'day 200'])
  })

  it('ignores the vendor’s own unrealised and realised', () => {
    expect(figuresOf(readNet({ ...open, unrealised: 7, realised: -3 }).rows[0])).toEqual(['200', '200', '200', '0'])
    expect(figuresOf(readNet({ ...open, unrealised: undefined, realised: undefined }).rows[0])?.[2]).toBe('200')
  })

  it('reads the sale of a holding as a negative CNC row', () => {
    const sale = {
      ...closed,
      product: 'CNC',
      exchange: 'NSE',
      tradingsymbol: 'TCS',
      quantity: -4,
      overnight_quantity: 0,
      average_price: 255,
    }
    const figures = { buy_value: 0, sell_value: 1020, buy_m2m: 0, sell_m2m: 1020, pnl: 12, m2m: 12 }
    const { rows, warnings } = readNet({ ...sale, ...figures })
    expect(figuresOf(rows[0])).toEqual(['12', '12', '12', '0'])
    expect([rows[0]?.quantity.toString(), warnings]).toEqual(['-4', []])
  })

  it('knows what was realised, and nothing else, without a price', () => {
    const [row] = readNet({ ...open, last_price: null, sell_value: 30, sell_m2m: 30 }).rows
    expect(row?.lastPrice).toBeNull()
    expect(figuresOf(row)).toEqual([null, null, null, '30'])
  })

  it('knows the result, and not what of it is realised, without an average price', () => {
    expect(figuresOf(readNet({ ...open, average_price: null }).rows[0])).toEqual(['200', '200', null, null])
  })

  it('needs no price for what was closed', () => {
    expect(figuresOf(readNet({ ...closed, last_price: 0 }).rows[0])).toEqual(['40', '10', '0', '40'])
  })

  it('says once when the vendor’s result is not that of its own quantities', () => {
    const { rows, warnings } = readPositions({ net: [{ ...open, pnl: 199 }], day: [{ ...open, m2m: 250 }] })
    expect(rows.length).toBe(2)
    expect(warnings).toEqual([
      'Zerodha shows another result for GOLDM26APRFUT than its own quantities and prices give.',
    ])
  })

  it('leaves a row of an unknown exchange out and says so', () => {
    const { rows, warnings } = readNet(open, { ...open, exchange: 'BCD', tradingsymbol: 'USDINR26APRFUT' })
    expect([rows.length, warnings]).toEqual([1, ['USDINR26APRFUT is left out: BCD is not an exchange known here.']])
  })

  it('passes an unknown product through', () => {
    expect(readNet({ ...open, product: 'XYZ' }).rows[0]?.product).toBe('XYZ')
  })

  it.each([
    ['no day list', { net: [] }],
    ['no net list', { day: [] }],
    ['a list that is none', { net: {}, day: [] }],
    ['a row that is none', { net: [7], day: [] }],
    ['a bad row in day', { net: [open], day: [{ ...open, quantity: 'two' }] }],
    ['no multiplier', { net: [{ ...open, multiplier: undefined }], day: [] }],
    ['a multiplier of zero', { net: [{ ...open, multiplier: 0 }], day: [] }],
    ['no value', { net: [{ ...open, buy_value: undefined }], day: [] }],
    ['no result', { net: [{ ...open, pnl: undefined }], day: [] }],
  ])('throws at %s', (_, data) => {
    expect(() => readPositions(data)).toThrow(Error)
  })

  it('splits the result exactly, whatever was traded', () => {
    const paise = (max: number) => fc.integer({ min: 1, max }).map((value) => value / 100)
    const trades = fc.record({
      overnight: fc.integer({ min: 0, max: 500 }),
      bought: fc.integer({ min: 0, max: 500 }),
      sold: fc.integer({ min: 0, max: 1_000 }),
      overnightCost: paise(1e8),
      boughtFor: paise(1e8),
      soldFor: paise(1e8),
      closePrice: paise(1e7),
      last: paise(1e7),
      multiplier: fc.constantFrom(1, 10, 100, 1000),
    })
    fc.assert(
      fc.property(trades, (given) => {
        const row = rowOf(given)
        const [read] = readNet(row).rows
        const { quantity, lastPrice, averagePrice, multiplier } = read ?? {}
        if (!read || !quantity || !lastPrice || !averagePrice || !multiplier) throw new Error('the row lacks something')
        expect(read.realised?.plus(read.unrealised ?? Number.NaN).toString()).toBe(read.pnl?.toString())
        expect(read.unrealised?.toString()).toBe(
          lastPrice.minus(averagePrice).times(quantity).times(multiplier).toString(),
        )
        expect(Math.abs((read.pnl?.toNumber() ?? Number.NaN) - row.pnl)).toBeLessThan(1e-3)
      }),
    )
  })
})
