import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { LeaderLock } from './leader-lock.ts'
import { createPostgresLeaderLock } from './postgres-leader-lock.ts'

const connectionString = process.env['TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/test'
const noPostgres = process.env['CI'] !== 'true' && !(await answers())
const locks: LeaderLock[] = []
const children: ChildProcess[] = []

async function answers(): Promise<boolean> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 1_000 })
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
}

function contender(name: string): LeaderLock {
  const lock = createPostgresLeaderLock({ connectionString, name })
  locks.push(lock)
  return lock
}

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await Promise.all(locks.splice(0).map((lock) => lock.release()))
})

describe('the lead over PostgreSQL', () => {
  it.skipIf(noPostgres)('is held by exactly one of ten, and asking again neither loses nor doubles it', async () => {
    const name = randomUUID()
    const ten = Array.from({ length: 10 }, () => contender(name))
    const first = await Promise.all(ten.map((lock) => lock.acquire()))
    expect(first.filter(Boolean)).toHaveLength(1)
    expect(await Promise.all(ten.map((lock) => lock.acquire()))).toEqual(first)
    await ten[first.indexOf(true)]?.release()
    const second = await Promise.all(ten.filter((_, i) => !first[i]).map((lock) => lock.acquire()))
    expect(second.filter(Boolean)).toHaveLength(1)
  })

  it.skipIf(noPostgres)('is separate for each name', async () => {
    const [a, b] = [contender(randomUUID()), contender(randomUUID())]
    expect([await a.acquire(), await b.acquire()]).toEqual([true, true])
  })

  it.skipIf(noPostgres)('moves within 10 s when its holder is killed', async () => {
    const name = randomUUID()
    const script = fileURLToPath(new URL('./testing/hold-lead.ts', import.meta.url))
    const child = spawn(process.execPath, [script, connectionString, name], { stdio: ['ignore', 'pipe', 'inherit'] })
    children.push(child)
    const [said] = await once(child.stdout, 'data')
    expect(String(said)).toBe('held')
    const next = contender(name)
    expect(await next.acquire()).toBe(false)
    child.kill('SIGKILL')
    await vi.waitFor(async () => expect(await next.acquire()).toBe(true), { timeout: 10_000, interval: 200 })
  })

  it.skipIf(noPostgres)('is lost, not assumed, when the server ends the session, and can be had again', async () => {
    const name = randomUUID()
    const [holder, other] = [contender(name), contender(name)]
    await holder.acquire()
    const admin = new Client({ connectionString })
    await admin.connect()
    await admin.query(
      `select pg_terminate_backend(pid) from pg_locks
       where locktype = 'advisory' and (classid::bigint << 32 | objid::bigint) = hashtextextended($1, 0)`,
      [name],
    )
    await admin.end()
    await vi.waitFor(async () => expect(await other.acquire()).toBe(true), { timeout: 5_000, interval: 50 })
    const again = await holder.acquire().catch(() => false)
    expect(again).toBe(false)
  })

  it('says it does not hold the lead by rejecting when there is no server', async () => {
    const lock = createPostgresLeaderLock({ connectionString: 'postgres://nobody@127.0.0.1:1/none', name: 'x' })
    await expect(lock.acquire()).rejects.toThrow()
    await lock.release()
  })
})
