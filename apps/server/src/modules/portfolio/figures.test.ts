import type { BrokerHolding, BrokerPosition } from '@banyan/brokers'
import { type Decimal, decimalOf, sumOf } from '@banyan/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type HoldingsSummary, snapshotOf, summarise } from './figures.ts'
import { figuresOf, type StoredBook } from './index.ts'
import { amount, bookOf, holdingOf, positionOf } from './testing/book-of.ts'

const today = '2026-03-12'
const priced = (last: string, close: string | null = null) => ({ lastPrice: amount(last), closePrice: amount(close) })
const shown = (value: Decimal | null) => value?.toFixed() ?? null
const told = ({ invested, currentValue, pnl, dayPnl }: HoldingsSummary) =>
  [invested, currentValue, pnl, dayPnl].map(shown)

describe('a holding', () => {
  it('of ten Infosys bought at 1,400 and last at 1,501.20 has earned 1,012', () => {
    const { invested, currentValue, pnl, pnlPct, dayChange, dayChangePct, dayPnl } = figuresOf(
      holdingOf('INFY', '10', '1400', priced('1501.20', '1498.10')),
    )
    expect([invested, currentValue, pnl, dayChange, dayPnl].map(shown)).toEqual(['14000', '15012', '1012', '3.1', '31'])
    expect([pnlPct?.toFixed(2), dayChangePct?.toFixed(2)]).toEqual(['7.23', '0.21'])
  })

  it('with shares still to be delivered counts them: 15 at 100.50, last 101.25, is 11.25', () => {
    expect(
      shown(figuresOf(holdingOf('SBIN', '15', '100.5', { t1Quantity: decimalOf(5), ...priced('101.25') })).pnl),
    ).toBe('11.25')
  })

  it('keeps an average with five decimals exact', () => {
    expect(shown(figuresOf(holdingOf('TCS', '10', '801.78125', priced('810.005'))).pnl)).toBe('82.2375')
  })

  it('without a price or a cost has no P&L', () => {
    expect(figuresOf(holdingOf('NOPE', '3', '10')).pnl).toBeNull()
    expect(figuresOf(holdingOf('GIFT', '3', null, priced('12'))).pnl).toBeNull()
  })

  it('that cost nothing has a P&L and no per cent of it', () => {
    const { pnl, pnlPct } = figuresOf(holdingOf('BONUS', '3', '0', priced('12.5', '0')))
    expect([shown(pnl), pnlPct]).toEqual(['37.5', null])
  })
})

describe('the sum over holdings', () => {
  it('counts Infosys bought on margin and Infosys on the other exchange as rows of their own', () => {
    const isin = 'INE009A01021'
    const rows = [
      holdingOf('INFY', '10', '1400', { isin, ...priced('1501.20', '1498.10') }),
      holdingOf('INFY', '5', '1450.40', { isin, product: 'MTF', ...priced('1501.20', '1498.10') }),
      holdingOf('INFY', '2', '1300', { isin, exchange: 'BSE', ...priced('1501', '1498') }),
    ]
    // 14000 + 7252 + 2600; 15012 + 7506 + 3002; 31 + 15.50 + 6.
    expect(told(summarise(rows))).toEqual(['23852', '25520', '1668', '52.5'])
  })

  it('leaves rows without a price or a cost out of every sum and counts them', () => {
    const rows = [
      holdingOf('INFY', '1', '1400', priced('1500', '1490')),
      holdingOf('NOPE', '3', '10'),
      holdingOf('GIFT', '1', null, priced('5', '4')),
    ]
    expect([told(summarise(rows)), summarise(rows).unpricedCount]).toEqual([['1400', '1500', '100', '10'], 2])
  })

  it('is unknown, not nothing, without a priced row', () => {
    expect([told(summarise([holdingOf('NOPE', '3', '10')])), told(summarise([]))]).toEqual([
      [null, null, null, null],
      [null, null, null, null],
    ])
  })
})

