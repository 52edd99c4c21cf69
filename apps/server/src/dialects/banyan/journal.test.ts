import {
  DismissedReply,
  JournalDraft,
  JournalDraftsReply,
  type JournalEntry,
  JournalFigures,
  JournalImportReply,
  type JournalReply,
  JournalStatisticsReply,
} from '@banyan/contracts'
import type { TSchema } from 'typebox'
import { Errors } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dayPositionOf } from '../../modules/journal/testing/day-trades.suite.ts'
import { createDayTradesInMemory } from '../../modules/journal/testing/day-trades-in-memory.ts'
import { decimal, ist } from '../../modules/journal/testing/entry-of.ts'
import { type ApiCalls, bearer, createApiCalls, password, wordOf } from '../testing/api-calls.ts'
import { type IdentityServer, startIdentityServer } from '../testing/identity-server.ts'

const { dayTrades, put } = createDayTradesInMemory()

let server: IdentityServer
let api: ApiCalls
beforeAll(async () => {
  const patternsAt = async (instrument: string) => (instrument === 'NSE:TCS' ? ['CDLHAMMER'] : null)
  server = await startIdentityServer({ now: ist('2026-03-12T11:42:07'), journal: { dayTrades, patternsAt } })
  api = createApiCalls(server)
})
afterAll(() => server.close())

const faultsOf = (schema: TSchema, value: unknown) => [...Errors({ JournalFigures, JournalDraft }, schema, value)]

const trade = { symbol: 'TCS', side: 'buy', quantity: 10, price: 100, opened_at: '2026-03-10T10:05:00+05:30' }
const closedAt = (exit_price: number, closed_at = '2026-03-11T10:00:00+05:30') => ({ exit_price, closed_at })

let people = 0

async function newPerson() {
  const email = `owner${++people}@example.com`
  const { access, user } = await api.register(email)
  const headers = bearer(access)
  return {
    id: user.id,
    headers,
    write: async (body: object) => (await api.post<JournalEntry>('/api/journal', body, headers)).body,
    entries: async () => (await api.get<JournalReply>('/api/journal?limit=200', headers)).body.entries,
    download: (query = '') => fetch(`${server.url}/api/journal/export${query}`, { headers }),
    async upload(text: string, preview?: string, more: Record<string, string> = {}) {
      const query = preview === undefined ? '' : `?preview=${preview}`
      const sent = { ...headers, 'content-type': 'text/csv', ...more }
      const reply = await fetch(`${server.url}/api/journal/import${query}`, {
        method: 'POST',
        headers: sent,
        ...(text === '' ? {} : { body: text }),
      })
      return {
        status: reply.status,
        body: (await reply.json()) as JournalImportReply & { code?: string; message: string },
      }
    },
  }
}

describe('GET /api/journal/statistics', () => {
  it('gives figures in total, by month, tag and pattern, of the filter', async () => {
    const person = await newPerson()
    await person.write({ ...trade, ...closedAt(110.005), tags: ['Swing'] })
    await person.write({
      ...trade,
      ...closedAt(95, '2026-02-28T23:30:00+05:30'),
      opened_at: '2026-02-01T10:00:00Z',
      tags: ['swing', 'x'],
    })
    await person.write({ ...trade, ...closedAt(101), symbol: 'INFY', fees: 10 })
    await person.write({ ...trade, closed_at: trade.opened_at })
    await person.write(trade)
    const { body } = await api.get<JournalStatisticsReply>('/api/journal/statistics', person.headers)
    expect(faultsOf(JournalStatisticsReply, body)).toEqual([])
    const total = {
      trades: 3,
      wins: 1,
      losses: 1,
      win_rate_percent: 33.33,
      pnl: 50.05,
      gross_profit: 100.05,
      gross_loss: 50,
      average_win: 100.05,
      average_loss: 50,
      expectancy: 16.68,
      profit_factor: 2,
    }
    expect(body).toMatchObject({ entries: 5, open: 1, unpriced: 1, total })
    expect(body.by_month.map(({ month, pnl }) => [month, pnl])).toEqual([
      ['2026-02', -50],
      ['2026-03', 100.05],
    ])
    expect(body.by_tag.map(({ tag, trades, pnl }) => [tag, trades, pnl])).toEqual([
      ['Swing', 2, 50.05],
      ['x', 1, -50],
    ])
    expect(body.by_pattern.map(({ pattern_id, trades }) => [pattern_id, trades])).toEqual([['CDLHAMMER', 2]])
    expect([body.without_pattern.trades, body.patterns_unknown.trades]).toEqual([0, 1])
    const march = await api.get<JournalStatisticsReply>(
      '/api/journal/statistics?from=2026-03-01&tag=swing',
      person.headers,
    )
    expect(march.body.total).toMatchObject({ trades: 1, pnl: 100.05, profit_factor: null, average_loss: null })
    expect(wordOf(await api.get('/api/journal/statistics?from=x', person.headers))).toBe('400 invalid_parameter')
  })
})

