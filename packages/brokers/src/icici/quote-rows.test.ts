import { parseTimestamp } from '@banyan/domain'
import { describe, expect, it } from 'vitest'
import { readQuote } from './quote-rows.ts'
import { quoteRow } from './testing/breeze-rows.ts'

describe('a quote', () => {
  it('BZ-8 is the one of the exchange that was asked', () => {
    const rows = [quoteRow('NSE'), quoteRow('BSE', { ltp: '110.4', previous_close: '108.6' })]
    expect(readQuote('BSE', rows)).toEqual({
      lastPrice: 110.4,
      prevClose: 108.6,
      volume: 3_000_000_000,
      tradedAt: parseTimestamp('2026-11-25T11:30:05+05:30'),
    })
    expect(readQuote('NSE', rows)?.lastPrice).toBe(110.25)
    expect(readQuote('NSE', [rows[1]])).toBeNull()
    expect(readQuote('NSE', [])).toBeNull()
  })

  it('has no price before the first trade, and an unknown previous close where there is none', () => {
    expect(readQuote('NSE', [quoteRow('NSE', { ltp: 0, ltt: '' })])).toBeNull()
    expect(readQuote('NSE', [quoteRow('NSE', { previous_close: 0, total_quantity_traded: '' })])).toMatchObject({
      prevClose: null,
      volume: null,
    })
  })

  it.each([
    [{ ltp: 'x' }],
    [{ ltp: -1 }],
    [{ ltp: null }],
    [{ ltt: '' }],
    [{ ltt: '2026-11-25 11:30:05' }],
    [{ previous_close: -1 }],
    [{ total_quantity_traded: '-5' }],
    [{ total_quantity_traded: 'many' }],
  ])('is not understood with %j', (also) => {
    expect(() => readQuote('NSE', [quoteRow('NSE', also)])).toThrow()
  })
})
