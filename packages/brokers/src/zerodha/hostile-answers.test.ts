import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCandles } from './candles.ts'
import { readHoldings } from './holdings.ts'
import { readInstrumentList } from './instrument-list.ts'
import { readPositions } from './positions.ts'
import { readQuotes } from './quotes.ts'
import { readGrant } from './sign-in.ts'

const everything = { from: 0, to: Number.MAX_SAFE_INTEGER }
const readers: Readonly<Record<string, (data: unknown) => unknown>> = {
  holdings: readHoldings,
  positions: readPositions,
  quote: (data) => readQuotes(data, 'quote'),
  ohlc: (data) => readQuotes(data, 'ohlc'),
  ltp: (data) => readQuotes(data, 'ltp'),
  candles: (data) => readCandles(data, '1minute', everything),
  session: readGrant,
}

const mtf = { quantity: 2, average_price: 9 }
const holding = {
  tradingsymbol: 'TCS',
  exchange: 'NSE',
  isin: 'INE467B01029',
  product: 'CNC',
  quantity: 10,
  t1_quantity: 5,
  discrepancy: false,
  average_price: 100.5,
  last_price: 101.25,
  close_price: 100.75,
  mtf,
}

describe('U6 hostile answers', () => {
  it.each(Object.keys(readers))('any JSON as %s is read or refused with an Error', (name) => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (data) => {
        try {
          expect(readers[name]?.(data)).toBeDefined()
        } catch (error) {
          expect(error).toBeInstanceOf(Error)
        }
      }),
    )
  })

  it('a holding with any one field replaced is refused, or is whole', () => {
    const field = fc.constantFrom(...Object.keys(holding))
    const values = fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.constantFrom(1e308, -0, '1e5', '007', 'NaN', '١٢'))
    fc.assert(
      fc.property(field, values, (name, value) => {
        try {
          for (const row of readHoldings([{ ...holding, [name]: value }]).rows) {
            expect(row.quantity.gt(0)).toBe(true)
            expect(row.symbol).toMatch(/^[ -~]{1,64}$/)
            for (const price of [row.averagePrice, row.lastPrice, row.closePrice])
              expect(Number.isFinite(price?.toNumber() ?? 0)).toBe(true)
          }
        } catch (error) {
          expect(error).toBeInstanceOf(Error)
        }
      }),
      { numRuns: 1_000 },
    )
  })

  it('any text as a list is refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 400 }), async (text) => {
        await expect(readInstrumentList(text)).rejects.toThrow(/instrument list/)
      }),
    )
  })
})
