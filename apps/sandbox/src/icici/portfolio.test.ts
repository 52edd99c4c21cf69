import { istMidnight } from '@banyan/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Sandbox } from '../index.ts'
import { type BreezeClient, createBreezeClient, startStill } from './testing/breeze-client.ts'

type Row = Readonly<Record<string, string | number | null>>

// Since 2026-08-03 there is a closing auction; the clock stands at noon.
const noon = istMidnight('2026-09-16') + 12 * 3_600_000
let sandbox: Sandbox
let client: BreezeClient
let token: string
beforeAll(async () => {
  sandbox = await startStill({ clockStart: noon })
  client = createBreezeClient(sandbox)
  token = await client.open()
})
afterAll(() => sandbox.close())

const ask = async (operation: string, parameters: object = {}) =>
  (await client.call(operation, parameters, token)).envelope
const rows = async (operation: string, parameters: object = {}) =>
  (await ask(operation, parameters)).Success as readonly Row[]
const noData = { Success: null, Status: 500, Error: 'No Data Found' }

describe('portfolioholdings', () => {
  it('writes numbers as texts and what it does not tell as null; there is no ISIN', async () => {
    const [first] = await rows('portfolioholdings', { exchange_code: 'NSE' })
    expect(first).toEqual({
      stock_code: 'RELIND',
      exchange_code: 'NSE',
      quantity: '14',
      average_price: '1188.35',
      booked_profit_loss: '0',
      current_market_price: expect.stringMatching(/^\d+(\.\d{1,2})?$/),
      change_percentage: expect.stringMatching(/^-?\d+(\.\d{1,2})?$/),
      answer_flag: 'N',
      product_type: null,
      expiry_date: null,
      strike_price: null,
      right: null,
      category_index_per_stock: null,
      action: null,
      realized_profit: null,
      unrealized_profit: null,
      open_position_value: null,
      portfolio_charges: null,
    })
  })

  it('lists one exchange per call, by the vendor’s codes', async () => {
    const codesOn = async (exchange: string) =>
      (await rows('portfolioholdings', { exchange_code: exchange })).map((row) => row['stock_code'])
    expect((await codesOn('NSE')).slice(0, 2)).toEqual(['RELIND', 'INFTEC'])
    expect(await codesOn('NSE')).toEqual(expect.arrayContaining(['MAHMAH', 'ZOMLIM']))
    expect(await codesOn('BSE')).toEqual(['RELIND'])
    expect(await ask('portfolioholdings', { exchange_code: 'BFO' })).toEqual(noData)
    expect((await ask('portfolioholdings', {})).Error).toBe('Invalid exchange_code')
  })

  it('tells the day’s move, not the return on what was paid', async () => {
    const [holding] = await rows('portfolioholdings', { exchange_code: 'NSE' })
    const quotes = await rows('quotes', { stock_code: 'RELIND', exchange_code: 'NSE' })
    const quote = quotes.find((row) => row['exchange_code'] === 'NSE')
    expect(Number(holding?.['change_percentage'])).toBeCloseTo(Number(quote?.['ltp_percent_change']), 2)
  })

  it('writes derivatives in what looks like paise, and their value for their profit', async () => {
    const contracts = await rows('portfolioholdings', { exchange_code: 'NFO' })
    const positions = await rows('portfoliopositions')
    expect(contracts).toHaveLength(2)
    for (const contract of contracts) {
      const same = (row: Row) => row['exchange_code'] === 'NFO' && row['product_type'] === contract['product_type']
      const ltp = Number(positions.find(same)?.['ltp'])
      expect(contract['current_market_price']).toBe(String(Math.round(ltp * 100)))
      expect(Number(contract['unrealized_profit'])).toBeCloseTo(ltp * Number(contract['quantity']), 2)
    }
  })
})

describe('dematholdings', () => {
  it('has one row per ISIN, no prices, and no pledged shares', async () => {
    const demat = await rows('dematholdings')
    const of = (code: string) => demat.filter((row) => row['stock_code'] === code).map((row) => row['quantity'])
    // 14 on NSE and 6 on BSE; 20 of 30 pledged; all 75 pledged.
    expect([of('RELIND'), of('INFTEC'), of('ITC')]).toEqual([['20'], ['10'], ['0']])
    expect(demat[0]).toEqual({
      stock_code: 'RELIND',
      stock_ISIN: 'INE002A01018',
      quantity: '20',
      demat_total_bulk_quantity: '20',
      demat_avail_quantity: '20',
      blocked_quantity: '0',
      demat_allocated_quantity: '0',
    })
  })
})

