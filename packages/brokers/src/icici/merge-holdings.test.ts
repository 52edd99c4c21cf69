import { decimalOf } from '@banyan/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CashExchange, createCodeList } from './code-list.ts'
import { readDematIsins } from './demat-holdings.ts'
import { mergeHoldings } from './merge-holdings.ts'
import type { ListedHolding } from './portfolio-holdings.ts'
import { plain } from './testing/breeze-rows.ts'
import { inventedCodes, inventedIsins } from './testing/invented-codes.ts'

function held(exchange: CashExchange, code: string, quantity: number, price = 100): ListedHolding {
  return {
    exchange,
    code,
    product: null,
    quantity: decimalOf(quantity),
    averagePrice: decimalOf(price),
    lastPrice: decimalOf(110),
  }
}

const demat = readDematIsins([{ stock_code: 'BANTRE', stock_ISIN: inventedIsins.banyan, quantity: '0' }])

describe('the holdings of both exchanges', () => {
  it('name the share; what ICICI does not tell is unknown', () => {
    const { rows, warnings } = mergeHoldings({ nse: [held('NSE', 'BANTRE', 10)], bse: [], demat }, inventedCodes)
    expect(warnings).toEqual([])
    expect(plain(rows)).toEqual([
      {
        exchange: 'NSE',
        symbol: 'BANYAN',
        mapped: true,
        isin: inventedIsins.banyan,
        product: null,
        quantity: '10',
        averagePrice: '100',
        lastPrice: '110',
        closePrice: null,
        t1Quantity: null,
      },
    ])
  })

  it('are one row a share: different quantities add up at their average', () => {
    const nse = [held('NSE', 'BANTRE', 10, 100)]
    const bse = [held('BSE', 'BANTRE', 5, 130), held('BSE', 'NEETRE', 7)]
    const { rows, warnings } = mergeHoldings({ nse, bse, demat }, inventedCodes)
    expect(warnings).toEqual([])
    expect(plain(rows)).toMatchObject([
      { exchange: 'NSE', symbol: 'BANYAN', quantity: '15', averagePrice: '110' },
      { exchange: 'BSE', symbol: 'NEEM', quantity: '7' },
    ])
  })

  it('are counted once, and said to be, when both exchanges list the same quantity', () => {
    const lists = { nse: [held('NSE', 'BANTRE', 10)], bse: [held('BSE', 'BANTRE', 10)], demat }
    const { rows, warnings } = mergeHoldings(lists, inventedCodes)
    expect(plain(rows)).toMatchObject([{ exchange: 'NSE', quantity: '10', averagePrice: '100' }])
    expect(warnings).toEqual(['BANYAN: ICICI lists 10 on NSE and as many on BSE; they are counted once.'])
  })

  it('are one share also where the list of codes has it on one exchange only', () => {
    const lists = { nse: [held('NSE', 'NEETRE', 7)], bse: [held('BSE', 'NEETRE', 7)], demat }
    const { rows, warnings } = mergeHoldings(lists, inventedCodes)
    expect(plain(rows)).toMatchObject([{ symbol: 'NEETRE', mapped: false, isin: inventedIsins.neem, quantity: '7' }])
    expect(warnings).toHaveLength(1)
  })

  it('keep the code of what the list does not know, with the ISIN of the depository', () => {
    const other = readDematIsins([{ stock_code: 'NEWCOD', stock_ISIN: inventedIsins.neem }])
    const { rows } = mergeHoldings({ nse: [held('NSE', 'NEWCOD', 1)], bse: [], demat: other }, inventedCodes)
    expect(rows).toMatchObject([{ symbol: 'NEWCOD', mapped: false, isin: inventedIsins.neem }])
  })

  it('match no share when depository and list of codes contradict each other', () => {
    const other = readDematIsins([{ stock_code: 'BANTRE', stock_ISIN: inventedIsins.neem }])
    const { rows, warnings } = mergeHoldings({ nse: [held('NSE', 'BANTRE', 1)], bse: [], demat: other }, inventedCodes)
    expect(rows).toMatchObject([{ symbol: 'BANTRE', mapped: false, isin: null }])
    expect(warnings).toEqual(['BANTRE: ICICI gives two ISINs for it, so it is matched to no share.'])
  })

  it('BZ-9 count without the lists ICICI refused, which is said', () => {
    const lists = { nse: [held('NSE', 'BANTRE', 1)], bse: null, demat: null }
    const { rows, warnings } = mergeHoldings(lists, inventedCodes)
    expect(rows).toMatchObject([{ symbol: 'BANYAN', mapped: true, isin: inventedIsins.banyan }])
    expect(warnings).toHaveLength(2)
  })

  it('keep their codes, which is said, while no list of codes is loaded', () => {
    const { rows, warnings } = mergeHoldings({ nse: [held('NSE', 'BANTRE', 1)], bse: [], demat }, createCodeList([]))
    expect(rows).toMatchObject([{ symbol: 'BANTRE', mapped: false, isin: inventedIsins.banyan }])
    expect(warnings).toEqual(["ICICI's list of codes is not loaded, so its own codes are shown."])
  })

  it('never hold more than was listed, never less than either exchange lists', () => {
    const quantity = fc.integer({ min: 1, max: 1e6 })
    fc.assert(
      fc.property(fc.array(quantity), fc.array(quantity), (onNse, onBse) => {
        const nse = onNse.map((q) => held('NSE', 'BANTRE', q))
        const bse = onBse.map((q) => held('BSE', 'BANTRE', q))
        const { rows } = mergeHoldings({ nse, bse, demat }, inventedCodes)
        const total = rows.reduce((sum, row) => sum + row.quantity.toNumber(), 0)
        const [a, b] = [onNse, onBse].map((list) => list.reduce((sum, q) => sum + q, 0))
        expect(rows.length).toBe(nse.length + bse.length > 0 ? 1 : 0)
        expect(total).toBe(a === b ? a : (a ?? 0) + (b ?? 0))
      }),
    )
  })
})

describe("the depository's list", () => {
  it('may name several ISINs for a code, and none', () => {
    const rows = [
      { stock_code: 'A', stock_ISIN: inventedIsins.banyan },
      { stock_code: 'A', stock_ISIN: inventedIsins.neem },
      { stock_code: 'B', stock_ISIN: null },
    ]
    expect([...readDematIsins(rows)]).toEqual([['A', new Set([inventedIsins.banyan, inventedIsins.neem])]])
  })

  it('is not understood with an ISIN that is none', () => {
    expect(() => readDematIsins([{ stock_code: 'A', stock_ISIN: 'INE901X01010' }])).toThrow()
  })
})
