import {
  type Adjustment,
  createCandleSeries,
  type Decimal,
  istMidnight,
  parseDecimal,
  parseTimestamp,
  type TradingDate,
} from '@banyan/domain'
import { describe, expect, it } from 'vitest'
import {
  createInstrumentsInMemory,
  createMarketInMemory,
  instrumentOf,
  quoteOf,
} from '../../../infra/http/testing/market-in-memory.ts'
import { tradeOf } from '../csv-import/testing/trade-of.ts'
import type { Trade } from '../csv-import/trade.ts'
import { createLiveBookReader } from '../live-book/live-book-reader.ts'
import type { StoredBook } from '../stored-book.ts'
import { bookOf, holdingOf } from '../testing/book-of.ts'
import type { Return } from './cash-flow.ts'
import { createReturnsReader } from './returns-reader.ts'

const now = parseTimestamp('2026-03-12T12:00:00+05:30') ?? Number.NaN
const decimal = (text: string): Decimal => parseDecimal(text) ?? (undefined as never)

interface Story {
  readonly trades: readonly Trade[]
  readonly books?: readonly StoredBook[]
  readonly prices?: Readonly<Record<string, number>>
  /** Closes by instrument, in today's shares. */
  readonly closes?: Readonly<Record<string, Readonly<Record<TradingDate, number>>>>
  /** Of NSE:TCS. */
  readonly actions?: readonly Adjustment[]
}

const instruments = createInstrumentsInMemory(['NSE:TCS', 'NSE:INFY'].map((id) => instrumentOf(id)))
const tcsKey = instruments.list().find(({ id }) => id === 'NSE:TCS')?.key ?? 0

async function returnsOf({ trades, books = [], prices = {}, closes = {}, actions = [] }: Story) {
  const { market } = createMarketInMemory(Object.entries(prices).map(([id, price]) => quoteOf(id, price)))
  const listActionsAfter = async (date: TradingDate) =>
    new Map([[tcsKey, actions.filter(({ exDate }) => exDate > date)]])
  const clock = { now: () => now }
  const readLiveBook = createLiveBookReader({
    books: async () => books,
    market,
    instruments,
    listActionsAfter,
    calendar: { tradingDayOf: () => '2026-03-12' },
    clock,
    patienceMs: 20,
  })
  const read = createReturnsReader({
    trades: {
      async *readAll() {
        yield trades
      },
    },
    readLiveBook,
    instruments,
    clock,
    candles: {
      listActionsAfter,
      async getCandles({ instrument, from }) {
        const told = Object.entries(closes[instrument] ?? {}).filter(([date]) => istMidnight(date) >= (from ?? 0))
        const series = createCandleSeries(told.length)
        for (const [i, [date, close]] of told.sort().entries()) {
          series.time[i] = istMidnight(date)
          series.close[i] = close
        }
        return { series, source: null, asOf: null, truncated: false, adjustments: [], suspectJumps: [] }
      },
    },
  })
  return read(1)
}

const buy = (date: TradingDate, quantity: string, price: string, change: Partial<Trade> = {}) =>
  tradeOf({ id: `${date} ${quantity}`, date, quantity: decimal(quantity), price: decimal(price), ...change })
const sell = (date: TradingDate, quantity: string, price: string) => buy(date, quantity, price, { side: 'sell' })
const holding = (quantity: string) => bookOf({ holdings: [holdingOf('TCS', quantity, '100')] })
const pctOf = (told: Return) => ('pct' in told ? Math.round(told.pct * 1e6) / 1e6 : told.unknown)

