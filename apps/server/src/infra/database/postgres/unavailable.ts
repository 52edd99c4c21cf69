import { BanyanError } from '@banyan/domain'
import type { PostgresPool, PostgresPoolClient } from 'kysely'
import type pg from 'pg'

/** The connection, or the way to it, is at fault. Node's codes. */
const lostCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
])

/**
 * Classes of SQLSTATE that are about the server's state and not about the statement: connection exceptions, insufficient resources, operator
 * intervention (shutdown, statement timeout); https://www.postgresql.org/docs/current/errcodes-appendix.html.
 */
const lostClasses: ReadonlySet<string> = new Set(['08', '53', '57'])

/** A lock that was not to be had within `lock_timeout`. */
const lockNotAvailable = '55P03'

/** What pg itself says without any code when a connection is not to be had in time, has ended, or does not answer. */
const codelessForms =
  /^(timeout exceeded when trying to connect|Connection terminated|Query read timeout|Client has encountered a connection error)/

/** Returns `unavailable` for failures that say nothing about the statement and may be gone in a moment; the error itself for the others. */
export function toUnavailable(error: unknown): unknown {
  if (!(error instanceof Error) || !isLost(error)) return error
  return new BanyanError('unavailable', { retryAfterS: 1, cause: error })
}

function isLost(error: Error): boolean {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null
  if (code === null) return codelessForms.test(error.message)
  return lostCodes.has(code) || code === lockNotAvailable || (code.length === 5 && lostClasses.has(code.slice(0, 2)))
}

/** Settles as the promise does, with lost connections as `unavailable`. */
export async function orUnavailable<T>(running: Promise<T>): Promise<T> {
  try {
    return await running
  } catch (error) {
    throw toUnavailable(error)
  }
}

/** Returns the pool as Kysely uses it, with lost connections as `unavailable`. */
export function toKyselyPool(pool: pg.Pool): PostgresPool {
  const wrapped = new WeakMap<pg.PoolClient, PostgresPoolClient>()
  return {
    options: pool.options,
    async connect() {
      const client = await orUnavailable(pool.connect())
      const known = wrapped.get(client) ?? wrapClient(client)
      wrapped.set(client, known)
      return known
    },
    end: () => pool.end(),
  }
}

function wrapClient(client: pg.PoolClient): PostgresPoolClient {
  const query = (sql: string, parameters: readonly unknown[]) => orUnavailable(client.query(sql, [...parameters]))
  // Kysely's type has a second form for cursors, which nothing here opens.
  return { query: query as never, release: (destroy) => client.release(destroy) }
}
