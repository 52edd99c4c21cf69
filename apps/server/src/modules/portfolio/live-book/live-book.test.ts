import type { BrokerHolding, BrokerPosition } from '@banyan/brokers'
import { type Adjustment, type Decimal, decimalOf, type InstrumentId, parseTimestamp, sumOf } from '@banyan/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PricedQuote } from '../../market/index.ts'
import type { StoredBook } from '../stored-book.ts'
import { type BookTotals, type LiveBook, valueBooks } from './live-book.ts'
import type { Valuation } from './valuation.ts'

const infosys = 'INE009A01021'
const reliance = 'INE002A01018'
const today = '2026-03-12'
const instant = (text: string) => parseTimestamp(`${text}+05:30`) ?? Number.NaN
const now = instant('2026-03-12T11:42:07')
const dec = (value: number | null) => (value === null ? null : decimalOf(value))

function holding(symbol: string, quantity: number, average: number | null, change: Partial<BrokerHolding> = {}) {
  return {
    exchange: 'NSE',
    symbol,
    mapped: true,
    isin: null,
    product: null,
    averagePrice: dec(average),
    lastPrice: null,
    closePrice: null,
    quantity: decimalOf(quantity),
    t1Quantity: null,
    ...change,
  } satisfies BrokerHolding
}

function position(symbol: string, quantity: number, change: Partial<BrokerPosition> = {}): BrokerPosition {
  const [type, multiplier] = ['net', decimalOf(1)] as const
  const row = { ...holding(symbol, quantity, null), type, multiplier, product: 'CNC', overnightQuantity: null }
  return { ...row, pnl: null, m2m: null, unrealised: null, realised: null, ...change }
}

function part(
  broker: string,
  rows: Partial<Pick<StoredBook, 'holdings' | 'positions'>>,
  change: Partial<StoredBook> = {},
): StoredBook {
  const read = { syncedAt: now - 600_000, tradingDay: today }
  return { broker, brokerAccount: 'AB1234', source: 'broker', ...read, holdings: [], positions: [], ...rows, ...change }
}

function quote(instrument: string, lastPrice: number, prevClose: number | null, change: Partial<PricedQuote> = {}) {
  const id = instrument as InstrumentId
  const times = { asOf: now - 640, receivedAt: now }
  return {
    instrument: id,
    lastPrice,
    prevClose,
    volume: 1,
    source: 'zerodha',
    delay: 'live',
    ...times,
    ...change,
  } as const
}

function valued(
  parts: readonly StoredBook[],
  quotes: readonly PricedQuote[],
  actions: Record<string, Adjustment[]> = {},
) {
  const prices = new Map(quotes.map((one) => [one.instrument, one]))
  const valuation: Valuation = {
    tradingDay: today,
    isReplay: false,
    priceOf: (instrument) => prices.get(instrument) ?? null,
    isinOf: (instrument) => (instrument === 'NSE:TATASTEEL' ? 'INE081A01020' : null),
    adjustmentsOf: (instrument) => actions[instrument] ?? [],
  }
  return valueBooks(parts, valuation)
}

const shown = ({ invested, value, pnl, dayChange }: BookTotals) =>
  [invested, value, pnl, dayChange].map((figure) => figure?.toFixed(2) ?? null)

