// The peer of the portfolio benchmark: node:http that reads the rows a route is made of with bare SQL, all columns as they are stored, and
// sends them as JSON.stringify writes them. Addresses are /{route}/{number of the account}. Arguments: the engine, and the file of SQLite
// or the address of PostgreSQL. Says its port and ends with its standard input.
import { createServer } from 'node:http'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'

const ofAccount = (table: string, order: string) => `select * from ${table} where account_id = $1 order by ${order}`
const books = [
  ofAccount('portfolio_books', 'broker, broker_account'),
  ofAccount('portfolio_holdings', 'place'),
  ofAccount('portfolio_positions', 'place'),
]
const statements: Readonly<Record<string, readonly string[]>> = {
  book: books,
  trend: [...books, ofAccount('pnl_snapshots', 'date')],
  journal: [`${ofAccount('journal_entries', 'opened_at desc, id')} limit 51`],
  statistics: [
    'select closed_at, pnl, tags, patterns from journal_entries where account_id = $1 order by opened_at desc, id',
  ],
}

type Read = (statement: string, accountId: number) => Promise<readonly unknown[]>

const [, , engine, place = ''] = process.argv
const read = await (engine === 'sqlite' ? openSqlite(place) : openPostgres(place))
const server = createServer((request, response) => {
  void answer(request.url ?? '').then((body) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length })
    response.end(body)
  })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  process.stdout.write(`${address.port}\n`)
})
process.stdin.resume().once('end', () => process.exit())

async function answer(url: string): Promise<Buffer> {
  const [, route = '', account] = url.split('/')
  const rows: (readonly unknown[])[] = []
  for (const statement of statements[route] ?? []) rows.push(await read(statement, Number(account)))
  return Buffer.from(JSON.stringify(rows))
}

async function openSqlite(file: string): Promise<Read> {
  const database = new DatabaseSync(file, { readOnly: true })
  const prepared = new Map(
    Object.values(statements)
      .flat()
      .map((text) => [text, database.prepare(text)]),
  )
  return async (statement, accountId) => prepared.get(statement)?.all({ $1: accountId }) ?? []
}

async function openPostgres(connectionString: string): Promise<Read> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  const names = new Map(
    Object.values(statements)
      .flat()
      .map((text, i) => [text, `bench${i}`]),
  )
  return async (text, accountId) => {
    const { rows } = await client.query({ name: names.get(text) ?? '', text, values: [accountId] })
    return rows
  }
}
