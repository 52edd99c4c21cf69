import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createMemoryBroker, type MemoryBroker } from '@banyan/brokers/memory'
import {
  Holding,
  HoldingsReply,
  IciciSyncReply,
  type JournalReply,
  type NewKeyReply,
  PnlReply,
  PortfolioDeletedReply,
  Position,
  PositionsReply,
  ZerodhaSyncReply,
} from '@banyan/contracts'
import { decimalOf, parseTimestamp } from '@banyan/domain'
import { Errors } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createMarketInMemory } from '../../infra/http/testing/market-in-memory.ts'
import { amount, holdingOf, positionOf } from '../../modules/portfolio/testing/book-of.ts'
import { type ApiCalls, bearer, cookie, createApiCalls, wordOf } from '../testing/api-calls.ts'
import { type IdentityServer, startIdentityServer } from '../testing/identity-server.ts'

const start = parseTimestamp('2026-03-12T11:42:07+05:30') ?? Number.NaN
const secondMs = 1_000

let server: IdentityServer
let api: ApiCalls
let zerodha: MemoryBroker
let icici: MemoryBroker
beforeAll(async () => {
  const clock = { now: () => server.now() }
  zerodha = createMemoryBroker({ clock })
  icici = createMemoryBroker({ clock, id: 'icici' })
  const { market } = createMarketInMemory()
  const live: typeof market = { ...market, status: () => ({ ...market.status(), mode: 'live', recordedDate: null }) }
  server = await startIdentityServer({ now: start, brokers: [zerodha, icici], parts: { market: live } })
  api = createApiCalls(server)
})
afterAll(() => server.close())

let people = 0

/** A person with one account at each broker. Each comes in a minute of their own. */
async function newPerson(daysAgo = 0) {
  const n = ++people
  server.turnTo(start + n * 60 * secondMs - daysAgo * 86_400_000)
  const { access_token: session } = await api.register(`holder${n}@example.com`)
  const headers = bearer(session)
  const [atZerodha, atIcici] = [`AB${1000 + n}`, `ASHA${n}`]
  const zerodhaBody = () => {
    const { apiKey, apiSecret, code } = zerodha.signIn(atZerodha)
    return { api_key: apiKey.reveal(), api_secret: apiSecret.reveal(), request_token: code.reveal() }
  }
  const iciciBody = () => {
    const { apiKey, apiSecret, code } = icici.signIn(atIcici)
    return { api_key: apiKey.reveal(), api_secret: apiSecret.reveal(), api_session: code.reveal() }
  }
  return {
    headers,
    session,
    atZerodha,
    atIcici,
    zerodhaBody,
    sync: <T = ZerodhaSyncReply>(body: object = zerodhaBody()) => api.post<T>('/api/portfolio/sync', body, headers),
    syncIcici: <T = IciciSyncReply>(body: object = iciciBody()) =>
      api.post<T>('/api/portfolio/icici-sync', body, headers),
    holdings: async () => (await api.get<HoldingsReply>('/api/portfolio/holdings', headers)).body,
    positions: async (query = '') => (await api.get<PositionsReply>(`/api/portfolio/positions${query}`, headers)).body,
    pnl: async (query = '') => (await api.get<PnlReply>(`/api/portfolio/pnl${query}`, headers)).body,
    erase: () => api.delete<PortfolioDeletedReply>('/api/portfolio', undefined, headers),
  }
}
type Person = Awaited<ReturnType<typeof newPerson>>

const infosys = holdingOf('INFY', '10', '1400', {
  isin: 'INE009A01021',
  t1Quantity: decimalOf(0),
  lastPrice: amount('1501.20'),
  closePrice: amount('1498.10'),
})
const future = positionOf('NIFTY26MARFUT', '75', {
  exchange: 'NFO',
  product: 'NRML',
  overnightQuantity: decimalOf(0),
  averagePrice: amount('24800'),
  lastPrice: amount('24815'),
  closePrice: amount('24790'),
  pnl: amount('1125'),
  m2m: amount('1125'),
  unrealised: amount('1125'),
  realised: amount('0'),
})
const bought = { ...future, type: 'day' as const }
/** Squared off today: earned 40, of which 10 since yesterday. */
const closed = positionOf('TCS', '0', { product: 'MIS', pnl: amount('40'), m2m: amount('10'), realised: amount('40') })