describe('one book over several brokers', () => {
  it('joins Infosys at Zerodha and ICICI by ISIN, each at the price of the market', () => {
    const book = valued(
      [
        part('zerodha', { holdings: [holding('INFY', 10, 1_400, { isin: infosys })] }),
        part('icici', { holdings: [holding('INFY', 5, 1_450.5, { isin: infosys })] }),
        part(
          'icici',
          { holdings: [holding('INFY', 2, 1_300, { isin: infosys, exchange: 'BSE' })] },
          { brokerAccount: 'X' },
        ),
      ],
      [quote('NSE:INFY', 1_501.2, 1_498.1), quote('BSE:INFY', 1_501, 1_498)],
    )
    expect(book.groups.map(({ instrument, quantity }) => [instrument, quantity.toString()])).toEqual([
      ['NSE:INFY', '17'],
    ])
    // 10 × 1400 + 5 × 1450.50 + 2 × 1300; 15 × 1501.20 + 2 × 1501; 15 × 3.10 + 2 × 3.
    expect(shown(book.totals)).toEqual(['23852.50', '25520.00', '1667.50', '52.50'])
    expect(book.parts.map(({ part: { broker }, totals }) => [broker, totals.value?.toFixed(2)])).toEqual([
      ['icici', '7506.00'],
      ['icici', '3002.00'],
      ['zerodha', '15012.00'],
    ])
  })

  it('nets shares sold today from a holding: five of ten Infosys bought at 1,400 and sold at 1,500', () => {
    const sale = position('INFY', -5, {
      isin: infosys,
      averagePrice: dec(1_500),
      lastPrice: dec(1_490),
      pnl: dec(50),
      m2m: dec(50),
    })
    const book = valued(
      [part('zerodha', { holdings: [holding('INFY', 10, 1_400, { isin: infosys })], positions: [sale] })],
      [quote('NSE:INFY', 1_510, 1_480)],
    )
    const [group] = book.groups
    expect([group?.quantity.toString(), group?.totals.value?.toFixed(2)]).toEqual(['5', '7550.00'])
    // Holding 10 × 110 = 1100; the sale 5 × (1500 − 1510) = −50, which is the broker's 50 and −5 × 20 since.
    expect(shown(book.totals)).toEqual(['6500.00', '7550.00', '1050.00', '250.00'])
  })

  it('joins a position without an ISIN to the holding of the same share, and to other brokers by what the lists tell', () => {
    const book = valued(
      [
        part('zerodha', {
          holdings: [holding('INFY', 10, 1_400, { isin: infosys })],
          positions: [position('INFY', -4)],
        }),
        part('icici', {
          holdings: [holding('TATASTEEL', 1, 90, { isin: 'INE081A01020' })],
          positions: [position('TATASTEEL', 2)],
        }),
      ],
      [],
    )
    expect(book.groups.map(({ key, quantity }) => [key, quantity.toString()])).toEqual([
      [infosys, '6'],
      ['INE081A01020', '3'],
    ])
  })

  it('gives a future a P&L and owns nothing by it', () => {
    const future = position('NIFTY26MARFUT', 75, {
      exchange: 'NFO',
      product: 'NRML',
      averagePrice: dec(24_800),
      lastPrice: dec(24_815),
      pnl: dec(1_125),
      m2m: dec(1_125),
    })
    const book = valued([part('zerodha', { positions: [future] })], [quote('NFO:NIFTY26MARFUT', 24_830.05, 24_790)])
    expect(shown(book.totals)).toEqual([null, null, '2253.75', '2253.75'])
    expect(book.groups[0]?.quantity.toString()).toBe('0')
  })

  it('counts a trade that was closed on its day alone', () => {
    const closed = position('TCS', 0, { product: 'MIS', lastPrice: dec(3_400), pnl: dec(40), m2m: dec(10) })
    const onItsDay = valued([part('zerodha', { positions: [closed] })], [quote('NSE:TCS', 3_500, 3_300)])
    expect(shown(onItsDay.totals)).toEqual([null, null, '40.00', '10.00'])
    const dayAfter = part('zerodha', { positions: [closed] }, { tradingDay: '2026-03-11', syncedAt: now - 86_400_000 })
    expect(valued([dayAfter], [quote('NSE:TCS', 3_500, 3_300)]).groups).toEqual([])
  })

  it('takes the newer of the market’s price and the broker’s, and tells which', () => {
    const own = holding('INFY', 1, 1_400, { lastPrice: dec(1_490), closePrice: dec(1_480) })
    const old = quote('NSE:INFY', 1_450, 1_440, { asOf: now - 3_600_000, delay: 'delayed' })
    const row = (book: LiveBook) => book.groups[0]?.rows[0]
    const byBroker = row(valued([part('zerodha', { holdings: [own] })], [old]))
    expect(byBroker?.price).toMatchObject({ from: 'broker', source: 'zerodha', asOf: now - 600_000, delay: 'delayed' })
    expect(byBroker?.value?.toString()).toBe('1490')
    const unread = holding('INFY', 1, 1_400)
    expect(row(valued([part('zerodha', { holdings: [unread] })], [old]))?.price).toMatchObject({
      from: 'market',
      asOf: old.asOf,
    })
  })

  it('leaves out what has no price and counts it, and shows the worst delay class of what is in', () => {
    const book = valued(
      [part('zerodha', { holdings: [holding('INFY', 1, 1_400), holding('NOPE', 3, 10), holding('TCS', 1, null)] })],
      [quote('NSE:INFY', 1_500, null), quote('NSE:TCS', 3_000, 2_990, { delay: 'delayed' })],
    )
    expect(shown(book.totals)).toEqual(['1400.00', '4500.00', '100.00', '10.00'])
    expect(book.totals).toMatchObject({ unpriced: 1, unknownCost: 1, delay: 'delayed' })
    expect(valued([], []).totals).toMatchObject({ invested: null, value: null, pnl: null, unpriced: 0, delay: null })
  })

  it('keeps a code no list knows under the broker’s own name', () => {
    const book = valued(
      [part('icici', { holdings: [holding('ODDCOD', 4, 25, { mapped: false, lastPrice: dec(30) })] })],
      [],
    )
    expect(book.groups[0]).toMatchObject({ key: 'icici ODDCOD', symbol: 'ODDCOD', instrument: null })
    expect(shown(book.totals)).toEqual(['100.00', '120.00', '20.00', null])
  })

  it('tells which parts are older than the trading day, and no day change from a price of another day', () => {
    const old = { tradingDay: '2026-03-11', syncedAt: now - 86_400_000 }
    const book = valued(
      [
        part(
          'icici',
          { holdings: [holding('INFY', 1, 1_400, { lastPrice: dec(1_490), closePrice: dec(1_480) })] },
          old,
        ),
      ],
      [],
    )
    expect(book.parts.map(({ isStale }) => isStale)).toEqual([true])
    expect(book.totals.dayChange).toBeNull()
  })
})