describe('GET /api/journal/export and POST /api/journal/import', () => {
  it('round trip: into another account whole, into the same one nothing', async () => {
    const [one, other] = [await newPerson(), await newPerson()]
    await one.write({
      ...trade,
      ...closedAt(110),
      notes: '=cmd|\r\n"आज", ok',
      tags: ['=Swing', 'a;b'],
      rating: 5,
      fees: 1.25,
    })
    await one.write({ ...trade, symbol: 'INFY', side: 'sell', opened_at: '2026-03-09T10:00:00+05:30' })
    const reply = await one.download()
    expect([reply.status, reply.headers.get('content-type'), reply.headers.get('cache-control')]).toEqual([
      200,
      'text/csv; charset=utf-8',
      'no-store',
    ])
    expect(reply.headers.get('content-disposition')).toBe('attachment; filename="journal-2026-03-12.csv"')
    const bytes = Buffer.from(await reply.arrayBuffer())
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const file = bytes.toString()
    const counts = { rows: 2, errors: [], error_count: 0, ignored_columns: [] }

    const preview = await other.upload(file, 'true')
    expect(faultsOf(JournalImportReply, preview.body)).toEqual([])
    expect([preview.status, preview.body]).toEqual([200, { ...counts, preview: true, added: 2, known: 0 }])
    expect(await other.entries()).toEqual([])
    expect((await other.upload(file, 'false')).body).toEqual({ ...counts, preview: false, added: 2, known: 0 })
    expect(await other.entries()).toEqual(await one.entries())
    expect((await other.upload(file)).body).toMatchObject({ added: 0, known: 2 })
    expect((await one.upload(file)).body).toMatchObject({ added: 0, known: 2 })
    expect((await one.entries()).length).toBe(2)
  })

  it('exports the entries of the filter, and thousands of them', async () => {
    const person = await newPerson()
    const header = 'symbol,side,quantity,price,opened_at'
    const start = ist('2025-01-01T10:00:00')
    const times = Array.from({ length: 1_203 }, (_, i) => new Date(start + i * 60_000).toISOString())
    const imported = await person.upload([header, ...times.map((time) => `tcs,buy,1,2,${time}`)].join('\n'))
    expect(imported.body).toMatchObject({ rows: 1_203, added: 1_203 })
    await person.write(trade)
    const lines = async (query: string) => (await (await person.download(query)).text()).trimEnd().split('\r\n')
    expect(new Set(await lines('')).size).toBe(1_205)
    expect((await lines('?from=2026-01-01')).length).toBe(2)
    expect((await lines('?symbol=INFY')).length).toBe(1)
  })

  it('writes nothing of a file with a wrong row, and tells line, column and reason of each fault', async () => {
    const person = await newPerson()
    const file = [
      'symbol,side,quantity,price,opened_at,notes,broker',
      'TCS,buy,1,2,2026-03-10T10:05:00+05:30,"two',
      'lines",Z',
      'TCS,hold,0,2,2026-03-10T10:05:00+05:30,,Z',
      ',buy,1,2,2026-03-10T10:05:00+05:30,,Z,too many',
    ].join('\n')
    const errors = [
      { line: 4, column: 'side', reason: 'must be one of buy, sell' },
      { line: 4, column: 'quantity', reason: 'must be above 0, at most 1000000000 and have at most 4 decimals' },
      { line: 5, column: null, reason: 'has more cells than the header' },
    ]
    const counts = { rows: 3, added: 0, known: 0, errors, error_count: 3, ignored_columns: ['broker'] }
    expect((await person.upload(file, 'true')).body).toEqual({ preview: true, ...counts })
    const refused = await person.upload(file)
    expect(refused.status).toBe(400)
    expect(refused.body).toMatchObject({
      success: 'false',
      code: 'invalid_parameter',
      message: 'Nothing was imported: side on line 4 must be one of buy, sell.',
      details: errors.map(({ line, column, reason }) => ({
        field: column ?? 'body',
        reason: `on line ${line} ${reason}`,
      })),
      ...counts,
    })
    expect(await person.entries()).toEqual([])
  })

  it('refuses what is no such file', async () => {
    const person = await newPerson()
    const header = 'symbol,side,quantity,price,opened_at\n'
    const wordsOf = async (...given: Parameters<typeof person.upload>) => {
      const { status, body } = await person.upload(...given)
      return `${status} ${body.code}: ${body.message}`
    }
    expect(await wordsOf('')).toBe('400 invalid_parameter: body must be a CSV file with a header line.')
    expect(await wordsOf('a,b\n1,2\n')).toContain('400 invalid_parameter: symbol must be a column of the file')
    expect(await wordsOf(header, 'maybe')).toBe('400 invalid_parameter: preview must be one of true, false.')
    expect(await wordsOf('{}', 'true', { 'content-type': 'application/json' })).toContain('415 unsupported_media_type')
    expect(await wordsOf(header + 'x'.repeat(5_242_880))).toContain('413 body_too_large')
    expect(await wordsOf(`${header}"${'x'.repeat(300_000)}`)).toContain('a quote is probably not closed')
    expect((await person.upload(header)).body).toMatchObject({ rows: 0, added: 0 })
  })
})

