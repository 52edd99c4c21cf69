import type { DeletedReply, JournalEntry as EntryBody, JournalReply, NewKeyReply } from '@banyan/contracts'
import { JournalEntry } from '@banyan/contracts'
import { Errors } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ist } from '../../modules/journal/testing/entry-of.ts'
import { type ApiCalls, bearer, cookie, createApiCalls, wordOf } from '../testing/api-calls.ts'
import { type IdentityServer, startIdentityServer } from '../testing/identity-server.ts'

const instrumentsAsked: string[] = []

let server: IdentityServer
let api: ApiCalls
beforeAll(async () => {
  server = await startIdentityServer({
    now: ist('2026-03-12T11:42:07'),
    journal: {
      async patternsAt(instrument, at) {
        instrumentsAsked.push(instrument)
        return at < ist('2026-03-01T00:00:00') ? null : ['CDLHAMMER']
      },
    },
  })
  api = createApiCalls(server)
})
afterAll(() => server.close())

const trade = {
  symbol: 'NSE:TCS',
  side: 'buy',
  quantity: 10,
  price: 3390.5,
  opened_at: '2026-03-10T10:05:00+05:30',
} as const

let people = 0

/** A person with a journal of their own. */
async function newPerson() {
  const { access, access_token: session } = await api.register(`trader${++people}@example.com`)
  const headers = bearer(access)
  return {
    headers,
    session,
    write: <T = EntryBody>(body: object) => api.post<T>('/api/journal', body, headers),
    list: <T = JournalReply>(query = '') => api.get<T>(`/api/journal${query}`, headers),
    read: <T = EntryBody>(id: string) => api.get<T>(`/api/journal/${id}`, headers),
    change: <T = EntryBody>(id: string, body: object) => api.patch<T>(`/api/journal/${id}`, body, headers),
    erase: <T = DeletedReply>(id: string) => api.delete<T>(`/api/journal/${id}`, undefined, headers),
  }
}

const fieldsOf = ({ body }: { body: unknown }) =>
  (body as { details?: { field: string }[] }).details?.map(({ field }) => field)