describe('corporate actions', () => {
  const bonus: Adjustment = { exDate: '2026-03-12', factor: 2, kind: 'bonus', source: 'circular' }
  const before = { tradingDay: '2026-03-11', syncedAt: instant('2026-03-11T15:40:00') }
  const read = holding('RELIANCE', 10, 2_000, { isin: reliance, lastPrice: dec(2_655.7), closePrice: dec(2_640) })

  it('a 1:1 bonus after the reading doubles the shares and halves their cost: no loss of a half', () => {
    const prices = [quote('NSE:RELIANCE', 1_337, 1_327.85)]
    const book = valued([part('zerodha', { holdings: [read] }, before)], prices, { 'NSE:RELIANCE': [bonus] })
    const [row] = book.groups[0]?.rows ?? []
    expect([row?.quantity.toString(), row?.averagePrice?.toString(), row?.adjustedFor, row?.isSuspect]).toEqual([
      '20',
      '1000',
      [bonus],
      false,
    ])
    // 20 × 1337 − 10 × 2000; 20 × (1337 − 1327.85).
    expect(shown(book.totals)).toEqual(['20000.00', '26740.00', '6740.00', '183.00'])
  })

  it('leaves alone what the broker read on the ex-date or later, and actions still to come', () => {
    const doubled = { ...read, quantity: decimalOf(20), averagePrice: decimalOf(1_000), lastPrice: dec(1_337) }
    const later = { ...bonus, exDate: '2026-03-13' }
    const book = valued([part('zerodha', { holdings: [doubled] })], [quote('NSE:RELIANCE', 1_340, 1_337)], {
      'NSE:RELIANCE': [bonus, later],
    })
    expect(book.groups[0]?.rows[0]).toMatchObject({ adjustedFor: [], isSuspect: false })
    expect(book.totals.value?.toString()).toBe('26800')
  })

  it.each(['rights', 'demerger'] as const)('a %s lowers the price and makes nobody’s shares more', (kind) => {
    const action: Adjustment = { ...bonus, kind, factor: 1.25 }
    const book = valued([part('zerodha', { holdings: [read] }, before)], [], { 'NSE:RELIANCE': [action] })
    const [row] = book.groups[0]?.rows ?? []
    expect([row?.quantity.toString(), row?.averagePrice?.toString(), row?.adjustedFor]).toEqual([
      '10',
      '2000',
      [action],
    ])
    // 10 × 2655.70 ÷ 1.25.
    expect(shown(book.totals)).toEqual(['20000.00', '21245.60', '1245.60', null])
  })

  it('divides the broker’s own price, when there is no other', () => {
    const book = valued([part('zerodha', { holdings: [read] }, before)], [], { 'NSE:RELIANCE': [bonus] })
    expect(shown(book.totals)).toEqual(['20000.00', '26557.00', '6557.00', null])
  })

  it('marks a step that nothing explains, and values it as it is', () => {
    const book = valued([part('zerodha', { holdings: [read] }, before)], [quote('NSE:RELIANCE', 1_337, 2_655.7)])
    expect(book.groups[0]?.rows[0]).toMatchObject({ isSuspect: true, adjustedFor: [] })
    expect(book.totals.value?.toString()).toBe('13370')
  })
})

