import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BanyanProcess, startBanyan, temporaryFolder } from './banyan-process.ts'

describe('a live market without any source', () => {
  const home = temporaryFolder()
  let banyan: BanyanProcess

  beforeAll(async () => {
    banyan = await startBanyan({ BANYAN_HOME: home.path, MARKET: 'live', YAHOO: 'off', DAY_FILES: 'off' })
  })
  afterAll(async () => {
    await banyan?.stop('SIGKILL')
    home.remove()
  })

  const get = async (path: string) => {
    const response = await fetch(banyan.origin + path)
    return {
      status: response.status,
      market: response.headers.get('x-banyan-market'),
      body: (await response.json()) as Record<string, never>,
    }
  }

  it('invents no price: the snapshot is 200 with nulls and the state of the calendar', async () => {
    const { status, market, body } = await get('/api/index/snapshot')
    expect([status, market]).toEqual([200, 'live'])
    expect(body).toMatchObject({ nifty_price: null, nifty_change: null, sensex_price: null, signals: [] })
    expect(body).toMatchObject({
      indices: { nifty: { last_price: null, source: null, as_of: null, age_ms: null, delay: null } },
    })
    expect(body).toMatchObject({ market: { mode: 'live', recorded_date: null, as_of_ist: null } })
  })

  it('knows its instruments without a price, and serves recorded candles as what they are', async () => {
    const quotes = await get('/api/quotes?symbols=TCS')
    expect(quotes.body).toMatchObject({
      quotes: { 'NSE:TCS': { last_price: null, source: null, delay: null } },
      missing: [],
    })
    const candles = await get('/api/candles/NSE:TCS?interval=day')
    expect(candles.body).toMatchObject({ source: 'bundle', delay: 'delayed', market: { mode: 'live' } })
  })
})
