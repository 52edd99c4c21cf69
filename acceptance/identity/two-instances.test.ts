import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BanyanProcess, launchBanyan, startBanyan, temporaryFolder } from '../banyan-process.ts'
import {
  claimOwnRedis,
  createOwnDatabase,
  isPostgresMissing,
  isRedisMissing,
  type OwnService,
} from '../shared-services.ts'
import { bearer, type Call, call, callFor, type Reply } from './call.ts'
import { beginKotak, createProgram } from './kotak-session.ts'
import { createMailbox } from './mailbox.ts'
import { challengeOf, enrolTotp, register, type SignedIn, signIn } from './people.ts'

const isMissing = (await isPostgresMissing(process.env)) || (await isRedisMissing(process.env))
const folders = {
  first: temporaryFolder(),
  second: temporaryFolder(),
  keys: temporaryFolder(),
  other: temporaryFolder(),
}
let database: OwnService
let redis: OwnService
let first: BanyanProcess
let second: BanyanProcess

beforeAll(async () => {
  if (isMissing) return
  database = await createOwnDatabase(process.env)
  redis = await claimOwnRedis(process.env)
}, 120_000)
afterAll(async () => {
  await database?.remove()
  await redis?.remove()
  for (const folder of Object.values(folders)) folder.remove()
})

const settings = () => ({
  DATABASE_URL: database.url,
  KEYS_FOLDER: folders.keys.path,
  ARGON2_MEMORY_KIB: '19456',
  ARGON2_PASSES: '2',
  REPLAY_START: '15:45',
  REPLAY_LOOP: 'off',
  RATE_LIMIT: 'off',
  TRUST_PROXY: '127.0.0.1', // a proxy's many connections are not bounded per address
})

/** Makes the same call 50 times at once, to both servers in turn. A try that a busy machine turned away comes back when it is told to. */
const together = <T>(path: string, given: Call | ((i: number) => Call)): Promise<readonly Reply<T>[]> =>
  Promise.all(
    Array.from({ length: 50 }, (_, i) =>
      callUntilHeard<T>(
        i % 2 === 0 ? first.origin : second.origin,
        path,
        typeof given === 'function' ? given(i) : given,
      ),
    ),
  )

async function callUntilHeard<T>(origin: string, path: string, given: Call): Promise<Reply<T>> {
  for (let tries = 1; ; tries++) {
    const reply = await call<T>(origin, path, given)
    if (reply.status !== 503 || tries === 10) return reply
    await sleep(Number(reply.headers.get('retry-after')) * 1_000)
  }
}

/** Returns how many replies had each status. */
function countByStatus(replies: readonly Reply[]): Readonly<Record<number, number>> {
  const counts: Record<number, number> = {}
  for (const { status } of replies) counts[status] = (counts[status] ?? 0) + 1
  return counts
}

const me = (origin: string, token: string) =>
  call<{ code?: string }>(origin, '/api/auth/me', { headers: bearer(token) })