describe('any book', () => {
  const symbols = ['INFY', 'TCS', 'RELIANCE', 'M&M'] as const
  const price = fc.integer({ min: 1, max: 1_000_000_000 }).map((n) => n / 1e4)
  const anyHolding = fc
    .tuple(fc.constantFrom(...symbols), fc.integer({ min: 1, max: 1e6 }), fc.option(price), fc.option(price))
    .map(([symbol, quantity, average, last]) =>
      holding(symbol, quantity / 1e3, average, { isin: symbol === 'INFY' ? infosys : null, lastPrice: dec(last) }),
    )
  const anyPosition = fc
    .tuple(
      fc.constantFrom(...symbols),
      fc.integer({ min: -1e4, max: 1e4 }),
      fc.constantFrom('CNC', 'MIS'),
      fc.option(price),
    )
    .map(([symbol, quantity, product, pnl]) =>
      position(symbol, quantity, { product, pnl: dec(pnl), lastPrice: dec(100), averagePrice: dec(99.995) }),
    )
  const anyPart = fc
    .tuple(
      fc.constantFrom('zerodha', 'icici', 'csv'),
      fc.array(anyHolding, { maxLength: 6 }),
      fc.array(anyPosition, { maxLength: 4 }),
    )
    .map(([broker, holdings, positions]) => part(broker, { holdings, positions }))
  const anyQuotes = fc.array(
    fc
      .tuple(fc.constantFrom(...symbols), price, fc.option(price))
      .map(([symbol, last, close]) => quote(`NSE:${symbol}`, last, close)),
  )
  const figures = ['invested', 'value', 'pnl', 'dayChange'] as const
  const sum = (totals: readonly BookTotals[], name: (typeof figures)[number]) =>
    sumOf(totals.flatMap((one): Decimal[] => (one[name] === null ? [] : [one[name]]))).toFixed()

  it('adds up: rows to groups, groups and parts to the totals, to the paisa', () => {
    fc.assert(
      fc.property(fc.array(anyPart, { maxLength: 4 }), anyQuotes, (parts, quotes) => {
        const book = valued(parts, quotes)
        for (const name of figures) {
          const total = (book.totals[name] ?? decimalOf(0)).toFixed()
          expect(
            sum(
              book.groups.map(({ totals }) => totals),
              name,
            ),
          ).toBe(total)
          expect(
            sum(
              book.parts.map(({ totals }) => totals),
              name,
            ),
          ).toBe(total)
          const cells = book.groups.flatMap(({ rows }) => rows.map((row) => ({ ...row, price: row.price })))
          for (const row of cells) expect(row[name]?.toFixed() ?? '0').toMatch(/^-?\d+(\.\d{1,2})?$/)
        }
      }),
    )
  })

  it('does not depend on the order of parts and rows', () => {
    fc.assert(
      fc.property(fc.array(anyPart, { maxLength: 4 }), anyQuotes, (parts, quotes) => {
        const turned = parts
          .toReversed()
          .map((one) => ({ ...one, holdings: one.holdings.toReversed(), positions: one.positions.toReversed() }))
        const text = (book: LiveBook) =>
          JSON.stringify([book.totals, book.groups.map(({ key, quantity, totals }) => [key, quantity, totals])])
        expect(text(valued(turned, quotes))).toBe(text(valued(parts, quotes)))
      }),
    )
  })
})
