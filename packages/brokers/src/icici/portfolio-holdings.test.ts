import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readListedHoldings } from './portfolio-holdings.ts'
import { holdingRow, plain } from './testing/breeze-rows.ts'

describe('a list of holdings', () => {
  it('is read from texts and numbers, to 6 decimals', () => {
    const rows = [holdingRow('BANTRE', '10'), holdingRow('PEEPUL', '3', { average_price: 0.5999999999999659 })]
    expect(plain(readListedHoldings('NSE', rows))).toEqual([
      { exchange: 'NSE', code: 'BANTRE', product: null, quantity: '10', averagePrice: '100.5', lastPrice: '110.25' },
      { exchange: 'NSE', code: 'PEEPUL', product: null, quantity: '3', averagePrice: '0.6', lastPrice: '110.25' },
    ])
  })

  it('BZ-7 ignores rows of derivatives', () => {
    const nfo = {
      exchange_code: 'NFO',
      product_type: 'Options',
      current_market_price: '2915',
      expiry_date: '29-Sep-2026',
    }
    const rows = [holdingRow('NIFTY', '65', nfo), holdingRow('BANTRE', '10')]
    expect(readListedHoldings('NSE', rows).map(({ code }) => code)).toEqual(['BANTRE'])
  })

  it('leaves out what was all sold, and knows no price where there is none', () => {
    const empty = { average_price: null, current_market_price: '0' }
    expect(
      plain(readListedHoldings('NSE', [holdingRow('BANTRE', '0'), holdingRow('PEEPUL', '1', empty)])),
    ).toMatchObject([{ code: 'PEEPUL', averagePrice: null, lastPrice: null }])
  })

  it.each([
    [{ quantity: 'ten' }],
    [{ quantity: null }],
    [{ quantity: '-1' }],
    [{ quantity: undefined }],
    [{ quantity: true }],
    [{ average_price: '1e3' }],
    [{ average_price: '1,000' }],
    [{ average_price: '-1' }],
    [{ current_market_price: 'NaN' }],
    [{ stock_code: '' }],
    [{ stock_code: '<b>' }],
    [{ stock_code: 5 }],
  ])('is not understood as a whole when one row is %j', (also) => {
    const rows = [holdingRow('PEEPUL', '1'), { ...holdingRow('BANTRE', '10'), ...also }]
    expect(() => readListedHoldings('NSE', rows)).toThrow()
  })

  it.each([null, {}, 'text', [null], [[]], ['row']])('is not %j', (success) => {
    expect(() => readListedHoldings('NSE', success)).toThrow()
  })

  it('takes plain digits with at most one point for a number, to 6 decimals, and nothing else', () => {
    const texts = fc.oneof(
      fc.string({ minLength: 1 }),
      fc.double().map(String),
      fc.stringMatching(/^-?\d{0,9}(\.\d{0,9})?$/),
    )
    fc.assert(
      fc.property(
        texts.filter((text) => text !== ''),
        (text) => {
          const read = () =>
            readListedHoldings('NSE', [holdingRow('BANTRE', '1', { average_price: text })])[0]?.averagePrice
          const isFigure = /^-?\d+(\.\d+)?$/.test(text) && Number(text) >= 0 && Number(text) < 1e15
          if (isFigure) expect(read()?.minus(text).abs().lte(5e-7)).toBe(true)
          else expect(read).toThrow()
        },
      ),
    )
  })
})
