import { readdirSync, readFileSync } from 'node:fs'
import {
  type BookReply,
  type BrokersReply,
  type HoldingsReply,
  PortfolioImportReply,
  PortfolioImportRow,
} from '@banyan/contracts'
import { parseTimestamp } from '@banyan/domain'
import { Errors } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createInstrumentsInMemory,
  createMarketInMemory,
  instrumentOf,
} from '../../infra/http/testing/market-in-memory.ts'
import { type ApiCalls, bearer, createApiCalls, password } from '../testing/api-calls.ts'
import { type IdentityServer, startIdentityServer } from '../testing/identity-server.ts'

// The rows of these files are invented; which columns brokers' files have stands in table-formats.ts.
const files = new URL('../../modules/portfolio/csv-import/testing/files/', import.meta.url)
const fileOf = (name: string) => readFileSync(new URL(name, files))

const shares = [
  instrumentOf('NSE:TCS', { isin: 'INE467B01029' }),
  instrumentOf('BSE:TCS', { isin: 'INE467B01029' }),
  instrumentOf('NSE:INFY', { isin: 'INE009A01021' }),
  instrumentOf('NSE:M&M', { isin: 'INE101A01026' }),
]
const codes: Record<string, string> = { INFTEC: 'NSE:INFY', MAHMAH: 'NSE:M&M' }
const instruments = {
  ...createInstrumentsInMemory(shares),
  findByUpstreamName: (upstream: string, name: string) =>
    shares.find(({ id }) => upstream === 'breeze' && id === codes[name]) ?? null,
}

let server: IdentityServer
let api: ApiCalls
beforeAll(async () => {
  const { market } = createMarketInMemory()
  const now = parseTimestamp('2026-03-12T11:42:07+05:30') ?? 0
  server = await startIdentityServer({ now, instruments, market })
  api = createApiCalls(server)
})
afterAll(() => server.close())

type Reply = PortfolioImportReply & {
  readonly code?: string
  readonly message: string
  readonly details: readonly { readonly field: string; readonly reason: string }[]
}

let people = 0

async function newPerson() {
  const { access } = await api.register(`importer${++people}@example.com`)
  const headers = bearer(access)
  const { accountId } = await server.identity.credentials.checkToken(access, ['access'])
  return {
    headers,
    accountId,
    async upload(body: string | Buffer, query = '') {
      const init = { method: 'POST', headers: { ...headers, 'content-type': 'text/csv' } }
      const sent = typeof body === 'string' ? body : new Uint8Array(body)
      const given = body.length === 0 ? init : { ...init, body: sent }
      const reply = await fetch(`${server.url}/api/portfolio/import${query}`, given)
      return { status: reply.status, body: (await reply.json()) as Reply }
    },
    holdings: async () => (await api.get<HoldingsReply>('/api/portfolio/holdings', headers)).body,
    exported: async () =>
      (await api.post<{ portfolio: Record<string, unknown[]> }>('/api/auth/me/export', undefined, headers)).body
        .portfolio,
    erase: () => api.send('DELETE', '/api/portfolio', { headers }),
  }
}

const trades = [
  'symbol,isin,exchange,date,side,quantity,price,trade_id',
  'TCS,,NSE,2025-06-02,buy,3,3411.5,1',
  'TCS,,NSE,2025-06-03,sell,1,3420,2',
].join('\n')

