import { Client } from 'pg'
import type { LeaderLock } from './leader-lock.ts'

export interface PostgresLeaderLockOptions {
  readonly connectionString: string
  /** What is led; instances that compete use the same name in the same database. */
  readonly name: string
}

const answerWithinMs = 2_000

/**
 * Returns a lock held by a session-level advisory lock on a connection of its own, so the server frees it the moment the
 * holder's connection ends. A holder whose machine vanishes without a word is noticed by TCP keepalive after about 6 s.
 * The connection must reach PostgreSQL itself: a pooler in transaction mode shares sessions and with them the lock.
 */
export function createPostgresLeaderLock({ connectionString, name }: PostgresLeaderLockOptions): LeaderLock {
  let client: Client | null = null

  const drop = async () => {
    const old = client
    client = null
    await old?.end().catch(() => undefined) // it is gone already: nothing is held any more
  }
  const connect = async (): Promise<Client> => {
    const fresh = new Client({
      connectionString,
      application_name: 'banyan leader',
      connectionTimeoutMillis: answerWithinMs,
      query_timeout: answerWithinMs,
      keepAlive: true,
    })
    fresh.on('error', () => {
      if (client === fresh) client = null // the server closed it, and the lock with it
    })
    await fresh.connect()
    await fresh.query('set tcp_keepalives_idle = 2; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 2')
    return fresh
  }

  return {
    async acquire() {
      try {
        client ??= await connect()
        return await holdsLock(client, name)
      } catch (error) {
        await drop()
        throw error
      }
    },
    release: drop,
  }
}

/** Asks for the lock only when the session does not hold it: advisory locks count, and are free only when released as often. */
async function holdsLock(client: Client, name: string): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>({
    text: `
      select case when exists (
        select from pg_locks
        where locktype = 'advisory' and pid = pg_backend_pid() and granted
          and database = (select oid from pg_database where datname = current_database())
          and (classid::bigint << 32 | objid::bigint) = hashtextextended($1, 0)
      ) then true else pg_try_advisory_lock(hashtextextended($1, 0)) end as held`,
    values: [name],
  })
  return rows[0]?.held === true
}