describe('the journal', () => {
  it('JR-1: creates, lists, changes and deletes', async () => {
    const person = await newPerson()
    const given = { ...trade, notes: 'Breakout retest', tags: ['swing'], rating: 4 }
    const made = await person.write(given)
    expect([made.status, made.headers.get('cache-control')]).toEqual([201, 'no-store'])
    expect([...Errors({}, JournalEntry, made.body)]).toEqual([])
    expect(made.body).toEqual({
      ...given,
      id: expect.stringMatching(/^jrn_[\w-]{16}$/),
      exit_price: null,
      fees: 0,
      pnl: null,
      closed_at: null,
      patterns_at_entry: ['CDLHAMMER'],
      created_at: '2026-03-12T11:42:07+05:30',
      updated_at: '2026-03-12T11:42:07+05:30',
    })
    const { id } = made.body
    expect((await person.list()).body).toEqual({ entries: [made.body], next_cursor: null })
    expect((await person.read(id)).body).toEqual(made.body)

    server.turn(1_500)
    const close = { exit_price: 3400.25, closed_at: '2026-03-11T06:00:00Z', fees: 12.5 }
    const changed = await person.change(id, close)
    expect([changed.status, changed.body]).toEqual([
      200,
      {
        ...made.body,
        ...close,
        closed_at: '2026-03-11T11:30:00+05:30',
        pnl: 85,
        updated_at: '2026-03-12T11:42:08.500+05:30',
      },
    ])
    expect((await person.read(id)).body).toEqual(changed.body)

    const gone = await person.erase(id)
    expect([gone.status, gone.body]).toEqual([200, { deleted: true }])
    expect([wordOf(await person.read(id)), wordOf(await person.erase(id))]).toEqual(['404 not_found', '404 not_found'])
    expect((await person.list()).body.entries).toEqual([])
  })

  it('JR-2: refuses what is out of bounds and names every bad field', async () => {
    const person = await newPerson()
    const bad: readonly (readonly [object, readonly string[]])[] = [
      [{ quantity: 0 }, ['quantity']],
      [{ quantity: -1 }, ['quantity']],
      [{ quantity: 1_000_000_000.5 }, ['quantity']],
      [{ quantity: 1.00001 }, ['quantity']],
      [{ quantity: 1.00000001 }, ['quantity']],
      [{ quantity: 1e-7 }, ['quantity']],
      [{ price: -0.01 }, ['price']],
      [{ price: 1e21 }, ['price']],
      [{ fees: -1 }, ['fees']],
      [{ rating: 6 }, ['rating']],
      [{ rating: 0 }, ['rating']],
      [{ rating: 1.5 }, ['rating']],
      [{ closed_at: '2026-03-10T10:04:59+05:30' }, ['closed_at']],
      [{ tags: Array.from({ length: 21 }, (_, i) => `t${i}`) }, ['tags']],
      [{ tags: ['x'.repeat(41)] }, ['tags']],
      [{ tags: [' '] }, ['tags']],
      [{ notes: 'x'.repeat(10_001) }, ['notes']],
      [{ notes: 'a\u0000b' }, ['notes']],
      [{ exit_price: 3400 }, ['exit_price']],
      [{ exit_price: -1, closed_at: '2026-03-11T10:00:00+05:30' }, ['exit_price']],
      [{ symbol: 'XYZ:TCS' }, ['symbol']],
      [{ side: 'Buy' }, ['side']],
      [{ opened_at: '2026-03-10T10:05:00' }, ['opened_at']],
      [{ opened_at: '2026-03-13T11:42:10+05:30' }, ['opened_at']],
      [{ opened_at: '2026-02-30T10:05:00+05:30' }, ['opened_at']],
      [{ opened_at: '0000-01-01T00:00:00Z' }, ['opened_at']],
      [{ closed_at: '9999-12-31T23:00:00Z' }, ['closed_at']],
      [{ notes: null, tags: null, fees: null }, ['fees', 'notes', 'tags']],
    ]
    for (const [change, fields] of bad) {
      const reply = await person.write({ ...trade, ...change })
      expect([change, wordOf(reply), fieldsOf(reply)]).toEqual([change, '400 invalid_parameter', fields])
    }
    const worst = { quantity: 0, rating: 6, price: '1', opened_at: 'x', exit_price: 1, tags: [5] }
    expect(fieldsOf(await person.write(worst))?.toSorted()).toEqual([
      'exit_price',
      'opened_at',
      'price',
      'quantity',
      'rating',
      'side',
      'symbol',
      'tags',
    ])
    expect(fieldsOf(await person.write({}))).toEqual(['symbol', 'side', 'quantity', 'price', 'opened_at'])
    expect((await person.list()).body.entries).toEqual([])
  })

  it('takes everything up to its bounds, folds symbols, tags and offsets, and ignores the rest', async () => {
    const person = await newPerson()
    const tags = Array.from({ length: 20 }, (_, i) => `${i}`.padEnd(40, 'x'))
    const edge = {
      symbol: ' bse:m&m ',
      side: 'sell',
      quantity: 1_000_000_000,
      price: 0,
      exit_price: 999_999_999.9999,
      fees: 0.0001,
      opened_at: '2026-03-13T06:12:07Z',
      closed_at: '2026-03-13T06:12:07.000+00:00',
      notes: '\u{1f600}'.repeat(10_000),
      tags,
      rating: 1,
    }
    const made = await person.write({ ...edge, id: 'jrn_mine', pnl: 5, created_at: 'x', nonsense: true })
    expect([made.status, made.body]).toEqual([
      201,
      expect.objectContaining({
        ...edge,
        symbol: 'BSE:M&M',
        opened_at: '2026-03-13T11:42:07+05:30',
        closed_at: '2026-03-13T11:42:07+05:30',
        pnl: Number('-999999999999900000.0001'),
      }),
    ])
    const folded = await person.write({ ...trade, symbol: 'tcs', tags: [' Swing ', 'swing', 'SWING', 'x'] })
    expect([folded.body.symbol, folded.body.tags]).toEqual(['NSE:TCS', ['Swing', 'x']])
  })

  it('computes the P&L exactly where binary numbers do not', async () => {
    const person = await newPerson()
    const closed = { exit_price: 0.3, closed_at: trade.opened_at }
    const long = await person.write({ ...trade, ...closed, price: 0.1, quantity: 3 })
    const short = await person.write({ ...trade, ...closed, price: 0.1, quantity: 3, side: 'sell', fees: 0.05 })
    const tiny = await person.write({ ...trade, ...closed, price: 0.2999, quantity: 0.0001 })
    expect([long, short, tiny].map(({ body }) => body.pnl)).toEqual([0.6, -0.65, 0.00000001])
  })

  it('JR-4: tells another person’s entry from none in no way', async () => {
    const [one, other] = [await newPerson(), await newPerson()]
    const { id } = (await one.write(trade)).body
    for (const reply of [await other.read(id), await other.change(id, { rating: 1 }), await other.erase(id)])
      expect(wordOf(reply)).toBe('404 not_found')
    expect((await other.list()).body.entries).toEqual([])
    expect((await one.read(id)).body.rating).toBeNull()
  })

  it('JR-5: lets a key read with its scope and never write', async () => {
    const person = await newPerson()
    const { id } = (await person.write(trade)).body
    const keyWith = async (scope: string) =>
      (await api.post<NewKeyReply>('/api/keys', { name: 'k', scopes: [scope] }, person.headers)).body.key
    const reader = { 'x-api-key': await keyWith('journal:read') }
    expect(wordOf(await api.post('/api/journal', trade, reader))).toBe('403 api_key_not_allowed')
    expect(wordOf(await api.patch(`/api/journal/${id}`, { rating: 1 }, reader))).toBe('403 api_key_not_allowed')
    expect(wordOf(await api.delete(`/api/journal/${id}`, undefined, reader))).toBe('403 api_key_not_allowed')
    for (const path of ['/api/journal', `/api/journal/${id}`]) {
      expect(wordOf(await api.get(path, reader))).toBe('200')
      const stranger = { 'x-api-key': await keyWith('portfolio:read') }
      expect(wordOf(await api.get(path, stranger))).toBe('403 insufficient_scope')
    }
  })

  it('JR-6: pages 120 entries as 50, 50 and 20, each once, ties by id', async () => {
    const person = await newPerson()
    for (let i = 0; i < 120; i++) {
      const day = String(1 + (i % 9)).padStart(2, '0')
      const made = await person.write({ ...trade, opened_at: `2026-03-${day}T10:00:00+05:30` })
      expect(made.status).toBe(201)
    }
    const pages: EntryBody[][] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { body }: { body: JournalReply } = await person.list(`?limit=50${cursor && `&cursor=${cursor}`}`)
      pages.push([...body.entries])
      cursor = body.next_cursor
    }
    expect(pages.map(({ length }) => length)).toEqual([50, 50, 20])
    const entries = pages.flat()
    expect(new Set(entries.map(({ id }) => id)).size).toBe(120)
    const order = entries.toSorted((a, b) =>
      a.opened_at === b.opened_at ? (a.id < b.id ? -1 : 1) : a.opened_at > b.opened_at ? -1 : 1,
    )
    expect(entries).toEqual(order)
    expect((await person.list('?limit=200')).body.next_cursor).toBeNull()
  }, 20_000)
})

