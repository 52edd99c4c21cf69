import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { createStallingProxy, type StallingProxy } from '../../apps/server/src/infra/cache/testing/stalling-proxy.ts'
import { type BanyanProcess, startBanyan, temporaryFolder } from '../banyan-process.ts'
import { createOwnDatabase, isPostgresMissing, type OwnService } from '../shared-services.ts'
import { bearer, type Call, call, callFor } from './call.ts'
import { createProgram, leaveKotak, openKotak } from './kotak-session.ts'
import { createMailbox } from './mailbox.ts'
import { type Person, register, signIn } from './people.ts'

const isMissing = await isPostgresMissing(process.env)
const folders = { away: temporaryFolder(), there: temporaryFolder(), keys: temporaryFolder() }
/** How long a positive answer may be used again (quality bar J5). */
const reuseMs = 5_000
let database: OwnService
let relay: StallingProxy
/** Reaches the database through the relay; the other one directly. */
let away: BanyanProcess
let there: BanyanProcess
let person: Person
let checks: readonly { readonly path: string; readonly call: Call }[]

beforeAll(async () => {
  if (isMissing) return
  database = await createOwnDatabase(process.env)
  relay = await createStallingProxy(database.url)
  const through = new URL(database.url)
  through.host = new URL(relay.url).host
  const environment = {
    KEYS_FOLDER: folders.keys.path,
    ARGON2_MEMORY_KIB: '19456',
    ARGON2_PASSES: '2',
    REPLAY_START: '15:45',
    REPLAY_LOOP: 'off',
    RATE_LIMIT: 'off',
  }
  away = await startBanyan({ ...environment, BANYAN_HOME: folders.away.path, DATABASE_URL: through.href })
  there = await startBanyan({ ...environment, BANYAN_HOME: folders.there.path, DATABASE_URL: database.url })
  person = await register(away.origin, 'away@example.com')
  checks = await everyCredential()
}, 120_000)
afterEach(() => {
  relay?.restore()
  relay?.thaw()
})
afterAll(async () => {
  await Promise.all([away?.stop('SIGKILL'), there?.stop('SIGKILL')])
  await relay?.close()
  await database?.remove()
  for (const folder of Object.values(folders)) folder.remove()
})

/** A call for each kind of credential that is looked up. */
async function everyCredential() {
  const { access, access_token: session } = person.signedIn
  const made = { headers: bearer(access), json: { name: 'Script' } }
  const { key } = (await callFor<{ key: string }>(201, away.origin, '/api/keys', made)).body
  const program = await createProgram(away.origin, person)
  const kotak = await openKotak(away.origin, program, person, createMailbox(away.origin))
  return [
    { path: '/api/auth/me', call: { headers: bearer(access) } },
    { path: '/api/auth/factors', call: { headers: { cookie: `access_token_cookie=${session}` } } },
    { path: '/api/auth/me', call: { headers: { 'x-api-key': key } } },
    { path: '/apim/session/1.0/session/init', call: { headers: { ...program.headers, userid: program.userid } } },
    leaveKotak(program, kotak),
  ]
}

/** Asks with every credential until `untilMs` and returns the statuses seen after the first {@link reuseMs}. */
async function statusesLate(began: number, untilMs: number): Promise<ReadonlySet<number>> {
  const late = new Set<number>()
  while (performance.now() - began < untilMs) {
    const askedAt = performance.now() - began
    const replies = await Promise.all(checks.map((check) => call(away.origin, check.path, check.call)))
    for (const { status } of replies) {
      if (askedAt > reuseMs) late.add(status)
      else expect([200, 403, 503]).toContain(status)
    }
    await sleep(100)
  }
  return late
}

const statusOf = async (token: string) =>
  (await call<{ code?: string }>(away.origin, '/api/auth/me', { headers: bearer(token) })).status

describe.skipIf(isMissing)('a server whose PostgreSQL', () => {
  it('is gone says 503 to every credential after 5 s at most, to a sign-in at once, and lets nobody in', async () => {
    const began = performance.now()
    relay.cut()
    expect(await statusesLate(began, reuseMs + 2_000)).toEqual(new Set([503]))
    const json = { email: person.email, password: person.password }
    const refused = await callFor<{ code: string }>(503, away.origin, '/api/auth/login', { json })
    expect(refused.body.code).toBe('unavailable')
    expect(refused.headers.get('retry-after')).toMatch(/^[1-9]\d*$/)
    await callFor(503, away.origin, '/api/auth/refresh', { json: { refresh: person.signedIn.refresh } })
  }, 120_000)

  it('is frozen says 503 to every credential after 5 s at most', async () => {
    const began = performance.now()
    relay.freeze()
    expect(await statusesLate(began, reuseMs + 2_000)).toEqual(new Set([503]))
  }, 120_000)

  it('comes back lets in whom it let in before, but not whose session another server ended meanwhile', async () => {
    const [kept, ended] = [await signIn(there.origin, person), await signIn(there.origin, person)]
    await vi.waitFor(async () => expect(await statusOf(ended.access)).toBe(200), { timeout: 15_000, interval: 200 })
    expect(await statusOf(kept.access)).toBe(200)
    relay.cut()
    await callFor(200, there.origin, '/api/auth/logout', { method: 'POST', headers: bearer(ended.access) })
    expect([200, 503]).toContain(await statusOf(ended.access))
    relay.restore()
    await vi.waitFor(async () => expect(await statusOf(kept.access)).toBe(200), { timeout: 15_000, interval: 100 })
    expect(await statusOf(ended.access)).toBe(401)
  }, 120_000)
})
