import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type QuietSandbox, startQuietSandbox } from '../testing/quiet-sandbox.ts'
import type { ScriptedHolding } from './portfolio.ts'
import { type KiteUser, signIn } from './testing/kite-user.ts'

interface Row {
  readonly tradingsymbol: string
  readonly exchange: string
  readonly isin: string
  readonly quantity: number
  readonly t1_quantity: number
  readonly average_price: number
  readonly last_price: number
  readonly close_price: number
  readonly pnl: number
  readonly day_change: number
  readonly day_change_percentage: number
  readonly discrepancy: boolean
  readonly mtf: { readonly quantity: number; readonly value: number }
}

let sandbox: QuietSandbox
let user: KiteUser
let rows: readonly Row[]
beforeAll(async () => {
  sandbox = await startQuietSandbox()
  sandbox.control.clock.freeze()
  user = await signIn(sandbox)
  rows = (await user.get('/portfolio/holdings')).body.data
})
afterAll(() => sandbox.close())

const rowOf = (tradingsymbol: string, exchange = 'NSE') =>
  rows.find((row) => row.tradingsymbol === tradingsymbol && row.exchange === exchange)

function expectFormulas(row: Row) {
  const { last_price: last, close_price: close, average_price: average } = row
  expect(row.pnl).toBe((last - average) * (row.quantity + row.t1_quantity))
  expect(row.day_change).toBe(last - close)
  expect(row.day_change_percentage).toBe(((last - close) / close) * 100)
}

describe('GET /portfolio/holdings', () => {
  it('has P&L over settled and T+1 shares, and the day’s change per share and in per cent', () => {
    expect(rows).toHaveLength(11)
    for (const row of rows) expectFormulas(row)
  })

  it('has shares that are not delivered yet beside the settled ones, and such alone', () => {
    expect(rowOf('INFY')).toMatchObject({ quantity: 10, t1_quantity: 5 })
    expect(rowOf('ITC')).toMatchObject({ quantity: 0, t1_quantity: 20 })
  })

  it('has shares on margin funding, whose result is not in the row’s', () => {
    expect(rowOf('SBIN')).toMatchObject({ quantity: 15, mtf: { quantity: 40, value: 40 * 812.35 } })
    expect(rowOf('RELIANCE')?.mtf).toMatchObject({ quantity: 0, value: 0 })
  })

  it('has one row of doubt', () => {
    expect(rows.filter(({ discrepancy }) => discrepancy).map(({ tradingsymbol }) => tradingsymbol)).toEqual([
      'TATASTEEL',
    ])
  })

  it('has one ISIN on two exchanges', () => {
    expect(rowOf('TCS')?.isin).toBe(rowOf('TCS', 'BSE')?.isin)
    expect(rowOf('TCS')?.isin).toMatch(/^INE/)
  })

  it('has an average of five decimals, and the noise of binary fractions', () => {
    expect(rowOf('INFY')?.average_price).toBe(1481.78125)
    const noisy = rows.flatMap((row) => [row.pnl, row.day_change]).filter((amount) => /\.\d{9,}/.test(String(amount)))
    expect(noisy).not.toEqual([])
  })

  it('has symbols with an ampersand and with a series', () => {
    expect(rowOf('M&M')).toBeDefined()
    expect(rowOf('RELINFRA-BE')).toBeDefined()
  })

  it('is of who signed in, and may be empty', async () => {
    const [one, none] = [await signIn(sandbox, { userId: 'CD5678' }), await signIn(sandbox, { userId: 'ZZ0001' })]
    expect((await one.get('/portfolio/holdings')).body.data).toHaveLength(2)
    expect((await none.get('/portfolio/holdings')).body).toEqual({ status: 'success', data: [] })
    expect((await none.get('/portfolio/positions')).body.data).toEqual({ net: [], day: [] })
  })
})

it('follows its formulas for any scripted portfolio', async () => {
  const shares = ['NSE:TCS', 'NSE:M&M', 'BSE:INFY', 'NSE:MRF', 'NSE:IDEA']
  const scripted: fc.Arbitrary<readonly ScriptedHolding[]> = fc.array(
    fc.record({
      instrument: fc.constantFrom(...shares),
      quantity: fc.nat(100_000),
      t1Quantity: fc.nat(1_000),
      averagePrice: fc.oneof(
        fc.integer({ min: 1, max: 100_000_000 }).map((price) => price / 1_000),
        fc.integer({ min: 50, max: 150 }).map((part) => `${part}%` as const),
      ),
    }),
    { minLength: 1, maxLength: 8 },
  )
  await fc.assert(
    fc.asyncProperty(scripted, async (holdings) => {
      const own = await startQuietSandbox({ portfolio: { zerodha: { AB1234: { holdings, positions: [] } } } })
      try {
        const read: readonly Row[] = (await (await signIn(own)).get('/portfolio/holdings')).body.data
        expect(read).toHaveLength(holdings.length)
        for (const row of read) expectFormulas(row)
      } finally {
        await own.close()
      }
    }),
    { numRuns: 10 },
  )
})

it('refuses to start with a portfolio that names what is not listed', async () => {
  const holdings = [{ instrument: 'NSE:NOSUCH', quantity: 1, averagePrice: 1 }]
  const starting = startQuietSandbox({ portfolio: { zerodha: { AB1234: { holdings, positions: [] } } } })
  await expect(starting).rejects.toThrow('instrument NSE:NOSUCH is not listed on 2026-03-12')
})
