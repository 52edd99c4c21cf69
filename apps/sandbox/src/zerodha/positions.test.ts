import { type Decimal, decimalOf } from '@banyan/domain'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type QuietSandbox, startQuietSandbox } from '../testing/quiet-sandbox.ts'
import { type PositionBook, positionFigures } from './positions.ts'
import { type KiteUser, signIn } from './testing/kite-user.ts'

type Figures = ReturnType<typeof positionFigures>

const side = (quantity: number, value: number) => ({ quantity: decimalOf(quantity), value: decimalOf(value) })
const book = (parts: Partial<Record<keyof PositionBook, unknown>>): PositionBook => ({
  multiplier: decimalOf(1),
  overnight: side(0, 0),
  bought: side(0, 0),
  sold: side(0, 0),
  close: decimalOf(0),
  last: decimalOf(0),
  ...(parts as Partial<PositionBook>),
})

/** The formulas of upstreams.md §2.6 as they are written there, exact. */
function expectFormulas(row: Figures) {
  const d = (name: keyof Figures): Decimal => decimalOf(row[name])
  const worth = d('quantity').times(d('last_price')).times(d('multiplier'))
  expect(d('value').eq(d('sell_value').minus(d('buy_value')))).toBe(true)
  expect(d('pnl').eq(d('sell_value').minus(d('buy_value')).plus(worth))).toBe(true)
  expect(d('m2m').eq(d('sell_m2m').minus(d('buy_m2m')).plus(worth))).toBe(true)
  const overnight = d('overnight_quantity').times(d('close_price')).times(d('multiplier'))
  const [long, short] = overnight.lt(0) ? [decimalOf(0), overnight.abs()] : [overnight, decimalOf(0)]
  expect(d('buy_m2m').eq(d('day_buy_value').plus(long))).toBe(true)
  expect(d('sell_m2m').eq(d('day_sell_value').plus(short))).toBe(true)
  expect(d('quantity').eq(d('buy_quantity').minus(d('sell_quantity')))).toBe(true)
  expect([row.unrealised, row.realised]).toEqual([row.pnl, 0])
}

describe('the figures of a position', () => {
  it('are those of the vectors', () => {
    const overnight = side(3, 720)
    const first = positionFigures(
      book({ overnight, bought: side(1, 260), sold: side(4, 1_020), close: decimalOf(250), last: decimalOf(252) }),
    )
    expect(first).toMatchObject({ quantity: 0, pnl: 40, m2m: 10, average_price: 0 })
    const crude = positionFigures(book({ multiplier: decimalOf(100), bought: side(2, 10_000), last: decimalOf(51) }))
    expect(crude).toMatchObject({ buy_value: 10_000, buy_price: 50, pnl: 200, m2m: 200 })
  })

  it('follow the formulas exactly, long, short and closed', () => {
    const paise = fc.integer({ min: 1, max: 5_000_000 }).map((price) => price / 100)
    const count = fc.integer({ min: 0, max: 10_000 })
    const books = fc.record({
      multiplier: fc.constantFrom(1, 10, 100, 1_000),
      overnight: fc.integer({ min: -10_000, max: 10_000 }),
      bought: count,
      sold: count,
      prices: fc.tuple(paise, paise, paise, paise, paise),
    })
    fc.assert(
      fc.property(books, ({ multiplier, overnight, bought, sold, prices: [paid, buy, sell, close, last] }) => {
        const of = (quantity: number, price: number) => ({
          quantity: decimalOf(quantity),
          value: decimalOf(price).times(Math.abs(quantity)).times(multiplier),
        })
        const figures = positionFigures({
          multiplier: decimalOf(multiplier),
          overnight: of(overnight, paid),
          bought: of(bought, buy),
          sold: of(sold, sell),
          close: decimalOf(close),
          last: decimalOf(last),
        })
        expectFormulas(figures)
        expect(figures.quantity).toBe(overnight + bought - sold)
      }),
    )
  })
})

describe('GET /portfolio/positions', () => {
  let sandbox: QuietSandbox
  let user: KiteUser
  beforeAll(async () => {
    sandbox = await startQuietSandbox()
    sandbox.control.clock.freeze()
    user = await signIn(sandbox)
  })
  afterAll(() => sandbox.close())

  const lists = async () => (await user.get('/portfolio/positions')).body.data

  it('has rows that follow the formulas, in both lists', async () => {
    const { net, day } = await lists()
    expect([net.length, day.length]).toEqual([8, 6])
    for (const row of [...net, ...day]) expectFormulas(row)
  })

  it('has a closed row that stays in net with its result', async () => {
    const { net } = await lists()
    const closed = net.find(({ tradingsymbol }: { tradingsymbol: string }) => tradingsymbol === 'SBIN')
    expect(closed).toMatchObject({ quantity: 0, product: 'MIS', average_price: 0 })
    expect(closed.pnl).toBeGreaterThan(0)
  })

  it('has an MCX row with a multiplier, and amounts in rupees', async () => {
    const { net } = await lists()
    const crude = net.find(({ exchange }: { exchange: string }) => exchange === 'MCX')
    expect(crude).toMatchObject({ tradingsymbol: 'CRUDEOIL26MARFUT', quantity: 2, multiplier: 100 })
    expect(crude.buy_value).toBeCloseTo(crude.buy_price * 200, 6)
  })

  it('has the sale of a holding as a negative CNC row, while the holding keeps its quantity', async () => {
    const { net } = await lists()
    const isHdfc = ({ tradingsymbol }: { tradingsymbol: string }) => tradingsymbol === 'HDFCBANK'
    expect(net.find(isHdfc)).toMatchObject({ product: 'CNC', quantity: -10 })
    const holdings = (await user.get('/portfolio/holdings')).body.data
    expect(holdings.find(isHdfc)).toMatchObject({ quantity: 30, used_quantity: 10 })
  })

  it('has today’s trading of the same instruments in day: both lists hold the sale of a future, held since yesterday', async () => {
    const { net, day } = await lists()
    const isFuture = ({ tradingsymbol }: { tradingsymbol: string }) => tradingsymbol === 'NIFTY26MARFUT'
    expect(net.find(isFuture)).toMatchObject({ quantity: 65, overnight_quantity: 130, day_sell_quantity: 65 })
    expect(day.find(isFuture)).toMatchObject({ quantity: -65, overnight_quantity: 0, day_sell_quantity: 65 })
  })

  it('has a short option, a short share and the products of margin', async () => {
    const { net } = await lists()
    const option = net.find(({ tradingsymbol }: { tradingsymbol: string }) => tradingsymbol.endsWith('CE'))
    expect(option).toMatchObject({ exchange: 'NFO', quantity: -65, overnight_quantity: -65 })
    expect(new Set(net.map(({ product }: { product: string }) => product))).toEqual(
      new Set(['MIS', 'NRML', 'CNC', 'MTF']),
    )
  })

  it('tells the last price and the previous close that the quotes tell', async () => {
    const { net } = await lists()
    const keys = net.map(({ exchange, tradingsymbol }: Record<string, string>) => `${exchange}:${tradingsymbol}`)
    const query = keys.map((key: string) => `i=${encodeURIComponent(key)}`).join('&')
    const quotes = (await user.get(`/quote/ohlc?${query}`)).body.data
    for (const [i, row] of net.entries()) {
      expect(quotes[keys[i]]).toMatchObject({ last_price: row.last_price, ohlc: { close: row.close_price } })
    }
  })
})
