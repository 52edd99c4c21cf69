import type { BookReply, BookRow } from '@banyan/client'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HeardQuote } from '../../lib/feed-types.ts'
import { openBook, repriceBook } from './live-book.ts'
import { reconcile } from './reconciliation.ts'
import { sumRows } from './sum-rows.ts'

const answeredAt = 1_000_000
const at = (second: number) => `2026-03-12T11:42:${String(second).padStart(2, '0')}.000+05:30`

function rowOf(symbol: string, change: Partial<BookRow> = {}): BookRow {
  return {
    kind: 'holding',
    broker: 'zerodha',
    broker_account: 'AB1234',
    instrument: `NSE:${symbol}`,
    tradingsymbol: symbol,
    product: null,
    quantity: 10,
    average_price: 1400,
    last_price: 1500,
    prev_close: 1490,
    price_from: 'market',
    owned: true,
    invested: 14_000,
    current_value: 15_000,
    pnl: 1_000,
    day_change: 100,
    suspect: false,
    adjusted_for: [],
    source: 'zerodha',
    as_of: at(5),
    age_ms: 200,
    delay: 'live',
    ...change,
  }
}

function replyOf(rows: readonly BookRow[], mode: 'live' | 'replay' = 'live'): BookReply {
  const groups = Map.groupBy(rows, ({ tradingsymbol }) => tradingsymbol)
  const parts = Map.groupBy(rows, ({ broker }) => broker)
  return {
    totals: sumRows(rows),
    groups: [...groups].map(([symbol, own]) => ({
      key: symbol,
      isin: null,
      instrument: own[0]?.instrument ?? null,
      symbol,
      name: null,
      sector: null,
      quantity: 0,
      ...sumRows(own),
      rows: own,
    })),
    brokers: [...parts].map(([broker, own]) => ({
      broker,
      broker_account: 'AB1234',
      synced_at: at(0),
      stale: false,
      row_count: own.length,
      ...sumRows(own),
    })),
    as_of_ist: at(6),
    market: { mode, recorded_date: null },
  }
}

function quoteOf(last: number | null, change: Partial<HeardQuote> = {}): HeardQuote {
  return {
    last_price: last,
    prev_close: 1490,
    change: null,
    change_percent: null,
    currency: 'INR',
    source: 'zerodha',
    as_of: at(7),
    age_ms: 10,
    delay: 'live',
    fallback_reason: null,
    heardAt: answeredAt + 1,
    ...change,
  }
}

const nothing = new Map<string, HeardQuote>()
const heard = (quotes: Record<string, HeardQuote>) => new Map(Object.entries(quotes))