describe('POST /api/portfolio/import', () => {
  it.each([
    ['zerodha_tradebook', 'zerodha', 3, ['NSE:TCS buy 3 @ 3411.5 2025-06-02', 'NSE:INFY sell 4 @ 1502.25 2025-09-15']],
    ['icici_transactions', 'icici', 2, ['NSE:INFY buy 12 @ 1402.35 2025-07-11', 'NSE:INFY buy 12 @ 0 2025-08-18']],
    ['icici_tradebook', 'icici', 3, ['NSE:INFY buy 5 @ 1601.2 2025-12-17', 'NSE:INFY sell 2 @ 1610.05 2025-12-19']],
    ['kotak_tradebook', 'kotak', 2, ['NSE:TCS buy 4 @ 3398.4 2026-01-05', 'NSE:TCS sell 1 @ 3405 2026-01-06']],
    ['csv_trades', 'csv', 3, ['NSE:TCS buy 1 @ 3400 2026-03-12', 'BSE:TCS buy 2 @ 3401.25 2026-03-12']],
  ])('recognises the trades of %s', async (format, broker, count, [first, last]) => {
    const person = await newPerson()
    const { status, body } = await person.upload(fileOf(`ok/${format}.csv`), '?preview=true&account=QX7788')
    expect([status, body.message, body.errors]).toEqual([200, undefined, []])
    expect([...Errors({ PortfolioImportRow }, PortfolioImportReply, body)]).toEqual([])
    expect(body).toMatchObject({ format, kind: 'trades', broker, rows: count, added: count, known: 0, book: null })
    const told = body.understood.map(
      ({ instrument, side, quantity, price, date }) => `${instrument} ${side} ${quantity} @ ${price} ${date}`,
    )
    expect([told[0], told.at(-1)]).toEqual([first, last])
  })

  it.each([
    ['zerodha_console_holdings', '', 'QX7788', ['NSE:TCS 11 @ 3105.2727 → 3412.55', 'NSE:M&M 5 @ 2790 → 2815.4']],
    ['zerodha_kite_holdings', 'AB1', 'AB1', ['NSE:TCS 10 @ 3100.25 → 3412.55', 'NSE:INFY 7 @ 1410.5 → null']],
    ['icici_holdings', 'AB1', 'AB1', ['NSE:INFY 24 @ 701.175 → 1588.4', 'NSE:M&M 3 @ 2701 → 2815.4']],
    ['kotak_holdings', 'AB1', 'AB1', ['NSE:TCS 4 @ 3398.4 → 3412.55', 'NSE:TCS 4 @ 3398.4 → 3412.55']],
    ['csv_holdings', '', 'family', ['NSE:TCS 10 @ 123456.5 → 3412.55', 'null 3 @ 10 → null']],
  ])('recognises the holdings of %s', async (format, given, account, [first, last]) => {
    const person = await newPerson()
    const query = given === '' ? '' : `?account=${given}`
    const { status, body } = await person.upload(fileOf(`ok/${format}.csv`), query)
    expect([status, body.message, body.errors]).toEqual([200, undefined, []])
    expect([...Errors({ PortfolioImportRow }, PortfolioImportReply, body)]).toEqual([])
    expect(body).toMatchObject({ preview: false, format, kind: 'holdings', broker_account: account, book: 'new' })
    const told = body.understood.map(
      ({ instrument, quantity, price, last_price }) => `${instrument} ${quantity} @ ${price} → ${last_price}`,
    )
    expect([told[0], told.at(-1)]).toEqual([first, last])
    const { holdings } = await person.holdings()
    expect(holdings).toHaveLength(body.added)
    expect(new Set(holdings.map(({ broker_account }) => broker_account))).toEqual(new Set([account]))
  })

  it('writes nothing in a preview', async () => {
    const person = await newPerson()
    await person.upload(trades, '?preview=true')
    await person.upload(fileOf('ok/csv_holdings.csv'), '?preview=true')
    expect(await person.exported()).toEqual({ books: [], day_trades: [], pnl_snapshots: [], trades: [] })
  })

  it('replaces the book of the account as of the statement, and says what is replaced', async () => {
    const person = await newPerson()
    const first = await person.upload(fileOf('ok/zerodha_console_holdings.csv'))
    expect(first.body).toMatchObject({ as_of: '2026-02-27T15:30:00+05:30', book: 'new', book_before: null, added: 2 })
    const again = await person.upload(fileOf('ok/zerodha_kite_holdings.csv'), '?account=qx7788')
    expect(again.body).toMatchObject({
      broker_account: 'QX7788',
      as_of: '2026-03-12T11:42:07+05:30',
      book: 'replaced',
      book_before: '2026-02-27T15:30:00+05:30',
      added: 2, // one of the three was sold
    })
    const { holdings, brokers } = await person.holdings()
    expect(brokers).toEqual([{ broker: 'zerodha', synced_at: '2026-03-12T11:42:07+05:30', holdings_count: 2 }])
    expect(holdings.map(({ instrument, quantity, source }) => [instrument, quantity, source])).toEqual([
      ['NSE:INFY', 7, null],
      ['NSE:TCS', 10, 'csv'],
    ])
    const { body: book } = await api.get<BookReply>('/api/portfolio/book', person.headers)
    const tcs = book.groups.find(({ isin }) => isin === 'INE467B01029')
    expect(tcs?.rows[0]).toMatchObject({ broker: 'zerodha', source: 'csv', last_price: 3_412.55, price_from: 'broker' })
  })

  it('is no sync of the broker', async () => {
    const person = await newPerson()
    await person.upload(fileOf('ok/kotak_holdings.csv'), '?account=K1')
    const { body } = await api.get<BrokersReply>('/api/brokers', person.headers)
    expect(body.brokers).toMatchObject([{ broker: 'kotak', broker_account: null, last_success: null }])
  })

  it('adds trades once, however often and in whichever files they come', async () => {
    const person = await newPerson()
    const first = await person.upload(trades)
    expect(first.body).toMatchObject({ added: 2, known: 0 })
    expect((await person.upload(trades, '?preview=true')).body).toMatchObject({ added: 0, known: 2 })
    expect((await person.upload(trades)).body).toMatchObject({ added: 0, known: 2 })
    const more = `${trades}\nTCS,,NSE,2025-06-03,sell,1,3420,2\nTCS,,NSE,2025-06-04,buy,1,1,3`
    expect((await person.upload(more)).body).toMatchObject({ rows: 4, added: 1, known: 3 })
    const equal = fileOf('ok/icici_tradebook.csv')
    expect((await person.upload(equal, '?account=X')).body).toMatchObject({ added: 3, known: 0 })
    expect((await person.upload(equal, '?account=X')).body).toMatchObject({ added: 0, known: 3 })
    expect((await person.upload(equal, '?account=Y')).body).toMatchObject({ added: 3, known: 0 })
    expect((await person.exported())['trades']).toHaveLength(9)
  })

  it('refuses a file with a rejected row, and imports the rest when told to skip it', async () => {
    const person = await newPerson()
    const wrong = `${trades}\nTCS,,NSE,2025-06-04,buy,-1,1,3`
    const preview = await person.upload(wrong, '?preview=true')
    expect(preview.body).toMatchObject({ rows: 3, rejected: 1, error_count: 1, added: 2 })
    expect(preview.body.errors).toEqual([
      {
        line: 4,
        column: 'quantity',
        reason: 'is below 0',
        remedy: 'Short positions and corrections cannot be imported: leave the row out.',
      },
    ])
    const refused = await person.upload(wrong)
    expect([refused.status, refused.body.code]).toEqual([400, 'invalid_parameter'])
    expect(refused.body.message).toBe(
      'Nothing was imported: quantity on line 4 is below 0. Short positions and corrections cannot be imported: ' +
        'leave the row out. To import the other rows, say rejected=skip.',
    )
    expect((await person.exported())['trades']).toEqual([])
    expect((await person.upload(wrong, '?rejected=skip')).body).toMatchObject({ added: 2, rejected: 1 })
    const none = `${trades.split('\n')[0]}\nTCS,,NSE,2025-06-04,buy,-1,1,3`
    expect((await person.upload(none, '?rejected=skip')).status).toBe(400)
  })

  it('counts lines from the first of the file, titles and cells of several lines included', async () => {
    const person = await newPerson()
    const file = 'a title\n\nsymbol;quantity;average_price;note\nTCS;1;2;"x\ny"\nINFY;?;3;'
    const { body } = await person.upload(file, '?preview=true')
    expect(body.errors).toMatchObject([{ line: 6, column: 'quantity', reason: 'is not a number' }])
    expect([body.understood[0]?.line, body.ignored_columns]).toEqual([4, ['note']])
  })

  it('shows 200 rows of a long file and 100 of what is wrong with it', async () => {
    const person = await newPerson()
    const rows = (quantity: string) => Array.from({ length: 250 }, () => `TCS,2025-06-02,buy,${quantity},1`)
    const file = ['symbol,date,side,quantity,price', ...rows('1'), ...rows('x')].join('\n')
    const { body } = await person.upload(file, '?preview=true')
    expect([body.understood.length, body.errors.length]).toEqual([200, 100])
    expect(body).toMatchObject({ rows: 500, added: 250, rejected: 250, error_count: 250 })
  })

  it('refuses more than 50,000 rows', async () => {
    const person = await newPerson()
    const file = `symbol,date,side,quantity,price\n${'TCS,2025-06-02,buy,1,1\n'.repeat(50_001)}`
    const { status, body } = await person.upload(file)
    expect([status, body.details]).toEqual([400, [{ field: 'body', reason: 'has more than 50000 rows: split it' }]])
  })

  it('does not take another account than the file tells', async () => {
    const person = await newPerson()
    const { status, body } = await person.upload(fileOf('ok/zerodha_console_holdings.csv'), '?account=AB1')
    expect([status, body.details]).toEqual([400, [{ field: 'account', reason: 'is AB1, but the file is of QX7788' }]])
    for (const account of ['%20', '<b>', 'x'.repeat(41)])
      expect((await person.upload(trades, `?account=${account}`)).body.details).toMatchObject([{ field: 'account' }])
  })

  it('is erased with the portfolio, in another account untouched', async () => {
    const [person, other] = [await newPerson(), await newPerson()]
    for (const one of [person, other]) {
      await one.upload(trades)
      await one.upload(fileOf('ok/csv_holdings.csv'))
    }
    const { body } = await person.erase()
    expect(body).toMatchObject({ deleted: { holdings: 3, positions: 0, pnl_snapshots: 1, trades: 2 } })
    expect((await person.exported())['trades']).toEqual([])
    expect((await other.exported())['trades']).toMatchObject([
      {
        broker: 'csv',
        date: '2025-06-02',
        executed_at: null,
        symbol: 'TCS',
        isin: 'INE467B01029',
        side: 'buy',
        quantity: '3',
        price: '3411.5',
        trade_id: '1',
      },
      { side: 'sell' },
    ])
    expect(await countTrades(other.accountId)).toBe(2)
    const gone = await api.send('DELETE', '/api/auth/me', { headers: other.headers, body: { password } })
    expect(gone.status).toBe(200)
    expect(await countTrades(other.accountId)).toBe(0)
  })
})