describe('returns', () => {
  it('of ten shares bought a year ago at 100 that are at 112 now are 12 per cent, both', async () => {
    const told = await returnsOf({
      trades: [buy('2025-03-12', '10', '100')],
      books: [holding('10')],
      prices: { 'NSE:TCS': 112 },
      closes: { 'NSE:TCS': { '2025-03-12': 101 } },
    })
    expect([told.since, pctOf(told.moneyWeighted), pctOf(told.timeWeighted), told.unexplained]).toEqual([
      '2025-03-12',
      12,
      12,
      [],
    ])
  })

  it('differ when much was bought before a fall: the rupee that stayed rose, the person’s money did not', async () => {
    // 100 → 200 in the first year, then 90 more shares, then 200 → 150. One rupee: 2 × 0.75 = 1.5.
    const told = await returnsOf({
      trades: [buy('2024-03-12', '10', '100'), buy('2025-03-12', '90', '200')],
      books: [holding('100')],
      prices: { 'NSE:TCS': 150 },
      closes: { 'NSE:TCS': { '2024-03-12': 100, '2025-03-11': 200, '2025-03-12': 200 } },
    })
    expect(pctOf(told.timeWeighted)).toBe(50)
    // 1000 x² + 18000 x = 15000 has x = −9 + √96 = 0.797959.
    expect(pctOf(told.moneyWeighted)).toBeCloseTo(-20.2041, 4)
  })

  it('know what a sale on the day of a purchase brought', async () => {
    const told = await returnsOf({
      trades: [buy('2025-03-12', '10', '100'), sell('2025-03-12', '10', '110')],
    })
    expect([pctOf(told.timeWeighted), pctOf(told.moneyWeighted)]).toEqual([10, 'no_answer'])
  })

  it('follow a split between purchase and today, with closes of before in today’s shares', async () => {
    const split: Adjustment = { exDate: '2025-09-01', factor: 2, kind: 'split', source: 'circular' }
    const told = await returnsOf({
      trades: [buy('2025-03-12', '10', '100'), buy('2025-06-02', '10', '100')],
      books: [holding('40')],
      prices: { 'NSE:TCS': 60 },
      closes: { 'NSE:TCS': { '2025-03-12': 50, '2025-05-30': 50, '2025-06-02': 50 } },
      actions: [split],
    })
    expect([pctOf(told.timeWeighted), told.unexplained]).toEqual([20, []])
  })

  it('follow an imported factor of no known kind as a split, and a demerger in the price alone', async () => {
    const story = (kind: Adjustment['kind'], held: string) => ({
      trades: [buy('2025-03-12', '10', '100')],
      books: [holding(held)],
      prices: { 'NSE:TCS': 60 },
      closes: { 'NSE:TCS': { '2025-03-12': 50 } },
      actions: [{ exDate: '2025-09-01', factor: 2, kind, source: 'a file' }],
    })
    // Twenty shares at 60 for 1,000; then ten at 60, whose other half is another company's.
    expect(pctOf((await returnsOf(story('other', '20'))).timeWeighted)).toBe(20)
    expect(pctOf((await returnsOf(story('demerger', '10'))).timeWeighted)).toBe(-40)
    expect((await returnsOf(story('demerger', '20'))).unexplained).toHaveLength(1)
  })

  it('take a bonus for a trade where a file tells it as one, and not twice', async () => {
    const bonus: Adjustment = { exDate: '2025-09-01', factor: 2, kind: 'bonus', source: 'circular' }
    const told = await returnsOf({
      trades: [buy('2025-03-12', '10', '100'), buy('2025-09-01', '10', '0')],
      books: [holding('20')],
      prices: { 'NSE:TCS': 60 },
      closes: { 'NSE:TCS': { '2025-03-12': 50, '2025-08-29': 50, '2025-09-01': 50 } },
      actions: [bonus],
    })
    expect([pctOf(told.timeWeighted), told.unexplained]).toEqual([20, []])
  })

  it('bear that half a share of a bonus was paid out in cash', async () => {
    const bonus: Adjustment = { exDate: '2025-09-01', factor: 1.5, kind: 'bonus', source: 'circular' }
    const story = { trades: [buy('2025-03-12', '3', '100')], actions: [bonus] }
    expect((await returnsOf({ ...story, books: [holding('4')] })).unexplained).toEqual([])
    expect((await returnsOf({ ...story, books: [holding('5')] })).unexplained).toHaveLength(1)
  })

  it('are not told while trades do not come to what is held: which shares, and both quantities', async () => {
    const told = await returnsOf({
      trades: [buy('2025-03-12', '10', '100'), buy('2025-03-12', '5', '20', { symbol: 'INFY', id: 'i' })],
      books: [
        holding('12'),
        bookOf({ broker: 'icici', brokerAccount: 'X1', holdings: [holdingOf('TCS', '1', '100')] }),
      ],
      prices: { 'NSE:TCS': 112 },
    })
    expect([pctOf(told.moneyWeighted), pctOf(told.timeWeighted)]).toEqual(['trades_unknown', 'trades_unknown'])
    expect(
      told.unexplained.map(({ broker, brokerAccount, symbol, held, traded }) =>
        [broker, brokerAccount, symbol, held.toFixed(), traded.toFixed()].join(' '),
      ),
    ).toEqual(['zerodha AB1234 TCS 12 10', 'zerodha AB1234 INFY 0 5', 'icici X1 TCS 1 0'])
  })

  it('need a price of now for either, and closes of then for the second alone', async () => {
    const story = { trades: [buy('2025-03-12', '10', '100')], books: [holding('10')] }
    const unpriced = await returnsOf(story)
    expect([pctOf(unpriced.moneyWeighted), pctOf(unpriced.timeWeighted)]).toEqual(['value_unknown', 'value_unknown'])
    const old = { '2025-02-20': 100 }
    const told = await returnsOf({ ...story, prices: { 'NSE:TCS': 112 }, closes: { 'NSE:TCS': old } })
    expect([pctOf(told.moneyWeighted), pctOf(told.timeWeighted)]).toEqual([12, 'value_unknown'])
  })

  it('take the close before where a date has none', async () => {
    const told = await returnsOf({
      trades: [buy('2025-03-12', '10', '100'), sell('2025-09-16', '5', '120')],
      books: [holding('5')],
      prices: { 'NSE:TCS': 120 },
      closes: { 'NSE:TCS': { '2025-03-10': 100, '2025-09-12': 110, '2025-09-16': 120 } },
    })
    // 100 → 110 → 120 → 120.
    expect(pctOf(told.timeWeighted)).toBe(20)
  })

  it('say that there are no trades, or that they are later than the recorded day', async () => {
    expect(pctOf((await returnsOf({ trades: [], books: [holding('10')] })).moneyWeighted)).toBe('no_trades')
    const later = await returnsOf({ trades: [buy('2026-03-13', '1', '1')] })
    expect([pctOf(later.moneyWeighted), later.since]).toEqual(['after_replay', '2026-03-13'])
  })
})
