import { randomBytes } from 'node:crypto'
import pg from 'pg'
import type { TestPlace } from './open-stores.ts'

/** Places on the test server; the environment is the test's, since only tests may read it. */
export interface PostgresPlaces {
  /** True when tests may leave PostgreSQL out: it does not answer, and this is not the build server, where nothing is skipped. */
  isAbsent(): Promise<boolean>
  /** Creates a schema with a random name, so that test files run side by side on one server. */
  createPlace(): Promise<TestPlace>
}

export function createPostgresPlaces(env: NodeJS.ProcessEnv): PostgresPlaces {
  const url = env['TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/test'
  return {
    isAbsent: async () => env['CI'] !== 'true' && !(await answers(url)),
    async createPlace() {
      const schema = `banyan_test_${randomBytes(6).toString('hex')}`
      await runOn(url, `create schema ${schema}`)
      const own = new URL(url)
      own.searchParams.set('options', `-c search_path=${schema}`)
      return {
        options: { kind: 'postgres', url: own.href },
        remove: async () => runOn(url, `drop schema ${schema} cascade`),
      }
    },
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    await runOn(url, 'select 1')
    return true
  } catch (error) {
    process.stderr.write(`PostgreSQL does not answer, so its tests are skipped: ${String(error)}\n`)
    return false
  }
}

async function runOn(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
