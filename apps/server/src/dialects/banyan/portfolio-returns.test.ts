import type { ReturnsReply } from '@banyan/contracts'
import { addDays, istDate } from '@banyan/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMarketInMemory, quoteOf } from '../../infra/http/testing/market-in-memory.ts'
import { type ApiCalls, bearer, createApiCalls } from '../testing/api-calls.ts'
import { type IdentityServer, startIdentityServer } from '../testing/identity-server.ts'

let server: IdentityServer
let api: ApiCalls
const { market } = createMarketInMemory([quoteOf('NSE:TCS', 3_412.55)])
beforeAll(async () => {
  server = await startIdentityServer({ market })
  api = createApiCalls(server)
})
afterAll(() => server.close())

async function arrive(email: string, files: readonly string[]) {
  const { access } = await api.register(email)
  for (const text of files) {
    const headers = { ...bearer(access), 'content-type': 'text/csv' }
    const reply = await fetch(`${server.url}/api/portfolio/import`, { method: 'POST', headers, body: text })
    expect([reply.status, await reply.text()]).toEqual([200, expect.any(String)])
  }
  return api.get<ReturnsReply>('/api/portfolio/returns', bearer(access))
}

const trades = (rows: readonly string[]) => `symbol,date,side,quantity,price\n${rows.join('\n')}\n`
const holdings = (rows: readonly string[]) => `symbol,quantity,average_price\n${rows.join('\n')}\n`

describe('GET /api/portfolio/returns', () => {
  it('says that there are no trades', async () => {
    const { status, body } = await arrive('nobody@example.com', [])
    expect([status, body]).toEqual([
      200,
      expect.objectContaining({ since: null, money_weighted_percent: null, money_weighted_unknown: 'no_trades' }),
    ])
  })

  it('tells the yearly rate of imported trades that come to what is held', async () => {
    const day = addDays(istDate(market.now()), -365)
    const { body } = await arrive('whole@example.com', [trades([`TCS,${day},buy,10,3000`]), holdings(['TCS,10,3000'])])
    // 3412.55 ÷ 3000 after 365 days.
    expect(body).toMatchObject({ since: day, money_weighted_percent: 13.75, unexplained: [] })
    expect([body.money_weighted_unknown, body.time_weighted_unknown]).toEqual([null, 'value_unknown'])
  })

  it('names the shares whose trades are missing', async () => {
    const { body } = await arrive('partly@example.com', [
      trades(['TCS,2020-01-01,buy,10,3000']),
      holdings(['TCS,11,3000']),
    ])
    expect(body).toMatchObject({
      money_weighted_percent: null,
      money_weighted_unknown: 'trades_unknown',
      unexplained: [{ broker: 'csv', broker_account: 'csv', tradingsymbol: 'TCS', held: 11, traded: 10 }],
    })
  })
})
