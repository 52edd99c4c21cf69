import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createStallingProxy, type StallingProxy } from '../../apps/server/src/infra/cache/testing/stalling-proxy.ts'
import { type BanyanProcess, startBanyan, temporaryFolder } from '../banyan-process.ts'
import {
  claimOwnRedis,
  createOwnDatabase,
  isPostgresMissing,
  isRedisMissing,
  type OwnService,
} from '../shared-services.ts'
import { bearer, call, callFor } from './call.ts'
import { createMailbox } from './mailbox.ts'
import { challengeOf, enrolTotp, goodPassword, register, type SignedIn, signIn } from './people.ts'

const isMissing = (await isPostgresMissing(process.env)) || (await isRedisMissing(process.env))
const home = temporaryFolder()
let database: OwnService
let redis: OwnService
let relay: StallingProxy
let banyan: BanyanProcess

beforeAll(async () => {
  if (isMissing) return
  database = await createOwnDatabase(process.env)
  redis = await claimOwnRedis(process.env)
  relay = await createStallingProxy(redis.url)
  const through = new URL(redis.url)
  through.host = new URL(relay.url).host
  banyan = await startBanyan({
    BANYAN_HOME: home.path,
    DATABASE_URL: database.url,
    REDIS_URL: through.href,
    ARGON2_MEMORY_KIB: '19456',
    ARGON2_PASSES: '2',
    REPLAY_START: '15:45',
    REPLAY_LOOP: 'off',
    TRUST_PROXY: '127.0.0.1',
  })
}, 120_000)
afterAll(async () => {
  await banyan?.stop('SIGKILL')
  await relay?.close()
  await redis?.remove()
  await database?.remove()
  home.remove()
})

/** Removes everything servers keep in the test's Redis. */
async function forgetEverything(): Promise<number> {
  const client = new Redis(redis.url)
  const keys = await client.keys('banyan:*')
  if (keys.length > 0) await client.unlink(...keys)
  client.disconnect()
  return keys.length
}

const wrongLogin = (email: string, from: string) =>
  call(banyan.origin, '/api/auth/login', { json: { email, password: 'not the password' }, from })

async function lockOut(email: string, from: string): Promise<readonly number[]> {
  const statuses: number[] = []
  for (let i = 0; i < 6; i++) statuses.push((await wrongLogin(email, from)).status)
  return statuses
}

describe.skipIf(isMissing)('a server whose Redis', () => {
  it('forgot everything lets nobody in who was out, and nobody out who was in', async () => {
    const { origin } = banyan
    const person = await register(origin, 'in@example.com')
    const totp = await enrolTotp(origin, person)
    const spent = { challenge: await challengeOf(origin, person), code: totp.code(0) }
    const second = (await callFor<SignedIn>(200, origin, '/api/auth/login/verify', { json: spent })).body
    await callFor(200, origin, '/api/auth/logout', { method: 'POST', headers: bearer(second.access) })
    const forgetful = await register(origin, 'forgetful@example.com')
    await callFor(202, origin, '/api/auth/password/forgot', { json: { email: forgetful.email } })
    const token = await createMailbox(origin).next(forgetful.email, /#\S*?([A-Za-z0-9_-]{43})/)
    const reset = { json: { token, new_password: 'another good password' } }
    await callFor(200, origin, '/api/auth/password/reset', reset)
    const locked = await register(origin, 'locked@example.com')
    expect(await lockOut(locked.email, '198.51.100.1')).toEqual([401, 401, 401, 401, 401, 429])

    await forgetEverything()
    expect((await call(origin, '/api/auth/me', { headers: bearer(person.signedIn.access) })).status).toBe(200)
    await callFor(200, origin, '/api/auth/refresh', { json: { refresh: person.signedIn.refresh } })
    await callFor(401, origin, '/api/auth/me', { headers: bearer(second.access) })
    await callFor(401, origin, '/api/auth/refresh', { json: { refresh: second.refresh } })
    const again = { challenge: await challengeOf(origin, person), code: spent.code }
    await callFor(401, origin, '/api/auth/login/verify', { json: again })
    await callFor(400, origin, '/api/auth/password/reset', reset)
    const right = { json: { email: locked.email, password: goodPassword }, from: '198.51.100.1' }
    await callFor(429, origin, '/api/auth/login', right)
  })

  it('is gone still counts guesses, and ends sessions at once', async () => {
    const { origin } = banyan
    const person = await register(origin, 'gone@example.com')
    relay.cut()
    expect(await lockOut(person.email, '198.51.100.2')).toEqual([401, 401, 401, 401, 401, 429])
    const other = await signIn(origin, person)
    await callFor(200, origin, '/api/auth/logout', { method: 'POST', headers: bearer(other.access) })
    await callFor(401, origin, '/api/auth/me', { headers: bearer(other.access) })
    await callFor(200, origin, '/api/auth/me', { headers: bearer(person.signedIn.access) })
  })
})