describe('a book that follows the stream', () => {
  it('prices what a quote is of, and leaves every other object as it was', () => {
    const book = openBook(replyOf([rowOf('INFY'), rowOf('TCS')]), answeredAt, nothing)
    const next = repriceBook(book, heard({ 'NSE:INFY': quoteOf(1510.05), 'NSE:WIPRO': quoteOf(1) }))
    const [infy, tcs] = next.groups
    expect(infy?.rows[0]).toMatchObject({ current_value: 15_100.5, pnl: 1_100.5, day_change: 200.5, as_of: at(7) })
    expect(infy?.rows[0]?.heardAt).toBe(answeredAt + 1)
    expect(infy).toMatchObject({ current_value: 15_100.5, pnl_percent: 7.86 })
    expect(tcs).toBe(book.groups[1])
    expect(next.totals).toMatchObject({ current_value: 30_100.5, pnl: 2_100.5, day_change: 300.5 })
    expect(repriceBook(next, heard({ 'NSE:INFY': quoteOf(1510.05), 'NSE:WIPRO': quoteOf(1) }))).toBe(next)
  })

  it('moves a trade on from what the broker told, each time from there', () => {
    const sold = rowOf('INFY', {
      ...{ kind: 'position', owned: false, quantity: -0.5, invested: null, current_value: null },
      ...{ pnl: 10, day_change: null },
    })
    const book = openBook(replyOf([sold]), answeredAt, nothing)
    const steps = Array.from({ length: 9 }, (_, i) => heard({ 'NSE:INFY': quoteOf(1500 + (i + 1) / 100) }))
    const last = steps.reduce(repriceBook, book)
    // −0.5 × 0.09, half a paisa away from zero.
    expect(last.totals).toMatchObject({ current_value: null, pnl: 9.95, day_change: null })
  })

  it('takes the newer of two prices, and of a broker’s own only a later one', () => {
    const before = heard({ 'NSE:INFY': quoteOf(1, { as_of: at(4), heardAt: answeredAt - 1 }) })
    const priceIn = (row: Partial<BookRow>, quotes: typeof before, mode: 'live' | 'replay' = 'live') =>
      openBook(replyOf([rowOf('INFY', row)], mode), answeredAt, quotes).groups[0]?.rows[0]?.last_price
    expect(priceIn({}, before)).toBe(1500)
    expect(priceIn({ as_of: at(3) }, before)).toBe(1)
    const after = heard({ 'NSE:INFY': quoteOf(2, { as_of: at(4) }) })
    expect(priceIn({}, after)).toBe(2)
    expect(priceIn({ price_from: 'broker' }, after)).toBe(1500)
    expect(priceIn({ price_from: 'broker' }, after, 'replay')).toBe(2)
    expect(priceIn({ price_from: 'broker', as_of: at(3) }, after)).toBe(2)
    expect(priceIn({ instrument: 'NFO:INFY', as_of: at(3) }, heard({ 'NFO:INFY': quoteOf(9) }))).toBe(1500)
    expect(priceIn({}, heard({ 'NSE:INFY': quoteOf(null) }))).toBe(1500)
  })

  it('counts what had no price until one comes, and shows the worst class of all', () => {
    const unpriced = rowOf('TCS', {
      ...{ last_price: null, prev_close: null, price_from: null, current_value: null, pnl: null, day_change: null },
      ...{ source: null, as_of: null, age_ms: null, delay: null },
    })
    const book = openBook(replyOf([rowOf('INFY'), unpriced]), answeredAt, nothing)
    expect(book.totals).toMatchObject({ unpriced_count: 1, current_value: 15_000, invested: 14_000, pnl_percent: null })
    const priced = repriceBook(book, heard({ 'NSE:TCS': quoteOf(1400, { delay: 'delayed', prev_close: null }) }))
    expect(priced.totals).toMatchObject({ unpriced_count: 0, current_value: 29_000, pnl: 1_000, delay: 'delayed' })
    expect(priced.totals).toMatchObject({ pnl_percent: 3.57, day_change: 100 })
  })

  it('adds up to the paisa after any ticks: rows to groups, groups and brokers to the total', () => {
    const price = fc.integer({ min: 1, max: 100_000_000 }).map((n) => n / 10_000)
    const symbol = fc.constantFrom('INFY', 'TCS', 'M&M')
    const row = fc
      .tuple(symbol, fc.constantFrom('zerodha', 'icici'), fc.integer({ min: 1, max: 1e7 }), price, fc.boolean())
      .map(([name, broker, milliUnits, average, holding]) =>
        rowOf(name, {
          broker,
          kind: holding ? 'holding' : 'position',
          owned: holding,
          quantity: milliUnits / 1_000,
          invested: holding ? Math.round((milliUnits * average) / 10) / 100 : null,
          current_value: holding ? 15_000 : null,
        }),
      )
    const tick = fc.tuple(symbol, price).map(([name, last]) => heard({ [`NSE:${name}`]: quoteOf(last) }))
    const sum = (amounts: readonly (number | null)[]) =>
      amounts.reduce((total: number, amount) => total + Math.round((amount ?? 0) * 100), 0)
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 8 }), fc.array(tick, { maxLength: 6 }), (rows, ticks) => {
        const book = ticks.reduce(repriceBook, openBook(replyOf(rows), answeredAt, nothing))
        for (const figure of ['invested', 'current_value', 'pnl', 'day_change'] as const) {
          const total = sum([book.totals[figure]])
          expect(sum(book.groups.map((group) => group[figure]))).toBe(total)
          expect(sum(book.brokers.map((part) => part[figure]))).toBe(total)
          expect(sum(book.groups.flatMap((group) => group.rows.map((one) => one[figure])))).toBe(total)
        }
        expect(reconcile(book).difference ?? 0).toBe(0)
      }),
    )
  })
})