/** What the contract's own examples hold. */
const asInContract = (person: Person) =>
  zerodha.hold(person.atZerodha, { holdings: [infosys], positions: [future, bought] })

const fieldsOf = ({ body }: { body: unknown }) =>
  (body as { details?: { field: string }[] }).details?.map(({ field }) => field)

describe('POST /api/portfolio/sync', () => {
  it('SY-1 answers counts that are the lengths of the lists', async () => {
    const person = await newPerson()
    zerodha.hold(person.atZerodha, {
      holdings: [infosys, holdingOf('M&M', '1', '10')],
      positions: [future, closed, bought, { ...closed, type: 'day' }],
    })
    const { status, headers, body } = await person.sync()
    expect([status, headers.get('cache-control'), [...Errors({}, ZerodhaSyncReply, body)]]).toEqual([
      200,
      'no-store',
      [],
    ])
    expect(body).toEqual({
      holdings_count: 2,
      net_positions_count: 1,
      day_positions_count: 1,
      broker: 'zerodha',
      synced_at: expect.stringMatching(/^2026-03-12T11:\d\d:07\+05:30$/),
      snapshot_date: '2026-03-12',
      warnings: [],
    })
    expect((await person.holdings()).holdings).toHaveLength(2)
    expect((await person.positions('?type=net')).positions).toHaveLength(1)
    expect((await person.positions('?type=day')).positions).toHaveLength(1)
  })

  it.each([
    ['a refusal', 'auth_required', '422 broker_rejected', null],
    ['a rate limit', 'rate_limited', '503 broker_rate_limited', '2'],
    ['no connection', 'unavailable', '502 broker_unreachable', null],
    ['nonsense', 'malformed', '502 broker_unreachable', null],
    ['silence', 'timeout', '504 broker_timeout', null],
  ] as const)(
    'SY-2 answers %s of the broker in its own words, and what was stored stays',
    async (_what, fault, word, wait) => {
      const person = await newPerson()
      asInContract(person)
      await person.sync()
      const before = await person.holdings()
      zerodha.fail('holdings', fault)
      const reply = await person.sync<Record<string, string>>()
      zerodha.fail('holdings', null)
      expect([wordOf(reply), reply.body['broker'], reply.headers.get('retry-after')]).toEqual([word, 'zerodha', wait])
      expect([reply.body['error'], reply.body['msg']]).toEqual([reply.body['message'], reply.body['message']])
      expect(await person.holdings()).toEqual(before)
    },
  )

  it('SY-3 shows [redacted] where the broker repeats the secret', async () => {
    const person = await newPerson()
    zerodha.fail('open', 'echo')
    const given = person.zerodhaBody()
    const reply = await person.sync<Record<string, string>>(given)
    zerodha.fail('open', null)
    expect(reply.body['message']).toBe('Zerodha refused: Refused [redacted] and [redacted] and [redacted].')
    for (const secret of Object.values(given)) expect(reply.text + server.lines.join('')).not.toContain(secret)
  })

  it('400 names every field that is missing, blank or no text, before anything is asked', async () => {
    const person = await newPerson()
    const before = zerodha.calls.length
    const all = ['api_key', 'api_secret', 'request_token']
    const bad: readonly (readonly [object, readonly string[]])[] = [
      [{}, all],
      [{ api_key: '', api_secret: '   ', request_token: null }, all],
      [{ api_key: 5, api_secret: ['x'], request_token: {} }, all],
      [{ ...person.zerodhaBody(), api_secret: 'x'.repeat(513) }, ['api_secret']],
      [{ ...person.zerodhaBody(), request_token: 'a\nb' }, ['request_token']],
    ]
    for (const [body, fields] of bad) {
      const reply = await person.sync(body)
      expect([wordOf(reply), fieldsOf(reply)]).toEqual(['400 invalid_parameter', fields])
      for (const secret of zerodha.secrets()) expect(reply.text).not.toContain(secret)
    }
    expect(zerodha.calls).toHaveLength(before)
  })

  it('answers 409 while another sync runs, and 429 with Retry-After after six in a minute', async () => {
    const person = await newPerson()
    const calls = zerodha.calls.length
    zerodha.fail('positions', 'hang')
    const first = person.sync()
    await vi.waitFor(() => expect(zerodha.calls.length).toBe(calls + 3))
    expect(wordOf(await person.syncIcici())).toBe('409 sync_in_progress')
    zerodha.fail('positions', null)
    expect((await first).status).toBe(200)
    for (let n = 0; n < 5; n++) expect((await person.sync()).status).toBe(200)
    const seventh = await person.sync()
    expect([wordOf(seventh), seventh.headers.get('retry-after')]).toEqual(['429 rate_limited', '60'])
  })

  it('takes no API key and no cookie from another site', async () => {
    const person = await newPerson()
    const key = { name: 'k', scopes: ['portfolio:read'] }
    const made = await api.post<NewKeyReply>('/api/keys', key, person.headers)
    const body = person.zerodhaBody()
    expect(wordOf(await api.post('/api/portfolio/sync', body, { 'x-api-key': made.body.key }))).toBe(
      '403 api_key_not_allowed',
    )
    const foreign = { ...cookie(person.session), origin: 'https://evil.example' }
    expect(wordOf(await api.post('/api/portfolio/sync', body, foreign))).toBe('403 cross_site_request')
    const own = { ...cookie(person.session), origin: server.url }
    expect((await api.post('/api/portfolio/sync', body, own)).status).toBe(200)
  })

  it('is 503 provider_not_configured where the broker is not there', async () => {
    const other = await startIdentityServer({ now: start })
    const { access } = await createApiCalls(other).register('a@example.com')
    const given = { api_key: 'k', api_secret: 's', request_token: 't' }
    const reply = await createApiCalls(other).post('/api/portfolio/sync', given, bearer(access))
    await other.close()
    expect(wordOf(reply)).toBe('503 provider_not_configured')
  })
})

