import { describe, expect, it } from 'vitest'
import { parseJournalSearch } from './journal-search.ts'
import { parsePortfolioSearch } from './portfolio-search.ts'

describe('the addresses of portfolio and journal', () => {
  it('keep what is well-formed', () => {
    const trend = { by: 'sector', days: '90', vs: 'nifty50' }
    const portfolio = { sort: 'pnl', asc: '1', ...trend, pos: 'day', psort: 'realised', pasc: '1' }
    expect(parsePortfolioSearch(portfolio)).toEqual(portfolio)
    const journal = { symbol: 'NSE:TCS', tag: 'gap up', from: '2026-01-01', to: '2026-03-31' }
    expect(parseJournalSearch(journal)).toEqual(journal)
    expect(parseJournalSearch({ symbol: ' nse:tcs ' })).toEqual({ symbol: 'NSE:TCS' })
  })

  it('leave out the rest, so that a mistyped one still opens', () => {
    expect(parsePortfolioSearch({ sort: 'colour', asc: 'yes', by: 1, days: '31', pos: 'net', else: 'x' })).toEqual({})
    expect(parsePortfolioSearch({ vs: 'sensex', psort: 'value', pasc: 1 })).toEqual({})
    expect(parseJournalSearch({ symbol: '', tag: ' ', from: '1 Jan', to: 20260331 })).toEqual({})
  })
})
