import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'

export interface TestRedis {
  readonly url: string
  /** True when tests that need Redis may be left out: it does not answer, and this is no CI run, where they must fail instead. */
  readonly isMissing: boolean
  /** Returns a key prefix no other test uses. */
  ownPrefix(): string
  /** Deletes every key under the prefixes given out. */
  drop(): Promise<void>
}

/** Returns the Redis tests use: `TEST_REDIS_URL` of the environment handed over, else the one on this machine. */
export async function findTestRedis(env: Readonly<Record<string, string | undefined>>): Promise<TestRedis> {
  const url = env['TEST_REDIS_URL'] ?? 'redis://127.0.0.1:6379'
  const isMissing = env['CI'] !== 'true' && !(await answers(url))
  const prefixes: string[] = []
  return {
    url,
    isMissing,
    ownPrefix() {
      const prefix = `test-${randomUUID()}`
      prefixes.push(prefix)
      return prefix
    },
    async drop() {
      if (!isMissing) await unlinkAll(url, prefixes.splice(0))
    },
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new Redis(url, { lazyConnect: true, connectTimeout: 500, retryStrategy: () => null })
  client.on('error', () => client.disconnect())
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    client.disconnect()
  }
}

async function unlinkAll(url: string, prefixes: readonly string[]): Promise<void> {
  const client = new Redis(url)
  for (const prefix of prefixes) {
    for await (const keys of client.scanStream({ match: `${prefix}*`, count: 1_000 })) {
      if (keys.length > 0) await client.unlink(...keys)
    }
  }
  client.disconnect()
}