describe('POST /api/portfolio/icici-sync', () => {
  it('IC-1 adds a second broker, and a second sync of it leaves the first alone', async () => {
    const person = await newPerson()
    asInContract(person)
    const tcs = holdingOf('TCS', '2', '3400.25', { lastPrice: amount('3390.5'), t1Quantity: null })
    const odd = holdingOf('ODDCOD', '5', '20', { mapped: false, lastPrice: amount('21') })
    icici.hold(person.atIcici, { holdings: [tcs, odd], positions: [future, bought], warnings: ['BSE was not asked.'] })
    await person.sync()
    const { status, body } = await person.syncIcici()
    expect([status, [...Errors({}, IciciSyncReply, body)]]).toEqual([200, []])
    expect(body).toMatchObject({
      holdings_count: 2,
      positions_count: 1,
      broker: 'icici',
      warnings: ['BSE was not asked.'],
    })
    icici.hold(person.atIcici, { holdings: [tcs, odd], positions: [] })
    await person.syncIcici()
    const { holdings, brokers } = await person.holdings()
    expect(holdings.map(({ broker, tradingsymbol, mapped }) => [broker, tradingsymbol, mapped])).toEqual([
      ['icici', 'ODDCOD', false],
      ['icici', 'TCS', true],
      ['zerodha', 'INFY', true],
    ])
    expect(brokers.map((one) => [one.broker, one.holdings_count])).toEqual([
      ['icici', 2],
      ['zerodha', 1],
    ])
    expect((await person.positions()).positions.map(({ broker }) => broker)).toEqual(['zerodha', 'zerodha'])
  })
})

