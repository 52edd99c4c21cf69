import { expect, it } from 'vitest'
import { describeOnBothEngines, inParallel } from './testing/both-engines.ts'
import { testOrigin } from './testing/identity-core.ts'
import { outcomeOf } from './testing/sign-ins.ts'

const dayMs = 86_400_000

await describeOnBothEngines(process.env, 'refresh', (given) => {
  let n = 0
  async function signedIn() {
    const [core] = given().cores
    return core.addAccount(`refresh${n++}@example.com`)
  }
  const refresh = (token: string, at = 0) => {
    const { cores } = given()
    return (cores[at % cores.length] ?? cores[0]).identity.signIn.refresh(token, testOrigin)
  }
  const check = (token: string, at = 0) => {
    const { cores } = given()
    const { credentials } = (cores[at % cores.length] ?? cores[0]).identity
    return outcomeOf(credentials.checkToken(token, ['session', 'access']))
  }

  it('renews all three tokens in the same session', async () => {
    const first = await signedIn()
    const next = await refresh(first.tokens.refresh)
    expect(new Set([...Object.values(first.tokens), ...Object.values(next)]).size).toBe(6)
    const [core] = given().cores
    const caller = await core.identity.credentials.checkToken(next.access, ['access'])
    expect(caller.sessionId).toBe(first.sessionId)
    expect(await check(next.session)).toBe('done')
  })

  it('gives a client that lost the reply the same bytes again, for ten seconds', async () => {
    const { tokens } = await signedIn()
    const next = await refresh(tokens.refresh)
    given().turn(3_000)
    expect(await refresh(tokens.refresh, 1)).toEqual(next)
    given().turn(6_900)
    expect(await refresh(tokens.refresh)).toEqual(next)
    expect(await check(next.access)).toBe('done')
  })

  it('ends the whole family when a spent token comes after the grace, and tells the owner', async () => {
    const { tokens, account } = await signedIn()
    const next = await refresh(tokens.refresh)
    given().turn(11_000)
    expect(await outcomeOf(refresh(tokens.refresh, 1))).toBe('refresh_reused')
    expect(await outcomeOf(refresh(next.refresh))).toBe('session_revoked')
    for (const token of [tokens.access, tokens.session, next.access, next.session])
      expect([await check(token), await check(token, 1)]).toEqual(['session_revoked', 'session_revoked'])
    const mails = await Promise.all(given().cores.map((core) => core.mails()))
    const told = mails.flat().filter(({ to }) => to === account.email)
    expect(told.map(({ subject }) => subject)).toContain('One of your Banyan sign-ins was ended for safety')
  })

  it('ends it for a grandparent even within the grace', async () => {
    const { tokens } = await signedIn()
    const second = await refresh(tokens.refresh)
    const third = await refresh(second.refresh)
    given().turn(5_000)
    expect(await outcomeOf(refresh(tokens.refresh))).toBe('refresh_reused')
    expect(await outcomeOf(refresh(third.refresh))).toBe('session_revoked')
  })

  it('used fifty times at once has one successor and ends nothing', async () => {
    const { tokens } = await signedIn()
    const replies = await inParallel(given(), 50, (core) => core.identity.signIn.refresh(tokens.refresh, testOrigin))
    expect(new Set(replies.map((reply) => JSON.stringify(reply))).size).toBe(1)
    expect(await check(replies[0]?.access ?? '')).toBe('done')
    expect(await outcomeOf(refresh(replies[0]?.refresh ?? '', 1))).toBe('done')
  })

  it('honest clients may do so for twenty rounds', async () => {
    let { tokens } = await signedIn()
    for (let round = 0; round < 20; round++) {
      const before = tokens.refresh
      const replies = await inParallel(given(), 5, (core) => core.identity.signIn.refresh(before, testOrigin))
      expect(new Set(replies.map(({ refresh: token }) => token)).size).toBe(1)
      tokens = replies[0] ?? tokens
      given().turn(3_000)
    }
    expect(await check(tokens.access)).toBe('done')
  })

  it('is thirty a minute', async () => {
    let { tokens } = await signedIn()
    for (let round = 0; round < 30; round++) tokens = await refresh(tokens.refresh)
    expect(await outcomeOf(refresh(tokens.refresh))).toBe('rate_limited')
    given().turn(61_000)
    expect(await outcomeOf(refresh(tokens.refresh))).toBe('done')
  })

  it('extends no session beyond thirty days from its sign-in', async () => {
    let { tokens } = await signedIn()
    for (let day = 0; day < 29; day++) {
      given().turn(dayMs)
      tokens = await refresh(tokens.refresh, day)
    }
    expect(await check(tokens.session)).toBe('done')
    given().turn(dayMs + 6_000)
    expect([await outcomeOf(refresh(tokens.refresh)), await check(tokens.session)]).toEqual([
      'token_expired',
      'token_expired',
    ])
  })

  it('takes no other kind of token, and none after sign-out', async () => {
    const { tokens } = await signedIn()
    const [core] = given().cores
    expect(await outcomeOf(refresh(tokens.access))).toBe('wrong_token_kind')
    expect(await outcomeOf(refresh(tokens.session))).toBe('wrong_token_kind')
    expect(await outcomeOf(refresh('x'))).toBe('invalid_token')
    const caller = await core.identity.credentials.checkToken(tokens.access, ['access'])
    expect(await core.identity.sessions.end(caller, testOrigin)).toBe(true)
    expect(await outcomeOf(refresh(tokens.refresh, 1))).toBe('session_revoked')
  })

  it('leaves no token and no token id in the database', async () => {
    const [core] = given().cores
    const { tokens } = await signedIn()
    const rows = JSON.stringify(
      await core.database.readArrays({
        sql: 'select * from sessions',
        parameters: [],
        query: null,
        queryId: null,
      } as never),
    )
    const ids = Object.values(tokens).map(
      (text) => JSON.parse(Buffer.from(text.split('.')[1] ?? '', 'base64url').toString()).jti,
    )
    for (const shown of [...Object.values(tokens), ...ids]) expect(rows).not.toContain(shown)
  })
})
