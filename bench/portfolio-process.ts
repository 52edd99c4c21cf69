import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { bearer, callFor } from '../acceptance/identity/call.ts'
import { brokerAccount, inventJournal, inventTradebooks } from './portfolio-data.ts'

/** Somebody with five brokers, and how many trades are in the journal and in the tradebooks, each. */
export interface Trader {
  readonly trades: number
  readonly headers: Readonly<Record<string, string>>
  /** The number of the account in the database. */
  readonly accountId: number
}

/** The server of `portfolio-server.ts` with its traders, and its peer over the same database. */
export interface PortfolioProcess {
  readonly origin: string
  readonly bareOrigin: string
  readonly traders: readonly Trader[]
  stop(): Promise<void>
}

/**
 * Starts the server with one person for each of the counts, whose tradebooks and journal come in through their routes. `databaseUrl` is an
 * empty PostgreSQL database, or null for SQLite.
 */
export async function startPortfolioServer(
  databaseUrl: string | null,
  counts: readonly number[],
): Promise<PortfolioProcess> {
  const words = [String(counts.length), ...(databaseUrl === null ? [] : [databaseUrl])]
  const server = await startProgram<Started>(new URL('portfolio-server.ts', import.meta.url), words)
  const { port, people, place } = server.said
  const engine = databaseUrl === null ? 'sqlite' : 'postgres'
  const bare = await startProgram<number>(new URL('bare-rows-server.ts', import.meta.url), [engine, place])
  const origin = `http://127.0.0.1:${port}`
  const traders: Trader[] = []
  for (const [i, { token, accountId }] of people.entries()) {
    const trader = { trades: counts[i] ?? 0, headers: bearer(token), accountId }
    await importTrades(origin, trader)
    traders.push(trader)
  }
  if (databaseUrl !== null) await analyse(databaseUrl)
  return {
    origin,
    bareOrigin: `http://127.0.0.1:${bare.said}`,
    traders,
    async stop() {
      await bare.stop()
      await server.stop()
    },
  }
}

/** What the server says of itself. */
interface Started {
  readonly port: number
  readonly people: readonly { readonly accountId: number; readonly token: string }[]
  /** File of SQLite, or address of PostgreSQL. */
  readonly place: string
}

async function startProgram<T>(program: URL, words: readonly string[]) {
  const child = spawn(process.execPath, [fileURLToPath(program), ...words], { stdio: ['pipe', 'pipe', 'inherit'] })
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  return {
    said: JSON.parse(line) as T,
    async stop() {
      child.stdin.end()
      if (child.exitCode === null) await once(child, 'close')
    },
  }
}

async function importTrades(origin: string, { headers, trades }: Trader): Promise<void> {
  const send = async (path: string, text: string, expected: number) => {
    const given = { headers: { ...headers, 'content-type': 'text/csv' }, text }
    const { added } = (await callFor<{ added: number }>(200, origin, path, given)).body
    if (added !== expected) throw new Error(`${path} took ${added} of ${expected} trades`)
  }
  for (const text of inventTradebooks(trades))
    await send(`/api/portfolio/import?account=${brokerAccount}`, text, trades / 2)
  await send('/api/journal/import', inventJournal(trades), trades)
}

/** PostgreSQL plans by what it knows of its tables, and finds that out by itself within a minute or so. */
async function analyse(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  await client.query('analyze')
  await client.end()
}
