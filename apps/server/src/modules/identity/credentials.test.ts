import { BanyanError } from '@banyan/domain'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createCredentials } from './credentials.ts'
import type { IdentityContext } from './identity-context.ts'
import type { SignedIn } from './index.ts'
import { type IdentityCore, openIdentityCore, testOrigin } from './testing/identity-core.ts'
import { outcomeOf } from './testing/sign-ins.ts'

let core: IdentityCore
let asha: SignedIn
beforeEach(async () => {
  core = await openIdentityCore()
  asha = await core.addAccount('asha@example.com')
})
afterEach(() => core.close())

/** Credentials over the core's store, which can be taken away as a lost PostgreSQL takes it away. */
function credentialsOver(tokens: IdentityContext['tokens']) {
  let isAway = false
  const { store, clock, background } = core
  const findStanding: typeof store.reads.findStanding = (id) =>
    isAway ? Promise.reject(new BanyanError('unavailable')) : store.reads.findStanding(id)
  const context = { store: { ...store, reads: { ...store.reads, findStanding } }, clock, background, tokens }
  return {
    ...createCredentials(context as unknown as IdentityContext),
    takeAway(next: boolean) {
      isAway = next
    },
  }
}

/** Tokens whose claims are what the core's codec says; only the store is in question. */
const tokensOf = (claims: object): IdentityContext['tokens'] => ({
  sign: () => Promise.reject(new Error('nothing is signed here')),
  verify: () => Promise.resolve({ kind: 'access', applicationId: null, sessionId: asha.sessionId, ...claims } as never),
})

describe('a token while the store cannot be asked', () => {
  it('counts for five seconds after it last counted, then nobody is told anything', async () => {
    const credentials = credentialsOver(tokensOf({}))
    const check = () => outcomeOf(credentials.checkToken('x', ['access']))
    credentials.takeAway(true)
    expect(await check()).toBe('unavailable')
    credentials.takeAway(false)
    expect(await check()).toBe('done')
    credentials.takeAway(true)
    core.turn(4_900)
    expect(await check()).toBe('done')
    core.turn(200)
    expect(await check()).toBe('unavailable')
    credentials.takeAway(false)
    expect(await check()).toBe('done')
  })

  it('does not count once its session ended here', async () => {
    const credentials = credentialsOver(tokensOf({}))
    expect(await outcomeOf(credentials.checkToken('x', ['access']))).toBe('done')
    credentials.forget([asha.sessionId])
    credentials.takeAway(true)
    expect(await outcomeOf(credentials.checkToken('x', ['access']))).toBe('unavailable')
  })

  it('of a session that was seen ended stays refused', async () => {
    const credentials = credentialsOver(tokensOf({}))
    expect(await outcomeOf(credentials.checkToken('x', ['access']))).toBe('done')
    await core.identity.sessions.end(await core.callerOf(asha), testOrigin)
    expect(await outcomeOf(credentials.checkToken('x', ['access']))).toBe('session_revoked')
    credentials.takeAway(true)
    expect(await outcomeOf(credentials.checkToken('x', ['access']))).toBe('session_revoked')
  })
})

describe('what a request carries', () => {
  it('is exact to a minute in “last seen” and “last used”', async () => {
    const caller = await core.callerOf(asha)
    const { key } = await core.identity.keys.create(
      caller,
      { name: 'k', scopes: ['market:read'], expiresAt: null },
      testOrigin,
    )
    const seen = async () => (await core.identity.sessions.get(caller, asha.sessionId)).lastSeenAt
    const used = async () => (await core.identity.keys.list(caller))[0]?.lastUsedAt
    const start = core.now()
    core.turn(59_000)
    await core.callerOf(asha)
    await core.background.idle()
    expect([await seen(), await used()]).toEqual([start, null])
    core.turn(2_000)
    await core.callerOf(asha)
    await core.identity.credentials.checkKey(key)
    await core.background.idle()
    expect([await seen(), await used()]).toEqual([start + 61_000, start + 61_000])
  })

  it('opens nothing when it is a key that is unknown, over or removed', async () => {
    const caller = await core.callerOf(asha)
    const made = await core.identity.keys.create(
      caller,
      { name: 'k', scopes: ['portfolio:read'], expiresAt: core.now() + 60_000 },
      testOrigin,
    )
    const check = (key: string) => outcomeOf(core.identity.credentials.checkKey(key))
    expect([await check(made.key), await check(`${made.key}x`), await check('')]).toEqual([
      'done',
      'invalid_api_key',
      'invalid_api_key',
    ])
    core.turn(60_000)
    expect(await check(made.key)).toBe('api_key_expired')
    await core.identity.keys.remove(caller, made.id, testOrigin)
    expect(await check(made.key)).toBe('invalid_api_key')
  })

  it('are at most twenty keys and twenty applications, also when made at once', async () => {
    const caller = await core.callerOf(asha)
    const keys = await Promise.all(
      Array.from({ length: 23 }, () =>
        outcomeOf(
          core.identity.keys.create(caller, { name: 'k', scopes: ['market:read'], expiresAt: null }, testOrigin),
        ),
      ),
    )
    expect(keys.filter((outcome) => outcome === 'key_limit_reached')).toHaveLength(3)
    const applications = await Promise.all(
      Array.from({ length: 22 }, () =>
        outcomeOf(core.identity.applications.create(caller, { name: 'a', accessTokenDays: 1 }, testOrigin)),
      ),
    )
    expect(applications.filter((outcome) => outcome === 'application_limit_reached')).toHaveLength(2)
  })

  it('is a bearer of its own application, live and enabled', async () => {
    const { credentials, applications } = core.identity
    const caller = await core.callerOf(asha)
    const [one, two] = [await core.addApplication(asha, 'One'), await core.addApplication(asha, 'Two')]
    const check = (bearer: string, key: string) => outcomeOf(credentials.checkBearer(bearer, key))
    const minted: string[] = []
    for (let n = 0; n < 6; n++) {
      minted.push((await applications.mint(one.caller, testOrigin)).bearer)
      core.turn(1_000)
    }
    expect(await check(one.accessToken, one.consumerKey)).toBe('done')
    expect([await check(minted[0] ?? '', one.consumerKey), await check(minted[5] ?? '', one.consumerKey)]).toEqual([
      'invalid_application',
      'done',
    ])
    expect([await check(one.accessToken, two.consumerKey), await check('0'.repeat(32), one.consumerKey)]).toEqual(
      Array(2).fill('invalid_application'),
    )
    await applications.revokeBearer(two.caller, minted[5] ?? '', testOrigin)
    expect(await check(minted[5] ?? '', one.consumerKey)).toBe('done')
    await applications.revokeBearer(one.caller, minted[5] ?? '', testOrigin)
    expect(await check(minted[5] ?? '', one.consumerKey)).toBe('invalid_application')
    await applications.update(caller, one.id, { isEnabled: false }, testOrigin)
    expect(await check(one.accessToken, one.consumerKey)).toBe('invalid_application')
    expect(await outcomeOf(credentials.checkApplicationSecret(one.consumerKey, one.consumerSecret))).toBe(
      'invalid_application',
    )
    await applications.update(caller, one.id, { isEnabled: true }, testOrigin)
    core.turn(30 * 86_400_000)
    expect(await check(one.accessToken, one.consumerKey)).toBe('invalid_application')
  })
})
