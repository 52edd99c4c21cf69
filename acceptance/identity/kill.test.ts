import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BanyanProcess, startBanyan, temporaryFolder } from '../banyan-process.ts'
import { bearer, call, callFor } from './call.ts'
import { createProgram, leaveKotak, openKotak } from './kotak-session.ts'
import { createMailbox } from './mailbox.ts'
import { enrolTotp, type Person, register, type SignedIn, signIn } from './people.ts'
import { createRefreshingClient, type RefreshingClient, readToken } from './refreshing-client.ts'

/** More rounds find rarer faults: `BANYAN_KILLS=100 npm test`. */
const rounds = Number(process.env['BANYAN_KILLS'] ?? 20)
const clientCount = 20
/** Within it a client begins its refresh and the server is killed. */
const busyMs = 250

const home = temporaryFolder()
const environment = {
  BANYAN_HOME: home.path,
  ARGON2_MEMORY_KIB: '19456',
  ARGON2_PASSES: '2',
  REFRESH_GRACE_S: '60', // a start on a busy machine may take longer than the 10 s of the default
  REPLAY_START: '15:45',
  REPLAY_LOOP: 'off',
  RATE_LIMIT: 'off',
  TRUST_PROXY: '127.0.0.1', // a proxy's many connections are not bounded per address
}
let banyan: BanyanProcess

async function killAndStart(): Promise<void> {
  await banyan.stop('SIGKILL')
  banyan = await startBanyan(environment)
}

beforeAll(async () => {
  banyan = await startBanyan(environment)
}, 120_000)
afterAll(async () => {
  await banyan?.stop('SIGKILL')
  home.remove()
})

const statusOf = async (path: string, headers: Record<string, string>, method = 'GET') =>
  (await call(banyan.origin, path, { method, headers })).status

describe('after kill -9', () => {
  it('every live session and key opens what it did, and what had ended opens nothing', async () => {
    const { origin } = banyan
    const person = await register(origin, 'survivor@example.com')
    const { access, access_token: session, refresh } = person.signedIn
    const over = await signIn(origin, person)
    await callFor(200, origin, '/api/auth/logout', { method: 'POST', headers: bearer(over.access) })
    const made = { headers: bearer(access), json: { name: 'Script' } }
    const { key } = (await callFor<{ key: string }>(201, origin, '/api/keys', made)).body
    const program = await createProgram(origin, person)
    const kotak = await openKotak(origin, program, person, createMailbox(origin))
    const interactive = await openSynapsewave(person, program.application.consumer_key, program.userid)

    await killAndStart()
    expect(await statusOf('/api/auth/me', bearer(access))).toBe(200)
    expect(await statusOf('/api/auth/me', { cookie: `access_token_cookie=${session}` })).toBe(200)
    expect((await call<{ code: string }>(banyan.origin, `/api/auth/me?api_key=${key}`)).body.code).toBe(
      'api_key_not_allowed',
    )
    expect(await statusOf('/interactive/authentication/v1/user/session', bearer(interactive), 'PUT')).toBe(200)
    const leaving = leaveKotak(program, kotak)
    await callFor(200, banyan.origin, leaving.path, leaving.call)
    await callFor(200, banyan.origin, '/api/auth/refresh', { json: { refresh } })
    expect(await statusOf('/api/auth/me', bearer(over.access))).toBe(401)
    await callFor(401, banyan.origin, '/api/auth/refresh', { json: { refresh: over.refresh } })

    await killAndStart()
    await callFor(401, banyan.origin, leaving.path, leaving.call)
    expect(await statusOf('/api/auth/me', bearer(access))).toBe(200)
  }, 180_000)
})

/** Gives the account TOTP and signs in with it. */
async function openSynapsewave(person: Person, apiKey: string, userId: string): Promise<string> {
  const totp = await enrolTotp(banyan.origin, person)
  const login = {
    login_type: 'PASSWORD',
    password: person.password,
    second_auth_type: 'TOTP',
    second_auth: totp.code(0),
  }
  const json = { user_id: userId, api_key: apiKey, source: 'WEBAPI', ...login }
  const path = '/interactive/authentication/v1/user/session'
  const { body } = await callFor<{ data: { access_token: string } }>(200, banyan.origin, path, { json })
  return body.data.access_token
}