async function countTrades(accountId: number): Promise<number> {
  const query = server.database.reader.selectFrom('portfolio_trades').where('account_id', '=', accountId)
  return (await query.select('id').execute()).length
}

/** Why each file is refused: the field of a file that cannot be read, or the line and column of the row that is wrong. */
const refusals: Readonly<Record<string, readonly [place: string, reason: RegExp]>> = {
  'wrong-header.csv': ['body', /no header line of a known format: Zerodha Console tradebook,/],
  'header-lacks-a-column.csv': ['body', /a Zerodha Console tradebook file also has the columns trade id$/],
  'column-twice.csv': ['body', /two columns for quantity/],
  'two-headers.csv': ['body', /second header on line 3/],
  'mixed-formats.csv': ['body', /second header on line 3/],
  'no-rows.csv': ['body', /no rows below its header/],
  'empty.csv': ['body', /must be a CSV file/],
  'nul-in-a-cell.csv': ['2 symbol', /control characters/],
  'utf-16-without-mark.csv': ['body', /not as Unicode/],
  'utf-16.csv': ['body', /must be UTF-8 text/],
  'latin-1.csv': ['body', /must be UTF-8 text/],
  'account-not-told.csv': ['account', /is required: a Zerodha Kite holdings file does not say whose it is/],
  'statement-to-come.csv': ['body', /as on 2027-01-01, which is to come/],
  'negative-quantity.csv': ['2 quantity', /is below 0/],
  'no-units.csv': ['2 quantity', /is 0/],
  'no-share.csv': ['2 null', /names no share/],
  'unknown-symbol.csv': ['2 symbol', /in no list of instruments/],
  'wrong-isin.csv': ['2 isin', /is not an ISIN/],
  'isin-of-another-share.csv': ['2 symbol', /is another share than INE009A01021/],
  'share-twice.csv': ['3 symbol', /stands on line 2 already/],
  'trade-number-twice.csv': ['3 trade_id', /number of another trade, on line 2/],
  'huge-number.csv': ['2 quantity', /more than 1,000,000,000/],
  'too-many-cells.csv': ['2 null', /more cells than the header/],
  'decimal-comma.csv': ['2 price', /is not a number/],
  'formula.csv': ['2 quantity', /is a formula/],
  'formula-in-symbol.csv': ['2 symbol', /is a formula/],
  'no-such-date.csv': ['2 date', /not an existing date/],
  'date-to-come.csv': ['2 date', /is after today, 2026-03-12/],
  'neither-buy-nor-sell.csv': ['2 side', /neither buy nor sell/],
  'derivative.csv': ['2 exchange', /neither NSE nor BSE/],
  'segment-of-derivatives.csv': ['2 segment', /not the segment of shares/],
  'quotes-that-do-not-match.csv': ['2 null', /quotes that do not match/],
  'bonus-with-a-price.csv': ['3 Remarks', /split or bonus, which has no price/],
  'two-accounts.csv': ['3 account', /is not that of line 2/],
}

describe('a file that is wrong in one way', () => {
  it('is in the list of those that are tried', () => {
    expect(Object.keys(refusals).sort()).toEqual(readdirSync(new URL('not-ok/', files)).sort())
  })

  it.each(Object.entries(refusals))('%s is refused, with the place and a reason', async (name, [place, reason]) => {
    const person = await newPerson()
    const { status, body } = await person.upload(fileOf(`not-ok/${name}`))
    expect([status, body.code]).toEqual([400, 'invalid_parameter'])
    const [error] = body.errors ?? []
    const told = error === undefined ? body.details[0]?.field : `${error.line} ${error.column}`
    expect([told, error?.reason ?? body.details[0]?.reason]).toEqual([place, expect.stringMatching(reason)])
    if (error !== undefined) expect(error.remedy).toMatch(/^[A-Z].*\.$/)
    expect(await person.exported()).toEqual({ books: [], day_trades: [], pnl_snapshots: [], trades: [] })
  })
})