describe('GET /api/journal', () => {
  it('chooses by symbol, tag and days in IST, both included', async () => {
    const person = await newPerson()
    await person.write({ ...trade, opened_at: '2026-03-09T23:59:59.999+05:30', tags: ['Swing'] })
    await person.write({ ...trade, opened_at: '2026-03-09T18:30:00Z', symbol: 'M&M' })
    await person.write({ ...trade, opened_at: '2026-03-11T00:00:00+05:30', tags: ['swing', 'x'] })
    const times = async (query: string) => (await person.list(query)).body.entries.map(({ opened_at }) => opened_at)
    const [first, second, third] = (await times('')).toReversed()
    expect(await times('?from=2026-03-10&to=2026-03-10')).toEqual([second])
    expect(await times('?from=2026-03-10')).toEqual([third, second])
    expect(await times('?to=2026-03-10')).toEqual([second, first])
    expect(await times('?from=2026-03-11&to=2026-03-09')).toEqual([])
    expect(await times('?symbol=m%26m')).toEqual([second])
    expect(await times('?tag=SWING')).toEqual([third, first])
    expect(await times('?tag=swing&to=2026-03-10&to2=x')).toEqual([first])
  })

  it('refuses a bad value or cursor, naming it', async () => {
    const person = await newPerson()
    const cursorOf = (text: string) => Buffer.from(text).toString('base64url')
    const bad = {
      limit: ['0', '201', '1e2', '', 'x'],
      from: ['2026-02-30', '2026-03-10T00:00:00Z', ''],
      to: ['x', '20260310'],
      symbol: ['XYZ:TCS', ''],
      tag: ['', 'x'.repeat(41)],
      cursor: ['x', '', cursorOf('1 jrn_x'), cursorOf('x jrn_aaaaaaaaaaaaaaaa'), 'A'.repeat(300)],
    }
    for (const [name, values] of Object.entries(bad))
      for (const value of values) {
        const reply = await person.list(`?${name}=${encodeURIComponent(value)}`)
        expect([name, value, wordOf(reply), fieldsOf(reply)]).toEqual([name, value, '400 invalid_parameter', [name]])
      }
    expect(fieldsOf(await person.list('?limit=1&limit=1&from=x'))).toEqual(['from', 'limit'])
  })
})