describe('GET /api/portfolio/holdings', () => {
  it('HO-1 before the first sync is empty', async () => {
    const person = await newPerson()
    expect(await person.holdings()).toEqual({
      holdings: [],
      summary: {
        invested: null,
        current_value: null,
        total_pnl: null,
        total_pnl_percent: null,
        day_pnl: null,
        unpriced_count: 0,
      },
      brokers: [],
      synced_at: null,
    })
  })

  it('answers the example of the contract, figure by figure, its prices growing old', async () => {
    const person = await newPerson()
    asInContract(person)
    const { synced_at: syncedAt } = (await person.sync()).body
    server.turn(53 * secondMs)
    const body = await person.holdings()
    expect([...Errors({ Holding }, HoldingsReply, body)]).toEqual([])
    expect(body).toEqual({
      holdings: [
        {
          broker: 'zerodha',
          broker_account: person.atZerodha,
          instrument: 'NSE:INFY',
          tradingsymbol: 'INFY',
          exchange: 'NSE',
          isin: 'INE009A01021',
          mapped: true,
          product: null,
          quantity: 10,
          t1_quantity: 0,
          average_price: 1400,
          last_price: 1501.2,
          close_price: 1498.1,
          invested: 14000,
          current_value: 15012,
          pnl: 1012,
          pnl_percent: 7.23,
          day_change: 3.1,
          day_change_percent: 0.21,
          source: 'zerodha',
          as_of: syncedAt,
          age_ms: 53_000,
          delay: 'snapshot',
        },
      ],
      summary: {
        invested: 14000,
        current_value: 15012,
        total_pnl: 1012,
        total_pnl_percent: 7.23,
        day_pnl: 31,
        unpriced_count: 0,
      },
      brokers: [{ broker: 'zerodha', synced_at: syncedAt, holdings_count: 1 }],
      synced_at: syncedAt,
    })
    server.turn(8 * secondMs)
    expect((await person.holdings()).holdings[0]).toMatchObject({ age_ms: 61_000, delay: 'delayed' })
  })

  it('HO-2 shows nobody the rows of another', async () => {
    const [one, two] = [await newPerson(), await newPerson()]
    asInContract(one)
    await one.sync()
    expect([(await two.holdings()).holdings, (await two.positions()).positions, (await two.pnl()).trend]).toEqual([
      [],
      [],
      [],
    ])
  })

  it('HO-3 takes a key that may read portfolios, and no other', async () => {
    const person = await newPerson()
    asInContract(person)
    await person.sync()
    const keyWith = async (scopes: readonly string[]) => {
      const made = await api.post<NewKeyReply>('/api/keys', { name: 'k', scopes }, person.headers)
      return { 'x-api-key': made.body.key }
    }
    const [good, bad] = [await keyWith(['portfolio:read']), await keyWith(['market:read', 'journal:read'])]
    for (const path of ['holdings', 'positions', 'pnl']) {
      expect((await api.get(`/api/portfolio/${path}`, good)).status).toBe(200)
      expect(wordOf(await api.get(`/api/portfolio/${path}`, bad))).toBe('403 insufficient_scope')
    }
  })

  it('HO-4 keeps a row without a price, with null figures, out of the totals', async () => {
    const person = await newPerson()
    zerodha.hold(person.atZerodha, { holdings: [infosys, holdingOf('NOPE', '3', '10.5')], positions: [] })
    await person.sync()
    const { holdings, summary } = await person.holdings()
    const nothing = {
      pnl: null,
      current_value: null,
      day_change: null,
      source: null,
      as_of: null,
      age_ms: null,
      delay: null,
    }
    expect(holdings[1]).toMatchObject({
      tradingsymbol: 'NOPE',
      quantity: 3,
      average_price: 10.5,
      last_price: null,
      ...nothing,
    })
    expect(summary).toMatchObject({ invested: 14000, current_value: 15012, total_pnl: 1012, unpriced_count: 1 })
  })

  it('rounds half a paisa away from zero, each row and the sum of the exact amounts', async () => {
    const person = await newPerson()
    const row = (symbol: string) =>
      holdingOf(symbol, '1', '33.335', { lastPrice: amount('33.32'), closePrice: amount('33.32') })
    zerodha.hold(person.atZerodha, { holdings: ['A', 'B', 'C'].map(row), positions: [] })
    await person.sync()
    const { holdings, summary } = await person.holdings()
    // Each 33.335 − 33.32 = 0.015; three of them 100.005 and 0.045.
    expect(holdings.map(({ invested, pnl }) => [invested, pnl])).toEqual(
      Array.from({ length: 3 }, () => [33.34, -0.02]),
    )
    expect([summary.invested, summary.total_pnl, summary.day_pnl]).toEqual([100.01, -0.05, 0])
  })

  it('is in order of broker, then symbol, over all accounts at a broker', async () => {
    const person = await newPerson()
    const shares = (...symbols: string[]) => symbols.map((symbol) => holdingOf(symbol, '1', '1'))
    zerodha.hold(person.atZerodha, { holdings: shares('TCS', 'M&M'), positions: [] })
    await person.sync()
    const second = `${person.atZerodha}B`
    zerodha.hold(second, { holdings: shares('SBIN', 'ITC'), positions: [] })
    const { apiKey, apiSecret, code } = zerodha.signIn(second)
    await person.sync({ api_key: apiKey.reveal(), api_secret: apiSecret.reveal(), request_token: code.reveal() })
    const { holdings, brokers } = await person.holdings()
    expect(holdings.map(({ tradingsymbol }) => tradingsymbol)).toEqual(['ITC', 'M&M', 'SBIN', 'TCS'])
    expect(brokers.map((one) => [one.broker, one.holdings_count])).toEqual([['zerodha', 4]])
  })
})