/** A session that is left while it is refreshed and the server is killed. */
interface Leaver {
  readonly signedIn: SignedIn
  /** True when the server said that the session had ended. */
  hasLeft: boolean
  /** Refresh tokens it was given meanwhile. */
  readonly tokens: string[]
}

async function signInToLeave(person: Person): Promise<Leaver> {
  return { signedIn: await signIn(banyan.origin, person), hasLeft: false, tokens: [] }
}

async function leaveAndRefresh(leaver: Leaver): Promise<void> {
  const { access, refresh } = leaver.signedIn
  const [left, renewed] = await Promise.allSettled([
    call<{ revoked: boolean }>(banyan.origin, '/api/auth/logout', { method: 'POST', headers: bearer(access) }),
    call<SignedIn>(banyan.origin, '/api/auth/refresh', { json: { refresh } }),
  ])
  leaver.hasLeft = left.status === 'fulfilled' && left.value.body.revoked
  if (renewed.status === 'fulfilled' && renewed.value.status === 200) leaver.tokens.push(renewed.value.body.refresh)
}

describe(`${rounds} kills while sessions are refreshed`, () => {
  it(
    'strand nobody, fork nothing, and give nobody back what was left',
    async () => {
      const person = await register(banyan.origin, 'refresher@example.com')
      const clients: RefreshingClient[] = [createRefreshingClient(person.signedIn)]
      for (let i = 0; i < clientCount - 1; i++)
        clients.push(createRefreshingClient(await signIn(banyan.origin, person)))
      const leaving = await register(banyan.origin, 'leaver@example.com')
      const figures = { lost: 0, left: 0 }
      for (let round = 0; round < rounds; round++) {
        const leavers = await Promise.all([1, 2, 3].map(() => signInToLeave(leaving)))
        const outcomes = await killWhileBusy(clients, leavers)
        figures.lost += outcomes.filter((outcome) => outcome === 'no reply').length
        expect(outcomes).not.toContain('refused')
        const again = await Promise.all(clients.map((client) => client.refresh(banyan.origin)))
        expect(new Set(again)).toEqual(new Set(['renewed']))
        for (const { signedIn, tokens } of leavers.filter(({ hasLeft }) => hasLeft)) {
          figures.left++
          for (const refresh of [signedIn.refresh, ...tokens])
            await callFor(401, banyan.origin, '/api/auth/refresh', { json: { refresh } })
        }
      }
      expect(Math.max(...clients.map((client) => client.mostSuccessors()))).toBe(1)
      await banyan.stop('SIGKILL')
      expect(readLineages()).toEqual(clients.map((client) => readToken(client.token())).sort(bySession))
      const renewals = clients.reduce((sum, client) => sum + client.renewals(), 0)
      process.stdout.write(`${renewals} renewals, ${figures.lost} without a reply, ${figures.left} sessions left\n`)
      expect(figures.lost).toBeGreaterThan(0)
    },
    60_000 + 30_000 * rounds,
  )
})

/** Kills the server within {@link busyMs}, in which every client begins to refresh. */
async function killWhileBusy(clients: readonly RefreshingClient[], leavers: readonly Leaver[]) {
  const soon = () => sleep(Math.random() * busyMs)
  const refreshed = clients.map((client) => soon().then(() => client.refresh(banyan.origin)))
  const left = leavers.map((leaver) => soon().then(() => leaveAndRefresh(leaver)))
  await soon()
  await banyan.stop('SIGKILL')
  const outcomes = await Promise.all(refreshed)
  await Promise.all(left)
  banyan = await startBanyan(environment)
  return outcomes
}

/** Returns the live sessions of the refreshing account and the one token each of them takes. */
function readLineages() {
  const connection = new DatabaseSync(join(home.path, 'banyan.db'), { readOnly: true })
  const rows = connection
    .prepare(
      `select s.id as sessionId, s.refresh_hash as hash from sessions s join accounts a on a.id = s.account_id
       where a.email = 'refresher@example.com' and s.ended_at is null and s.refresh_hash is not null`,
    )
    .all() as { sessionId: string; hash: string }[]
  connection.close()
  return rows.map(({ sessionId, hash }) => ({ sessionId, hash })).sort(bySession)
}

function bySession(a: { readonly sessionId: string }, b: { readonly sessionId: string }): number {
  return a.sessionId < b.sessionId ? -1 : 1
}