describe('portfoliopositions', () => {
  it('has no sign, but an action; the result is never told', async () => {
    const positions = await rows('portfoliopositions')
    expect(positions.map((row) => [row['exchange_code'], row['action'], row['quantity'], row['pnl']])).toEqual([
      ['NSE', 'Sell', '40', null],
      ['NSE', 'Buy', '0', null],
      ['NFO', 'Sell', '65', null],
      ['NFO', 'Buy', '130', null],
    ])
  })

  it('spells contracts out', async () => {
    const [, , future, option] = await rows('portfoliopositions')
    expect(future).toMatchObject({ stock_code: 'NIFTY', expiry_date: '29-Sep-2026', strike_price: null, right: null })
    expect(option).toMatchObject({ stock_code: 'NIFTY', expiry_date: '22-Sep-2026', right: 'Call' })
    expect(option?.['strike_price']).toMatch(/^\d{5}$/)
    expect(Number(option?.['underlying'])).toBeGreaterThan(1_000)
  })
})

describe('quotes', () => {
  it('BZ-8 gives the rows of both exchanges, whichever was asked', async () => {
    for (const exchange of ['NSE', 'BSE']) {
      const quotes = await rows('quotes', { stock_code: 'RELIND', exchange_code: exchange })
      expect(quotes.map((row) => row['exchange_code'])).toEqual(['NSE', 'BSE'])
    }
    const [nse] = await rows('quotes', { stock_code: 'relind', exchange_code: 'nse' })
    expect(nse).toMatchObject({ ltt: '16-Sep-2026 12:00:00', expiry_date: null })
    expect([typeof nse?.['ltp'], typeof nse?.['total_quantity_traded']]).toEqual(['number', 'string'])
  })

  it('knows indices', async () => {
    const [nifty] = await rows('quotes', { stock_code: 'NIFTY', exchange_code: 'NSE' })
    expect(nifty).toMatchObject({ exchange_code: 'NSE', total_quantity_traded: '0' })
    expect((await rows('quotes', { stock_code: 'BSESEN', exchange_code: 'BSE' }))[0]?.['exchange_code']).toBe('BSE')
  })

  it('has no data for a code nobody has, and for a symbol that is no code', async () => {
    for (const code of ['NOPE', 'RELIANCE', ''])
      expect(await ask('quotes', { stock_code: code, exchange_code: 'NSE' })).toEqual(noData)
    expect((await ask('quotes', { stock_code: 'RELIND', exchange_code: 'NFO' })).Error).toBe('Invalid exchange_code')
  })
})

describe('somebody who owns nothing', () => {
  it.each(['portfolioholdings', 'dematholdings', 'portfoliopositions'])('gets no data from %s', async (operation) => {
    const reply = await client.call(operation, { exchange_code: 'NSE' }, await client.open('BANYAN00'))
    expect(reply).toEqual({ status: 200, envelope: noData })
  })
})

describe('a scripted portfolio', () => {
  it('is what its owner gets; one that names nothing listed keeps the sandbox from starting', async () => {
    const holding = { instrument: 'NSE:TCS', quantity: 3, pledgedQuantity: 1, averagePrice: 3000.123 }
    const position = {
      instrument: 'NSE:SBIN',
      product: 'MTF',
      action: 'buy',
      quantity: 2,
      averagePrice: '50%',
    } as const
    const portfolio = { icici: { ANYBODY1: { holdings: [holding], positions: [position] } } }
    const scripted = await startStill({ portfolio })
    try {
      const own = createBreezeClient(scripted)
      const session = await own.open('ANYBODY1')
      const held = await own.call('portfolioholdings', { exchange_code: 'NSE' }, session)
      expect(held.envelope.Success).toMatchObject([{ quantity: '3', average_price: '3000.123' }])
      const opened = await own.call('portfoliopositions', {}, session)
      expect(opened.envelope.Success).toMatchObject([{ product_type: 'MTF', action: 'Buy', quantity: '2' }])
    } finally {
      await scripted.close()
    }
    const wrong = { icici: { ANYBODY1: { holdings: [{ ...holding, instrument: 'NSE:NOPE' }], positions: [] } } }
    await expect(startStill({ portfolio: wrong })).rejects.toThrow('NSE:NOPE')
  })
})