describe('GET /api/portfolio/positions', () => {
  it('PO-1 has as many net rows as the sync counted, each as in the contract', async () => {
    const person = await newPerson()
    zerodha.hold(person.atZerodha, { holdings: [], positions: [future, closed, bought] })
    const { net_positions_count: count, synced_at: syncedAt } = (await person.sync()).body
    const body = await person.positions('?type=net')
    expect([...Errors({ Position }, PositionsReply, body)]).toEqual([])
    expect(body.positions).toHaveLength(count)
    expect(body).toEqual({
      positions: [
        {
          type: 'net',
          broker: 'zerodha',
          broker_account: person.atZerodha,
          instrument: 'NFO:NIFTY26MARFUT',
          tradingsymbol: 'NIFTY26MARFUT',
          exchange: 'NFO',
          product: 'NRML',
          quantity: 75,
          overnight_quantity: 0,
          multiplier: 1,
          average_price: 24800,
          last_price: 24815,
          close_price: 24790,
          pnl: 1125,
          m2m: 1125,
          unrealised: 1125,
          realised: 0,
          source: 'zerodha',
          as_of: syncedAt,
          age_ms: 0,
          delay: 'snapshot',
        },
      ],
      synced_at: syncedAt,
    })
    expect((await person.positions()).positions.map(({ type }) => type).sort()).toEqual(['day', 'net'])
  })

  it('PO-2 refuses another type, an empty and a repeated one', async () => {
    const { headers } = await newPerson()
    for (const query of ['type=NET', 'type=', 'type=day&type=net', 'type=all', 'type=net%20']) {
      const reply = await api.get(`/api/portfolio/positions?${query}`, headers)
      expect([query, wordOf(reply), fieldsOf(reply)]).toEqual([query, '400 invalid_parameter', ['type']])
    }
  })

  it('PO-3 lists no row that was squared off, and counts what it earned', async () => {
    const person = await newPerson()
    zerodha.hold(person.atZerodha, { holdings: [infosys], positions: [closed] })
    await person.sync()
    expect((await person.positions()).positions).toEqual([])
    // 1012 + 40; 31 + 10.
    expect(await person.pnl()).toMatchObject({ positions_pnl: 40, total_pnl: 1052, day_pnl: 41 })
  })
})

describe('GET /api/portfolio/pnl', () => {
  it('answers the example of the contract: the day before and today', async () => {
    const person = await newPerson(1)
    const yesterday = { ...infosys, lastPrice: amount('1498.10'), closePrice: amount('1496.90') }
    zerodha.hold(person.atZerodha, { holdings: [yesterday], positions: [] })
    await person.sync()
    server.turn(86_400_000)
    asInContract(person)
    const { synced_at: syncedAt } = (await person.sync()).body
    const body = await person.pnl()
    const holdings = { invested: 14000, unpriced_count: 0 }
    const now = {
      ...holdings,
      current_value: 15012,
      holdings_pnl: 1012,
      positions_pnl: 1125,
      total_pnl: 2137,
      day_pnl: 1156,
    }
    const before = {
      ...holdings,
      current_value: 14981,
      holdings_pnl: 981,
      positions_pnl: 0,
      total_pnl: 981,
      day_pnl: 12,
    }
    expect([...Errors({}, PnlReply, body)]).toEqual([])
    expect(body).toEqual({
      days: 30,
      from: '2026-02-11',
      to: '2026-03-12',
      ...now,
      synced_at: syncedAt,
      trend: [
        { date: '2026-03-11', ...before, stale_brokers: [] },
        { date: '2026-03-12', ...now, stale_brokers: [] },
      ],
    })
  })

  it('PL-1 takes any number of days and shows how many it told', async () => {
    const person = await newPerson()
    const queries = ['', '?days=1', '?days=365', '?days=366', '?days=999999999999', '?days=007']
    const days = await Promise.all(queries.map(async (query) => (await person.pnl(query)).days))
    expect(days).toEqual([30, 1, 365, 365, 365, 7])
    expect(await person.pnl('?days=1')).toMatchObject({
      from: '2026-03-12',
      to: '2026-03-12',
      total_pnl: null,
      trend: [],
    })
  })

  it('PL-2 refuses what is no whole number from 1', async () => {
    const { headers } = await newPerson()
    for (const days of ['0', '-1', '30.5', '1e2', 'abc', '', '%2B5', '000', '%D9%A3', ' 5', '5&days=5']) {
      const reply = await api.get(`/api/portfolio/pnl?days=${days}`, headers)
      expect([days, wordOf(reply), fieldsOf(reply)]).toEqual([days, '400 invalid_parameter', ['days']])
    }
  })

  it('PL-3 of two syncs on one day is that of the second', async () => {
    const person = await newPerson()
    asInContract(person)
    await person.sync()
    zerodha.hold(person.atZerodha, { holdings: [{ ...infosys, lastPrice: amount('1502.05') }], positions: [] })
    await person.sync()
    const { trend } = await person.pnl()
    expect(trend.map(({ date, total_pnl: pnl }) => [date, pnl])).toEqual([['2026-03-12', 1020.5]])
  })
})

