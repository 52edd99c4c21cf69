import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCandles, toSeries } from './candle-rows.ts'
import { readCodeFile } from './code-files.ts'
import { readCustomerDetails } from './customer-details.ts'
import { readDematIsins } from './demat-holdings.ts'
import { mergeHoldings } from './merge-holdings.ts'
import { readListedHoldings } from './portfolio-holdings.ts'
import { readPositions } from './portfolio-positions.ts'
import { readQuote } from './quote-rows.ts'
import { holdingRow, positionRow, quoteRow } from './testing/breeze-rows.ts'
import { inventedCodes } from './testing/invented-codes.ts'

const readers: Readonly<Record<string, (success: unknown) => unknown>> = {
  holdings: (success) => readListedHoldings('NSE', success),
  'demat holdings': readDematIsins,
  positions: (success) => readPositions(success, inventedCodes),
  quotes: (success) => readQuote('NSE', success),
  candles: (success) => readCandles('day', success),
  'customer details': readCustomerDetails,
}

const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 1 }),
  fc.constantFrom(
    1e308,
    -0,
    '1e5',
    '007',
    'NaN',
    '١٢',
    '9'.repeat(400),
    `0.${'1'.repeat(400)}`,
    'constructor',
    '__proto__',
  ),
)

/** Returns what `read` gives, or nothing when it refuses with an Error. */
function accepted<T>(read: () => T): T[] {
  try {
    return [read()]
  } catch (error) {
    expect(error).toBeInstanceOf(Error)
    return []
  }
}

/** Returns what `read` accepts of rows with one field replaced by something odd. */
function withOneField<T>(row: object, read: (changed: object) => T, check: (value: T) => void): void {
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(row)), odd, (field, value) => {
      for (const result of accepted(() => read({ ...row, [field]: value }))) check(result)
    }),
    { numRuns: 500 },
  )
}

describe('U6 hostile answers', () => {
  it.each(Object.keys(readers))('any JSON as %s is read or refused with an Error', (name) => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (success) => {
        for (const value of accepted(() => readers[name]?.(success))) expect(value).not.toBeUndefined()
      }),
    )
  })

  it('a holding with any one field replaced is refused, or is sane', () => {
    withOneField(
      holdingRow('BANTRE', '10'),
      (row) => mergeHoldings({ nse: readListedHoldings('NSE', [row]), bse: [], demat: null }, inventedCodes).rows,
      (rows) => {
        for (const { symbol, quantity, averagePrice, lastPrice } of rows) {
          expect(symbol).toMatch(/^[A-Z0-9&._-]{1,12}$/)
          expect(quantity.gt(0)).toBe(true)
          for (const price of [averagePrice, lastPrice])
            expect(price === null || (price.gte(0) && price.lt(1e15))).toBe(true)
        }
      },
    )
  })

  it('a position with any one field replaced is refused, or is sane', () => {
    const contract = { exchange_code: 'NFO', right: 'Call', strike_price: '100', expiry_date: '29-Sep-2026' }
    for (const row of [positionRow(), positionRow(contract)])
      withOneField(
        row,
        (changed) => readPositions([changed], inventedCodes).rows,
        (rows) => {
          for (const { symbol, quantity, pnl } of rows) {
            expect(symbol).toMatch(/^[A-Z0-9&._ -]{1,50}$/)
            expect(quantity.abs().lt(1e15)).toBe(true)
            expect(Number.isFinite(pnl?.toNumber() ?? 0)).toBe(true)
          }
        },
      )
  })

  it('a quote with any one field replaced is refused, has no price, or is sane', () => {
    withOneField(
      quoteRow('NSE'),
      (row) => readQuote('NSE', [row]),
      (quote) => {
        if (quote === null) return
        expect(Number.isFinite(quote.lastPrice) && quote.lastPrice > 0).toBe(true)
        expect(quote.prevClose === null || (Number.isFinite(quote.prevClose) && quote.prevClose > 0)).toBe(true)
        expect(quote.volume === null || (Number.isFinite(quote.volume) && quote.volume >= 0)).toBe(true)
        expect(Number.isInteger(quote.tradedAt)).toBe(true)
      },
    )
  })

  it('a candle with any one field replaced is dropped, or is sane', () => {
    const candle = { datetime: '2026-11-24 09:15:00', open: 10, high: 12, low: 9, close: 11, volume: 5 }
    withOneField(
      candle,
      (row) => toSeries(readCandles('1minute', [row]).rows, '1minute', { from: 0, to: 5e12 }, 5e12),
      ({ open, high, low, close, volume }) => {
        for (const column of [open, high, low, close, volume])
          for (const value of column) expect(Number.isFinite(value) && value >= 0).toBe(true)
      },
    )
  })

  it('any text as a list of codes is read or refused with an Error', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const rows of accepted(() => readCodeFile('NSE', text))) expect(Array.isArray(rows)).toBe(true)
      }),
    )
  })
})
