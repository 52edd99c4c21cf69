import { describe, expect, it } from 'vitest'
import { readPositions } from './portfolio-positions.ts'
import { plain, positionRow } from './testing/breeze-rows.ts'
import { inventedCodes, inventedIsins } from './testing/invented-codes.ts'

const read = (...rows: readonly object[]) => readPositions(rows, inventedCodes)
const option = {
  exchange_code: 'NFO',
  stock_code: 'NIFTY',
  product_type: 'Options',
  right: 'Call',
  strike_price: '24350',
}

describe('positions', () => {
  it('BZ-7 of a sale are negative, and their result is computed', () => {
    const { rows, warnings } = read(positionRow({ action: 'Sell', quantity: '40' }))
    expect(warnings).toEqual([])
    expect(plain(rows)).toEqual([
      {
        exchange: 'NSE',
        symbol: 'BANYAN',
        mapped: true,
        isin: inventedIsins.banyan,
        type: 'net',
        product: 'Margin',
        quantity: '-40',
        averagePrice: '100.5',
        lastPrice: '99.25',
        closePrice: null,
        overnightQuantity: null,
        multiplier: '1',
        pnl: '50',
        m2m: null,
        unrealised: '50',
        realised: null,
      },
    ])
  })

  it('have no result without a price or an average', () => {
    const { rows } = read(positionRow({ ltp: '0' }), positionRow({ average_price: null }))
    expect(rows).toMatchObject([
      { pnl: null, unrealised: null, lastPrice: null },
      { pnl: null, unrealised: null, averagePrice: null },
    ])
  })

  it('that were closed today need no action, and what they earned is unknown', () => {
    const { rows } = read(positionRow({ quantity: '0', action: null }))
    expect(plain(rows)).toMatchObject([{ quantity: '0', pnl: null, unrealised: '0', realised: null }])
  })

  it('in contracts are told apart and not matched to a symbol', () => {
    const { rows } = read(
      positionRow({ ...option, expiry_date: '29-Sep-2026' }),
      positionRow({ ...option, expiry_date: '29-Sep-2026', right: 'Put' }),
      positionRow({ ...option, expiry_date: '29-Sep-2026', right: 'Others', strike_price: '0' }),
    )
    expect(rows.map(({ exchange, symbol, mapped, isin }) => [exchange, symbol, mapped, isin])).toEqual([
      ['NFO', 'NIFTY 29-SEP-2026 24350 CE', false, null],
      ['NFO', 'NIFTY 29-SEP-2026 24350 PE', false, null],
      ['NFO', 'NIFTY 29-SEP-2026 FUT', false, null],
    ])
  })

  it('in contracts of unknown size have no result, which is said', () => {
    const { rows, warnings } = read(positionRow({ ...option, exchange_code: 'NDX', expiry_date: '29-Sep-2026' }))
    expect(rows).toMatchObject([{ exchange: 'CDS', pnl: null, unrealised: null }])
    expect(warnings).toHaveLength(1)
  })

  it('of an exchange nobody knows are left out, which is said', () => {
    const { rows, warnings } = read(positionRow({ exchange_code: 'XSE' }), positionRow())
    expect(rows).toHaveLength(1)
    expect(warnings).toEqual(['BANTRE is left out: XSE is not an exchange known here.'])
  })

  it.each([
    [{ action: null }],
    [{ action: 'Hold' }],
    [{ action: 'Buy', quantity: '-5' }],
    [{ quantity: null }],
    [{ ltp: 'x' }],
    [{ ltp: '-1' }],
    [{ exchange_code: null }],
    [{ exchange_code: 'NFO', expiry_date: null }],
    [{ exchange_code: 'NFO', expiry_date: '29-Sep-2026', right: 'Call', strike_price: null }],
  ])('are not understood as a whole when one row is %j', (also) => {
    expect(() => read(positionRow(), positionRow(also))).toThrow()
  })
})