describe('PATCH /api/journal/{id}', () => {
  it('clears with null what may be unknown, and nothing else', async () => {
    const person = await newPerson()
    const closed = { exit_price: 3400, closed_at: '2026-03-11T10:00:00+05:30', rating: 3 }
    const { id } = (await person.write({ ...trade, ...closed })).body
    const cleared = await person.change(id, { exit_price: null, closed_at: null, rating: null })
    expect(cleared.body).toMatchObject({ exit_price: null, closed_at: null, rating: null, pnl: null })
    for (const name of ['symbol', 'side', 'quantity', 'price', 'fees', 'opened_at', 'notes', 'tags'])
      expect(fieldsOf(await person.change(id, { [name]: null }))).toEqual([name])
  })

  it('checks the merged entry and leaves it alone when it is wrong', async () => {
    const person = await newPerson()
    const closed = { exit_price: 3400, closed_at: '2026-03-11T10:00:00+05:30' }
    const made = (await person.write({ ...trade, ...closed })).body
    const wrong: readonly (readonly [object, string])[] = [
      [{ closed_at: null }, 'exit_price'],
      [{ opened_at: '2026-03-11T10:00:01+05:30' }, 'closed_at'],
      [{ closed_at: '2026-03-10T10:04:00+05:30' }, 'closed_at'],
      [{ quantity: 0 }, 'quantity'],
    ]
    for (const [change, field] of wrong) expect(fieldsOf(await person.change(made.id, change))).toEqual([field])
    expect((await person.read(made.id)).body).toEqual(made)
    expect(wordOf(await person.change('jrn_0000000000000000', { quantity: 0 }))).toBe('400 invalid_parameter')
  })

  it('changes nothing without members', async () => {
    const person = await newPerson()
    const made = (await person.write(trade)).body
    server.turn(5_000)
    expect((await person.change(made.id, {})).body).toEqual(made)
    expect((await person.change(made.id, { nonsense: 1 })).body).toEqual(made)
  })

  it('looks for patterns again when the opening is another one', async () => {
    const person = await newPerson()
    const made = (await person.write(trade)).body
    instrumentsAsked.length = 0
    const rated = (await person.change(made.id, { rating: 5, symbol: 'TCS', opened_at: trade.opened_at })).body
    expect([rated.patterns_at_entry, instrumentsAsked]).toEqual([['CDLHAMMER'], []])
    const moved = (await person.change(made.id, { symbol: 'INFY', opened_at: '2026-02-10T10:00:00+05:30' })).body
    expect([moved.patterns_at_entry, instrumentsAsked]).toEqual([null, ['NSE:INFY']])
  })
})

describe('who may write', () => {
  it('is who signed in on our own pages, and not a read-only account', async () => {
    const person = await newPerson()
    const { id } = (await person.write(trade)).body
    const foreign = { ...cookie(person.session), origin: 'https://evil.example' }
    expect(wordOf(await api.post('/api/journal', trade, foreign))).toBe('403 cross_site_request')
    const own = { ...cookie(person.session), origin: server.url }
    expect(wordOf(await api.post('/api/journal', trade, own))).toBe('201')
    expect(wordOf(await api.delete(`/api/journal/${id}`, undefined, own))).toBe('200')
    const email = 'reader@example.com'
    await server.identity.administration.create({ email, password: 'correct horse 9', name: null, role: 'read-only' })
    const reader = bearer((await api.login(email)).body.access)
    expect(wordOf(await api.post('/api/journal', trade, reader))).toBe('403 insufficient_role')
    expect(wordOf(await api.get('/api/journal', reader))).toBe('200')
  })
})