describe('DELETE /api/portfolio', () => {
  it('DL-1, DL-2, DL-3 erases everything synced, of this account, and leaves the journal', async () => {
    const [person, other] = [await newPerson(), await newPerson()]
    const trade = { symbol: 'TCS', side: 'buy', quantity: 1, price: 1, opened_at: '2026-03-10T10:05:00+05:30' }
    await api.post('/api/journal', trade, person.headers)
    for (const one of [person, other]) {
      asInContract(one)
      await one.sync()
    }
    const theirs = [await other.holdings(), await other.pnl()]
    const first = await person.erase()
    expect([first.status, first.body, [...Errors({}, PortfolioDeletedReply, first.body)]]).toEqual([
      200,
      { deleted: { holdings: 1, positions: 2, pnl_snapshots: 1, trades: 0 } },
      [],
    ])
    expect((await person.erase()).body).toEqual({ deleted: { holdings: 0, positions: 0, pnl_snapshots: 0, trades: 0 } })
    expect([(await person.holdings()).holdings, (await person.positions()).positions]).toEqual([[], []])
    expect(await person.pnl()).toMatchObject({ invested: null, total_pnl: null, synced_at: null, trend: [] })
    expect((await api.get<JournalReply>('/api/journal', person.headers)).body.entries).toHaveLength(1)
    expect([await other.holdings(), await other.pnl()]).toEqual(theirs)
  })
})

describe('the export of an account', () => {
  it('has the portfolio to the last digit, and goes with the account', async () => {
    const person = await newPerson()
    asInContract(person)
    await person.sync()
    const { body } = await api.post<Record<string, unknown>>('/api/auth/me/export', undefined, person.headers)
    expect(body['portfolio']).toMatchObject({
      books: [
        {
          broker_account: person.atZerodha,
          synced_at: expect.stringMatching(/\+05:30$/),
          holdings: [{ symbol: 'INFY', last_price: '1501.2' }],
        },
      ],
      day_trades: [{ symbol: 'NIFTY26MARFUT', quantity: '75' }],
      pnl_snapshots: [{ date: '2026-03-12', total_pnl: '2137' }],
    })
  })
})

describe('secrets', () => {
  it('SY-4 are in no file and no log line, after all that went well and all that failed here', async () => {
    const person = await newPerson()
    asInContract(person)
    expect((await person.sync()).status).toBe(200)
    for (const fault of ['echo', 'auth_required', 'malformed'] as const) {
      zerodha.fail('holdings', fault)
      await person.sync()
    }
    zerodha.fail('holdings', null)
    const files = readdirSync(server.folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
    const written = files.map((one) => readFileSync(join(one.parentPath, one.name), 'latin1'))
    const secrets = [...zerodha.secrets(), ...icici.secrets()]
    expect(written.join('')).toContain('INFY')
    expect(server.lines.length).toBeGreaterThan(10)
    expect(secrets.length).toBeGreaterThan(50)
    const everything = [...written, ...server.lines].join('\n')
    expect(secrets.filter((secret) => everything.includes(secret))).toEqual([])
  })
})
