import { expect, it } from 'vitest'
import { describeOnBothEngines, inParallel } from './testing/both-engines.ts'
import { type IdentityCore, testOrigin, testPassword } from './testing/identity-core.ts'
import { challengeOf, combinedSignIn, enrolTotp, originFrom, outcomeOf } from './testing/sign-ins.ts'

const count = (outcomes: readonly string[], wanted: string) => outcomes.filter((outcome) => outcome === wanted).length

await describeOnBothEngines(process.env, 'second factors', (given) => {
  let n = 0
  async function person() {
    const [core] = given().cores
    const email = `second${n++}@example.com`
    const signedIn = await core.addAccount(email)
    return { core, email, signedIn }
  }
  /** Cores have clocks of their own, which stay together. */
  async function withTotp() {
    const one = await person()
    const before = one.core.now()
    const totp = await enrolTotp(one.core, one.signedIn)
    for (const core of given().cores.slice(1)) core.turn(one.core.now() - before)
    return { ...one, ...totp }
  }

  it('accept a TOTP code once, for one of fifty parallel tries', async () => {
    const { core, email, codeAt } = await withTotp()
    const challenges: string[] = []
    for (let i = 0; i < 5; i++) challenges.push(await challengeOf(core, email))
    const code = codeAt()
    const outcomes = await inParallel(given(), 50, (one, i) =>
      outcomeOf(one.identity.signIn.withCode({ challenge: challenges[i % 5] ?? '', code }, testOrigin)),
    )
    expect(count(outcomes, 'done')).toBe(1)
    expect(
      outcomes.every((outcome) =>
        ['done', 'invalid_second_factor', 'too_many_attempts', 'challenge_expired'].includes(outcome),
      ),
    ).toBe(true)
  })

  it('accept no earlier step after a later one, and one step of drift either way', async () => {
    const { core, email, codeAt } = await withTotp()
    const enter = async (code: string) =>
      outcomeOf(core.identity.signIn.withCode({ challenge: await challengeOf(core, email), code }, testOrigin))
    expect(await enter(codeAt(1))).toBe('done')
    expect([await enter(codeAt(1)), await enter(codeAt(0)), await enter(codeAt(-1))]).toEqual(
      Array(3).fill('invalid_second_factor'),
    )
    expect(await enter(codeAt(2))).toBe('invalid_second_factor')
    given().turn(60_000)
    expect(await enter(codeAt(0))).toBe('done')
  })

  it('accept a code across dialects once', async () => {
    const { core, email, signedIn, codeAt } = await withTotp()
    const application = await core.addApplication(signedIn)
    const code = codeAt()
    const daily = { first: { kind: 'password', password: testPassword }, second: { kind: 'totp', code } } as const
    expect(await outcomeOf(combinedSignIn(core, application, signedIn.account.clientCode, daily))).toBe('done')
    const challenge = await challengeOf(core, email)
    expect(await outcomeOf(core.identity.signIn.withCode({ challenge, code }, testOrigin))).toBe(
      'invalid_second_factor',
    )
  })

  it('accept each recovery code once, in any case and with hyphens, and the old set dies with a new one', async () => {
    const { core, email, signedIn, codeAt, recoveryCodes } = await withTotp()
    const enter = async (code: string) =>
      outcomeOf(core.identity.signIn.withCode({ challenge: await challengeOf(core, email), code }, testOrigin))
    const [first = '', second = '', third = ''] = recoveryCodes
    expect(recoveryCodes).toHaveLength(10)
    expect(await enter(`${first.slice(0, 5).toUpperCase()}-${first.slice(5)}`)).toBe('done')
    expect([await enter(first), await enter(second)]).toEqual(['invalid_second_factor', 'done'])
    const caller = await core.callerOf(signedIn)
    const fresh = await core.identity.factors.replaceRecoveryCodes(
      caller,
      { password: testPassword, code: codeAt() },
      testOrigin,
    )
    expect([await enter(third), await enter(fresh[0] ?? '')]).toEqual(['invalid_second_factor', 'done'])
  })

  it('spend a recovery code, a sent code and an exchanged one for one of fifty parallel tries', async () => {
    const { core, email, signedIn, recoveryCodes } = await withTotp()
    const application = await core.addApplication(signedIn)
    const challenges: string[] = []
    for (let i = 0; i < 3; i++) challenges.push(await challengeOf(core, email))
    const recovered = await inParallel(given(), 12, (one, i) =>
      outcomeOf(
        one.identity.signIn.withCode({ challenge: challenges[i % 3] ?? '', code: recoveryCodes[0] ?? '' }, testOrigin),
      ),
    )
    expect(count(recovered, 'done')).toBe(1)
    given().turn(3_600_000)
    const given1 = { application: application.caller, clientCode: signedIn.account.clientCode }
    await core.identity.codes.send(
      { ...given1, purpose: 'password_totp', registerToken: null },
      originFrom('synapsewave'),
    )
    const code = await core.codeFor(email)
    const exchanged = await inParallel(given(), 50, (one) =>
      outcomeOf(one.identity.codes.verify({ ...given1, code }, originFrom('synapsewave'))),
    )
    expect(count(exchanged, 'done')).toBe(1)
  })

  it('make a mailed reset link work once', async () => {
    const { core, email } = await person()
    await core.identity.passwords.forgot(email, testOrigin)
    const mail = (await core.mails()).findLast(({ to }) => to === email)
    const token = /#token=([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? ''
    const outcomes = await inParallel(given(), 6, (one, i) =>
      outcomeOf(one.identity.passwords.reset({ token, next: `another horse ${i}` }, testOrigin)),
    )
    expect(count(outcomes, 'done')).toBe(1)
    expect(
      outcomes.every((outcome) =>
        ['done', 'invalid_reset_token', 'invalid_credentials', 'unavailable'].includes(outcome),
      ),
    ).toBe(true)
  })

  it('are asked for after a reset all the same', async () => {
    const { core, email, signedIn } = await withTotp()
    await core.identity.passwords.forgot(email, testOrigin)
    const mail = (await core.mails()).findLast(({ to }) => to === email)
    const token = /#token=([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? ''
    await core.identity.passwords.reset({ token, next: 'another horse 9' }, testOrigin)
    const result = await core.identity.signIn.withPassword({ email, password: 'another horse 9' }, testOrigin)
    expect('needed' in result && result.needed.factors).toEqual(['totp', 'recovery_code'])
    const { credentials } = core.identity
    expect(await outcomeOf(credentials.checkToken(signedIn.tokens.access, ['access']))).toBe('session_revoked')
  })

  it('end a session on every instance with the next request', async () => {
    const { core, signedIn } = await person()
    const others = given().cores
    const check = (one: IdentityCore) =>
      outcomeOf(one.identity.credentials.checkToken(signedIn.tokens.session, ['session']))
    for (const one of others) expect(await check(one)).toBe('done')
    await core.identity.sessions.end(await core.callerOf(signedIn), testOrigin)
    for (const one of others) expect(await check(one)).toBe('session_revoked')
  })
})
