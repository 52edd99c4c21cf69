import { randomBytes } from 'node:crypto'
import { Redis } from 'ioredis'
import pg from 'pg'

type Environment = Readonly<Record<string, string | undefined>>

/** A database or a Redis of a test's own, until it is removed. */
export interface OwnService {
  readonly url: string
  remove(): Promise<void>
}

const postgresUrl = (environment: Environment) =>
  environment['TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/test'
const redisUrl = (environment: Environment) => environment['TEST_REDIS_URL'] ?? 'redis://127.0.0.1:6379'

/** Returns true when tests may leave PostgreSQL out: it does not answer, and this is not the build server, where nothing is skipped. */
export async function isPostgresMissing(environment: Environment): Promise<boolean> {
  return isMissing('PostgreSQL', environment, () => runOn(postgresUrl(environment), 'select 1'))
}

/** Returns true when tests may leave Redis out; as {@link isPostgresMissing}. */
export async function isRedisMissing(environment: Environment): Promise<boolean> {
  return isMissing('Redis', environment, () => withRedis(redisUrl(environment), (redis) => redis.ping()))
}

/** Creates an empty database on the test server. */
export async function createOwnDatabase(environment: Environment): Promise<OwnService> {
  const server = postgresUrl(environment)
  const name = `banyan_test_${randomBytes(6).toString('hex')}`
  await runOn(server, `create database ${name}`)
  const own = new URL(server)
  own.pathname = `/${name}`
  if (own.port === '') own.port = '5432'
  return { url: own.href, remove: () => runOn(server, `drop database ${name} with (force)`) }
}

const claimKey = 'test-claim'
const claimSeconds = 600

/** Claims one of the numbered databases of the test Redis, so that tests and servers beside it never share a key. */
export async function claimOwnRedis(environment: Environment): Promise<OwnService> {
  for (let number = 15; number >= 1; number--) {
    const own = new URL(redisUrl(environment))
    own.pathname = `/${number}`
    const claimed = await withRedis(own.href, (redis) => redis.set(claimKey, process.pid, 'EX', claimSeconds, 'NX'))
    if (claimed === 'OK') return { url: own.href, remove: () => withRedis(own.href, removeOwnKeys) }
  }
  throw new Error('Every numbered database of the test Redis is claimed; claims end after 10 minutes.')
}

async function removeOwnKeys(redis: Redis): Promise<void> {
  for await (const keys of redis.scanStream({ match: 'banyan:*', count: 1_000 })) {
    if (keys.length > 0) await redis.unlink(...keys)
  }
  await redis.del(claimKey)
}

async function isMissing(name: string, environment: Environment, attempt: () => Promise<unknown>): Promise<boolean> {
  if (environment['CI'] === 'true') return false
  try {
    await attempt()
    return false
  } catch (error) {
    process.stderr.write(`${name} does not answer, so its tests are skipped: ${String(error)}\n`)
    return true
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

async function withRedis<T>(url: string, work: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url, { lazyConnect: true, connectTimeout: 2_000, retryStrategy: () => null })
  redis.on('error', () => redis.disconnect())
  try {
    await redis.connect()
    return await work(redis)
  } finally {
    redis.disconnect()
  }
}