describe.skipIf(isMissing).each([
  ['PostgreSQL and Redis', () => ({ REDIS_URL: redis.url })],
  ['PostgreSQL', () => ({})],
] as const)('two servers on one %s and one key folder', (name, more) => {
  const email = (who: string) => `${who}-${name.length}@example.com`

  beforeAll(async () => {
    const environment = { ...settings(), ...more() }
    first = await startBanyan({ ...environment, BANYAN_HOME: folders.first.path })
    second = await startBanyan({ ...environment, BANYAN_HOME: folders.second.path })
  }, 120_000)
  afterAll(async () => {
    await Promise.all([first?.stop('SIGKILL'), second?.stop('SIGKILL')])
  })

  it('see each other sign in, and each other revoke at the next request', async () => {
    const person = await register(first.origin, email('seen'))
    const { access, access_token: session } = person.signedIn
    expect((await me(second.origin, access)).status).toBe(200)
    const elsewhere = await signIn(second.origin, person)
    const path = '/api/auth/sessions'
    const asked = { headers: bearer(elsewhere.access) }
    const { sessions } = (await callFor<{ sessions: object[] }>(200, second.origin, path, asked)).body
    expect(sessions).toHaveLength(2)
    expect((await callFor<object>(200, second.origin, path, { ...asked, method: 'DELETE' })).body).toEqual({
      revoked: 1,
    })
    for (const token of [access, session]) {
      const refused = await me(first.origin, token)
      expect({ status: refused.status, code: refused.body.code }).toEqual({ status: 401, code: 'session_revoked' })
    }
    expect((await me(first.origin, elsewhere.access)).status).toBe(200)
  })

  it('see each other end an API key, and an application with its bearer', async () => {
    const person = await register(first.origin, email('keys'))
    const headers = bearer(person.signedIn.access)
    const made = await callFor<{ id: string; key: string }>(201, first.origin, '/api/keys', {
      headers,
      json: { name: 'A' },
    })
    const ask = (origin: string) =>
      call<{ code: string }>(origin, '/api/auth/me', { headers: { 'x-api-key': made.body.key } })
    expect((await ask(second.origin)).body.code).toBe('api_key_not_allowed')
    await callFor(200, second.origin, `/api/keys/${made.body.id}`, { method: 'DELETE', headers })
    expect((await ask(first.origin)).body.code).toBe('invalid_api_key')

    const program = await createProgram(first.origin, person)
    const init = '/apim/session/1.0/session/init'
    const asking = { headers: { ...program.headers, userid: program.userid } }
    await callFor(200, second.origin, init, asking)
    await callFor(200, second.origin, `/api/applications/${program.application.id}`, {
      method: 'PATCH',
      headers,
      json: { enabled: false },
    })
    await callFor(401, first.origin, init, asking)
  })

  it('let one of 50 tries with one TOTP code in, over five challenges', async () => {
    const person = await register(first.origin, email('totp'))
    const totp = await enrolTotp(first.origin, person)
    const challenges: string[] = []
    for (let i = 0; i < 5; i++) challenges.push(await challengeOf(i % 2 === 0 ? first.origin : second.origin, person))
    const code = totp.code(0)
    const replies = await together('/api/auth/login/verify', (i) => ({ json: { challenge: challenges[i % 5], code } }))
    expect(countByStatus(replies)[200]).toBe(1)
    expect(replies.every(({ status }) => [200, 401, 429].includes(status))).toBe(true)
  })

  it('let one of 50 tries with one challenge and one recovery code in', async () => {
    const person = await register(first.origin, email('recovery'))
    const { recoveryCodes } = await enrolTotp(second.origin, person)
    const challenge = await challengeOf(second.origin, person)
    const replies = await together('/api/auth/login/verify', { json: { challenge, code: recoveryCodes[0] } })
    expect(countByStatus(replies)[200]).toBe(1)
    expect(replies.every(({ status }) => [200, 401, 429].includes(status))).toBe(true)
  })

  it('let one of 50 tries with one mailed code in', async () => {
    const person = await register(first.origin, email('mailed'))
    const program = await createProgram(first.origin, person)
    const begun = await beginKotak(first.origin, program, person, createMailbox(first.origin))
    const replies = await together(begun.path, begun.call)
    expect(countByStatus(replies)).toEqual({ 200: 1, 401: 49 })
  })

  it('take one reset link once of 50 tries', async () => {
    const person = await register(first.origin, email('reset'))
    await callFor(202, first.origin, '/api/auth/password/forgot', { json: { email: person.email } })
    const token = await createMailbox(first.origin).next(person.email, /#\S*?([A-Za-z0-9_-]{43})/)
    const replies = await together('/api/auth/password/reset', (i) => ({
      json: { token, new_password: `new and good ${i}` },
    }))
    expect(countByStatus(replies)[200]).toBe(1)
    const chosen = replies.findIndex(({ status }) => status === 200)
    await signIn(second.origin, { email: person.email, password: `new and good ${chosen}` })
  })

  it('give 50 refreshes with one token one successor, and the session lives', async () => {
    const { signedIn } = await register(first.origin, email('refresh'))
    const replies = await together<SignedIn>('/api/auth/refresh', { json: { refresh: signedIn.refresh } })
    expect(countByStatus(replies)).toEqual({ 200: 50 })
    const successors = new Set(replies.map(({ body }) => body.refresh))
    expect(successors.size).toBe(1)
    const [refresh] = successors
    const next = await callFor<SignedIn>(200, second.origin, '/api/auth/refresh', { json: { refresh } })
    expect((await me(first.origin, next.body.access)).status).toBe(200)
  })

  it('compare at most five of 100 wrong passwords from one address', async () => {
    const person = await register(first.origin, email('guessed'))
    const wrong = (i: number) => ({ json: { email: person.email, password: `wrong ${i}` }, from: '198.51.100.7' })
    const replies = [...(await together('/api/auth/login', wrong)), ...(await together('/api/auth/login', wrong))]
    const counts = countByStatus(replies)
    expect(counts).toEqual({ 401: 5, 429: 95 })
    const right = { json: { email: person.email, password: person.password }, from: '198.51.100.7' }
    expect((await callFor(429, second.origin, '/api/auth/login', right)).headers.get('retry-after')).toMatch(
      /^[1-9]\d*$/,
    )
    await callFor(200, second.origin, '/api/auth/login', { ...right, from: '198.51.100.8' })
  })

  it('are joined by none whose key folder is another', async () => {
    const home = temporaryFolder()
    const environment = { ...settings(), ...more(), KEYS_FOLDER: folders.other.path, BANYAN_HOME: home.path }
    const stranger = await launchBanyan(environment)
    expect(await stranger.exited).toBe(78)
    expect(stranger.output()).toContain('KEYS_FOLDER')
    home.remove()
  }, 120_000)
})
