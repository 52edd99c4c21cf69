import type { BookReply } from '@banyan/contracts'
import { parseDecimal } from '@banyan/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPortfolioStore } from '../../infra/database/portfolio/create-portfolio-store.ts'
import { createMarketInMemory, quoteOf } from '../../infra/http/testing/market-in-memory.ts'
import { snapshotOf } from '../../modules/portfolio/figures.ts'
import type { StoredBook } from '../../modules/portfolio/index.ts'
import { bookOf, holdingOf, positionOf } from '../../modules/portfolio/testing/book-of.ts'
import { type ApiCalls, bearer, createApiCalls } from '../testing/api-calls.ts'
import { type IdentityServer, startIdentityServer } from '../testing/identity-server.ts'

let server: IdentityServer
let api: ApiCalls
beforeAll(async () => {
  const { market } = createMarketInMemory([quoteOf('NSE:TCS', 3_412.55, { prevClose: 3_398 })])
  server = await startIdentityServer({ market })
  api = createApiCalls(server)
})
afterAll(() => server.close())

let people = 0
async function arrive(books: readonly StoredBook[]) {
  const { access } = await api.register(`holder${++people}@example.com`)
  const { accountId } = await server.identity.credentials.checkToken(access, ['access'])
  const store = createPortfolioStore(server.database)
  for (const book of books) await store.replaceBook(accountId, book, (all) => snapshotOf(all, '2026-03-12'))
  return (await api.get<BookReply>('/api/portfolio/book', bearer(access))).body
}

describe('GET /api/portfolio/book', () => {
  it('is empty before the first sync', async () => {
    expect(await arrive([])).toMatchObject({
      totals: { invested: null, current_value: null, pnl: null, unpriced_count: 0, delay: null },
      groups: [],
      brokers: [],
      market: { mode: 'replay' },
    })
  })

  it('adds up in the numbers it shows, over brokers, with the source and age of each price', async () => {
    const tcs = { isin: 'INE467B01029' }
    const reply = await arrive([
      bookOf({
        holdings: [holdingOf('TCS', '3', '3000.335', tcs)],
        positions: [
          positionOf('TCS', '-1', {
            ...tcs,
            pnl: parseDecimal('10.5'),
            lastPrice: parseDecimal('3400'),
            averagePrice: parseDecimal('3410.5'),
          }),
        ],
      }),
      bookOf({
        broker: 'icici',
        brokerAccount: 'X1',
        holdings: [holdingOf('ODDCOD', '7', '9.99', { mapped: false, lastPrice: parseDecimal('11.11') })],
      }),
    ])
    const [first, second] = reply.groups
    expect(reply.groups).toHaveLength(2)
    expect(first).toMatchObject({ key: 'INE467B01029', instrument: 'NSE:TCS', quantity: 2, current_value: 6_825.1 })
    expect(
      first?.rows.map(({ kind, quantity, price_from, source, delay }) => [kind, quantity, price_from, source, delay]),
    ).toEqual([
      ['holding', 3, 'market', 'replay', 'replay'],
      ['position', -1, 'market', 'replay', 'replay'],
    ])
    // 10237.65 − 9001.01 (9001.005 rounded); the sale 10.50 − 12.55.
    expect(first?.rows.map(({ pnl }) => pnl)).toEqual([1_236.64, -2.05])
    expect(second).toMatchObject({ key: 'icici ODDCOD', instrument: null, current_value: 77.77, pnl: 7.84 })
    expect(second?.rows[0]).toMatchObject({
      price_from: 'broker',
      source: 'icici',
      delay: 'delayed',
      last_price: 11.11,
    })
    const paise = (values: readonly (number | null | undefined)[]) =>
      values.reduce<number>((sum, value) => sum + Math.round((value ?? 0) * 100), 0)
    for (const name of ['invested', 'current_value', 'pnl', 'day_change'] as const) {
      const total = paise([reply.totals[name]])
      expect([name, paise(reply.groups.map((group) => group[name]))]).toEqual([name, total])
      expect([name, paise(reply.brokers.map((broker) => broker[name]))]).toEqual([name, total])
      expect([name, paise(reply.groups.flatMap(({ rows }) => rows.map((row) => row[name])))]).toEqual([name, total])
    }
    expect(reply.brokers.map(({ broker, broker_account, row_count }) => [broker, broker_account, row_count])).toEqual([
      ['icici', 'X1', 1],
      ['zerodha', 'AB1234', 2],
    ])
  })
})
