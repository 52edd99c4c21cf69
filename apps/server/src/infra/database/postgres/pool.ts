import pg from 'pg'
import { ConfigurationRefusedError } from '../start-errors.ts'

/** Upper bounds on waiting, in milliseconds; 0 is none. */
export interface PoolLimits {
  readonly connections: number
  readonly acquireMs: number
  readonly statementMs: number
  readonly lockMs: number
  readonly idleInTransactionMs: number
}

export const serverLimits: PoolLimits = {
  connections: 10,
  acquireMs: 2_000,
  statementMs: 5_000,
  lockMs: 2_000,
  idleInTransactionMs: 10_000,
}

/** An import writes a file in one transaction; its statements are large and nobody waits for their reply. */
export const importLimits: PoolLimits = {
  connections: 2,
  acquireMs: 5_000,
  statementMs: 600_000,
  lockMs: 60_000,
  idleInTransactionMs: 120_000,
}

/** Creates a pool. It connects at the first query. `onError` hears of idle connections that broke. */
export function createPool(url: string, limits: PoolLimits, onError: (error: Error) => void): pg.Pool {
  // The parser's own error would carry the URL, and with it the password.
  if (!URL.canParse(url)) throw new ConfigurationRefusedError('DATABASE_URL is not a valid URL.')
  const pool = new pg.Pool({
    connectionString: url,
    max: limits.connections,
    connectionTimeoutMillis: limits.acquireMs,
    statement_timeout: limits.statementMs,
    // A server that froze does not count its own time: the client's end comes a little later.
    query_timeout: limits.statementMs + 1_000,
    keepAlive: true,
    lock_timeout: limits.lockMs,
    idle_in_transaction_session_timeout: limits.idleInTransactionMs,
    application_name: 'banyan',
    types: { getTypeParser },
  })
  pool.on('error', onError)
  // The pool listens to idle connections only. One that breaks while it is lent out has failed its query already; a second event of
  // the same break, with nobody listening, would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/** Reads 64-bit integers as numbers and refuses those a number cannot hold. Bound to the pool: pg's own table is global. */
const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: 'text' | 'binary') => {
  if (oid === pg.types.builtins.INT8 && format !== 'binary') return parseSafeInteger
  return pg.types.getTypeParser(oid, format)
}

function parseSafeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError('The database holds an integer beyond 2^53.')
  return value
}