describe('the snapshot of a day', () => {
  const future = positionOf('NIFTY26MARFUT', '75', { exchange: 'NFO', pnl: amount('1125'), m2m: amount('1125') })
  /** Overnight 3 that cost 720, close before 250; bought 1 at 260, sold 4 at 255, last 252. */
  const closed = positionOf('TCS', '0', { pnl: amount('40'), m2m: amount('10'), realised: amount('40') })
  const infosys = holdingOf('INFY', '10', '1400', priced('1501.20', '1498.10'))

  it('adds an open future and a trade closed today to the holdings, and no day row', () => {
    const day = [future, closed].map((row) => ({ ...row, type: 'day' as const }))
    const made = snapshotOf([bookOf({ holdings: [infosys], positions: [future, closed, ...day] })], today)
    // 1012 + 1165; 31 + 1125 + 10.
    expect([made.holdingsPnl, made.positionsPnl, made.totalPnl, made.dayPnl].map(shown)).toEqual([
      '1012',
      '1165',
      '2177',
      '1166',
    ])
  })

  it('knows what positions came to without knowing the holdings, and the other way round', () => {
    const only = (change: Partial<StoredBook>) => {
      const { holdingsPnl, positionsPnl, totalPnl } = snapshotOf([bookOf(change)], today)
      return [holdingsPnl, positionsPnl, totalPnl].map(shown)
    }
    expect(only({ positions: [future] })).toEqual([null, '1125', '1125'])
    expect(only({ holdings: [infosys] })).toEqual(['1012', '0', '1012'])
    expect(only({ holdings: [holdingOf('NOPE', '1', '1')] })).toEqual([null, '0', null])
    expect(only({ positions: [positionOf('X', '1')] })).toEqual([null, null, null])
    expect(only({})).toEqual([null, '0', null])
  })

  it('names each broker whose book is older, once, and counts its figures', () => {
    const old = { holdings: [infosys], tradingDay: '2026-03-11' }
    const books = [
      bookOf({ broker: 'icici', ...old }),
      bookOf({ broker: 'icici', brokerAccount: 'B', ...old }),
      bookOf({}),
    ]
    expect(snapshotOf(books, today).staleBrokers).toEqual(['icici'])
    expect(shown(snapshotOf(books, today).invested)).toBe('28000')
  })
})

describe('any books', () => {
  const money = fc.option(fc.integer({ min: 0, max: 1e9 }).map((n) => decimalOf(n / 1e4)))
  const signed = fc.option(fc.integer({ min: -1e9, max: 1e9 }).map((n) => decimalOf(n / 1e4)))
  const anyHolding: fc.Arbitrary<BrokerHolding> = fc
    .tuple(fc.integer({ min: 0, max: 1e9 }), money, money, money)
    .map(([units, averagePrice, lastPrice, closePrice]) =>
      holdingOf('X', String(units / 1e3), null, { averagePrice, lastPrice, closePrice }),
    )
  const anyPosition: fc.Arbitrary<BrokerPosition> = fc
    .tuple(fc.constantFrom('net', 'day'), signed, signed)
    .map(([type, pnl, m2m]) => positionOf('X', '1', { type, pnl, m2m }))
  const anyBook = fc
    .tuple(
      fc.constantFrom('zerodha', 'icici'),
      fc.array(anyHolding, { maxLength: 8 }),
      fc.array(anyPosition, { maxLength: 5 }),
    )
    .map(([broker, holdings, positions]) => bookOf({ broker, holdings, positions }))
  const figures = ['invested', 'currentValue', 'holdingsPnl', 'positionsPnl', 'totalPnl', 'dayPnl'] as const

  it('come to the sum of what each comes to, to the last digit', () => {
    fc.assert(
      fc.property(fc.array(anyBook, { maxLength: 5 }), (books) => {
        const [whole, parts] = [snapshotOf(books, today), books.map((book) => snapshotOf([book], today))]
        for (const name of figures) {
          const known = parts.flatMap((part) => (part[name] === null ? [] : [part[name]]))
          expect(whole[name]?.toFixed() ?? '0').toBe(sumOf(known).toFixed())
        }
        expect(whole.unpricedCount).toBe(parts.reduce((sum, part) => sum + part.unpricedCount, 0))
      }),
    )
  })

  it('have earned what they are worth more than they cost, and with the positions the total', () => {
    fc.assert(
      fc.property(fc.array(anyBook, { maxLength: 5 }), (books) => {
        const { invested, currentValue, holdingsPnl, positionsPnl, totalPnl } = snapshotOf(books, today)
        const zero = decimalOf(0)
        expect((holdingsPnl ?? zero).toFixed()).toBe((currentValue ?? zero).minus(invested ?? zero).toFixed())
        expect((totalPnl ?? zero).toFixed()).toBe((holdingsPnl ?? zero).plus(positionsPnl ?? zero).toFixed())
      }),
    )
  })

  it('come to the same in any order', () => {
    const text = (books: readonly StoredBook[]) => JSON.stringify(snapshotOf(books, today))
    fc.assert(
      fc.property(fc.array(anyBook, { maxLength: 5 }), (books) => {
        const turned = books.toReversed().map((book) => ({ ...book, holdings: book.holdings.toReversed() }))
        expect(text(turned)).toBe(text(books))
      }),
    )
  })
})
