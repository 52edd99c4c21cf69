import type { Clock } from '@banyan/domain'
import type { Redis } from 'ioredis'

const sharedForMs = 1_000

/**
 * Returns a question to Redis, asked at most once a second: how many entries the database holds that the connection uses (it
 * is meant to be Banyan's own). Null when there is no answer within the connection's command timeout, which is also how a
 * frozen server is noticed: its connection stays open.
 */
export function createSizeProbe(connection: Redis, clock: Clock): () => Promise<number | null> {
  let asked = { at: Number.NEGATIVE_INFINITY, answer: Promise.resolve<number | null>(null) }
  return async () => {
    if (connection.status !== 'ready') return null
    if (Math.abs(clock.now() - asked.at) >= sharedForMs) asked = { at: clock.now(), answer: ask(connection) }
    return asked.answer
  }
}

async function ask(connection: Redis): Promise<number | null> {
  try {
    return await connection.dbsize()
  } catch {
    return null // no answer is the answer
  }
}