describe('drafts', () => {
  it('are listed and dismissed', async () => {
    const person = await newPerson()
    await put(person.id, '2026-03-11', [
      dayPositionOf({ averagePrice: decimal('3390.12345'), realised: decimal('1.005') }),
    ])
    const list = () => api.get<JournalDraftsReply>('/api/journal/drafts', person.headers)
    const { body } = await list()
    expect(faultsOf(JournalDraftsReply, body)).toEqual([])
    expect(body.drafts).toEqual([
      {
        id: expect.stringMatching(/^dft_[\w-]{16}$/),
        date: '2026-03-11',
        broker: 'zerodha',
        broker_account: 'AB1234',
        product: 'MIS',
        symbol: 'NSE:TCS',
        side: 'buy',
        quantity: 10,
        price: 3390.1235,
        realised: 1.01,
      },
    ])
    const path = `/api/journal/drafts/${body.drafts[0]?.id}/dismiss`
    const dismissed = await api.post<DismissedReply>(path, undefined, person.headers)
    expect([dismissed.status, faultsOf(DismissedReply, dismissed.body)]).toEqual([200, []])
    expect((await list()).body.drafts).toEqual([])
    expect(wordOf(await api.post('/api/journal/drafts/dft_none/dismiss', undefined, person.headers))).toBe(
      '404 not_found',
    )
  })
})

describe('an account that leaves', () => {
  it('takes its journal along and leaves nothing of it', async () => {
    const person = await newPerson()
    const entry = await person.write({ ...trade, ...closedAt(110) })
    const exported = await api.post<{ journal: unknown }>('/api/auth/me/export', undefined, person.headers)
    expect(exported.body.journal).toEqual([entry])
    expect((await api.delete('/api/auth/me', { password }, person.headers)).status).toBe(200)
    const left = server.database.reader.selectFrom('journal_entries').select('id').where('account_id', '=', person.id)
    expect(await left.execute()).toEqual([])
  })
})
