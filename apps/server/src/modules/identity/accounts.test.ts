import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SignedIn } from './index.ts'
import { type IdentityCore, openIdentityCore, testOrigin, testPassword } from './testing/identity-core.ts'
import { combinedSignIn, enrolTotp, originFrom, outcomeOf, passwordSignIn } from './testing/sign-ins.ts'

const email = 'asha@example.com'
const minuteMs = 60_000

let core: IdentityCore
beforeEach(async () => {
  core = await openIdentityCore()
})
afterEach(async () => {
  expect(core.failures).toEqual([])
  await core.close()
})

const register = (password: string, at = email, name: string | null = 'Asha Rao') =>
  outcomeOf(core.identity.accounts.register({ email: at, password, name, invitation: null }, testOrigin))

describe('a password', () => {
  it.each([
    ['password1', 'too common'],
    ['Password1', 'too common'],
    ['asha@example.com', 'must not be a name'],
    ['ashokrao', 'must not be a name'],
    ['Asha Rao', 'must not be a name'],
    ['localhost', 'must not be a name'],
    ['short7!', 'must have 8 to 256 characters'],
    ['x'.repeat(257), 'must have 8 to 256 characters'],
    ['x'.repeat(1_025), 'must have 8 to 256 characters'],
  ])('%s is refused with its reason', async (password, reason) => {
    const at = password === 'ashokrao' ? 'ashokrao@example.com' : email
    const refused = core.identity.accounts.register(
      { email: at, password, name: 'Asha Rao', invitation: null },
      testOrigin,
    )
    await expect(refused).rejects.toThrow(reason)
  })

  it.each(['8 chars!', `${'y'.repeat(255)}z`, '               ', 'नमस्ते दुनिया', '🐘🐘🐘🐘🐘🐘🐘🐘'])(
    '%s is taken and opens the account',
    async (password) => {
      expect(await register(password)).toBe('done')
      expect(await outcomeOf(passwordSignIn(core, email, password))).toBe('done')
    },
  )

  it('is one password in every Unicode form, through every way in', async () => {
    const composed = 'caf\u00e9 caf\u00e9'
    const decomposed = 'cafe\u0301 cafe\u0301'
    const signedIn = await core.addAccount(email, composed)
    const application = await core.addApplication(signedIn)
    const { clientCode } = signedIn.account
    expect(await outcomeOf(passwordSignIn(core, email, decomposed))).toBe('done')
    const kotak = core.identity.signIn.requestAccessCode(
      { application: application.caller, clientCode, password: decomposed },
      originFrom('kotak'),
    )
    expect(await outcomeOf(kotak)).toBe('done')
    const first = { kind: 'password', password: decomposed } as const
    expect(
      await outcomeOf(combinedSignIn(core, application, clientCode, { first, second: { kind: 'register' } })),
    ).toBe('done')
  })

  it('of 200 characters counts to its last', async () => {
    await core.addAccount(email, `${'p'.repeat(199)}a`)
    expect(await outcomeOf(passwordSignIn(core, email, `${'p'.repeat(199)}b`))).toBe('invalid_credentials')
  })

  it('stored with weaker parameters is hashed anew when it was right', async () => {
    const signedIn = await core.addAccount(email)
    const weak = '$argon2id$v=19$m=19456,t=2,p=1$'
    const stored = async () => (await core.store.reads.findAccount({ id: signedIn.account.id }))?.passwordHash ?? ''
    expect(await stored()).toContain(weak)
    const strong = await openIdentityCore({
      database: { kind: 'sqlite', homeDir: `${core.folder}/elsewhere` },
      identity: { argon: { memoryKiB: 20_480, passes: 2, lanes: 1 } },
    })
    await strong.addAccount(email)
    const hash = await core.hasher.hash(testPassword)
    const { id } = (await strong.store.reads.findAccount({ email })) ?? { id: 0 }
    await strong.store.atomically((tx) => tx.updateAccount(id, { passwordHash: hash }))
    expect(await outcomeOf(passwordSignIn(strong, email, testPassword))).toBe('done')
    await strong.background.idle()
    expect((await strong.store.reads.findAccount({ id }))?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=20480,t=2,p=1\$/)
    await strong.close()
  })
})

describe('registration', () => {
  it('takes one of two at once, and one address once whatever its case', async () => {
    const outcomes = await Promise.all([register(testPassword), register(testPassword)])
    expect(outcomes.sort()).toEqual(['done', 'email_taken'])
    expect(await register(testPassword, ' ASHA@example.com ')).toBe('email_taken')
  })

  it('gives a client code, a member’s role and the default plan', async () => {
    const { account } = await core.addAccount(email)
    expect(account).toMatchObject({ role: 'member', plan: 'unlimited', email, name: 'Asha Rao', mobile: null })
    expect(account.clientCode).toMatch(/^[A-Z][A-Z0-9]{7}$/)
  })

  it('may need an invitation, which works once, for whom it was made and with its role', async () => {
    const invited = await openIdentityCore({ settings: { registration: 'invite' } })
    const ask = (at: string, invitation: string | null) =>
      outcomeOf(
        invited.identity.accounts.register({ email: at, password: testPassword, name: null, invitation }, testOrigin),
      )
    expect([await ask(email, null), await ask(email, 'made-up')]).toEqual(['registration_closed', 'invalid_invitation'])
    const token = await invited.identity.administration.invite('read-only')
    expect([await ask(email, token), await ask('two@example.com', token)]).toEqual(['done', 'invalid_invitation'])
    expect((await invited.identity.administration.list())[0]?.role).toBe('read-only')
    await invited.identity.administration.setRole(email, 'owner')
    const result = await passwordSignIn(invited, email, testPassword)
    const owner = 'signedIn' in result ? await invited.callerOf(result.signedIn) : null
    if (owner === null) throw new Error('not signed in')
    const { token: bound } = await invited.identity.accounts.createInvitation(
      owner,
      { role: 'member', email: 'three@example.com' },
      testOrigin,
    )
    expect([await ask('four@example.com', bound), await ask('three@example.com', bound)]).toEqual([
      'invalid_invitation',
      'done',
    ])
    await invited.close()
  })

  it('may be closed, but for the command line', async () => {
    const closed = await openIdentityCore({ settings: { registration: 'closed' } })
    const ask = closed.identity.accounts.register(
      { email, password: testPassword, name: null, invitation: null },
      testOrigin,
    )
    expect(await outcomeOf(ask)).toBe('registration_closed')
    await closed.identity.administration.create({ email, password: testPassword, name: null, role: 'member' })
    expect(await outcomeOf(passwordSignIn(closed, email, testPassword))).toBe('done')
    await closed.close()
  })
})

describe('the first owner', () => {
  const bootstrap = (token: string, at = email) =>
    outcomeOf(core.identity.accounts.bootstrap({ token, email: at, password: testPassword, name: null }, testOrigin))

  it('is made by a token that works once and for an hour; being first makes nobody one', async () => {
    const first = await core.addAccount('first@example.com')
    expect(first.account.role).toBe('member')
    const token = (await core.identity.administration.issueBootstrapToken()) ?? ''
    expect(token).toMatch(/^[\w-]{22}$/)
    core.turn(61 * minuteMs)
    expect(await bootstrap(token)).toBe('invalid_bootstrap_token')
    const next = (await core.identity.administration.issueBootstrapToken()) ?? ''
    expect([await bootstrap('x'), await bootstrap(next), await bootstrap(next, 'two@example.com')]).toEqual([
      'invalid_bootstrap_token',
      'done',
      'invalid_bootstrap_token',
    ])
    expect(await core.identity.administration.issueBootstrapToken()).toBeNull()
  })

  it('cannot go while no other is there', async () => {
    await core.identity.administration.create({ email, password: testPassword, name: null, role: 'owner' })
    expect(await outcomeOf(core.identity.administration.setRole(email, 'member'))).toBe('last_owner')
    const result = await passwordSignIn(core, email, testPassword)
    const owner = 'signedIn' in result ? await core.callerOf(result.signedIn) : null
    if (owner === null) throw new Error('not signed in')
    const leave = () =>
      outcomeOf(core.identity.accounts.remove(owner, { password: testPassword, code: null }, testOrigin))
    expect(await leave()).toBe('last_owner')
    await core.identity.administration.create({
      email: 'two@example.com',
      password: testPassword,
      name: null,
      role: 'owner',
    })
    expect(await leave()).toBe('done')
  })
})

describe('the command line', () => {
  it('locks an account, which ends everything it has open, and unlocks it with every guess forgotten', async () => {
    const signedIn = await core.addAccount(email)
    const key = await core.identity.keys.create(
      await core.callerOf(signedIn),
      { name: 'k', scopes: ['market:read'], expiresAt: null },
      testOrigin,
    )
    await core.identity.administration.lock(signedIn.account.clientCode.toLowerCase())
    expect(await outcomeOf(core.callerOf(signedIn))).toBe('session_revoked')
    expect(await outcomeOf(core.identity.credentials.checkKey(key.key))).toBe('invalid_api_key')
    expect([
      await outcomeOf(passwordSignIn(core, email, testPassword)),
      await outcomeOf(passwordSignIn(core, email, 'wrong')),
    ]).toEqual(['account_disabled', 'invalid_credentials'])
    for (let i = 0; i < 5; i++) await outcomeOf(passwordSignIn(core, email, 'wrong'))
    await core.identity.administration.unlock(email)
    expect(await outcomeOf(passwordSignIn(core, email, testPassword))).toBe('done')
    expect(await outcomeOf(core.identity.administration.lock('nobody@example.com'))).toBe('not_found')
  })

  it('resets every factor but the password, and changes roles, ending the sessions', async () => {
    const signedIn = await core.addAccount(email)
    await enrolTotp(core, signedIn)
    await core.identity.factors.setMpin(await core.callerOf(signedIn), { mpin: '482910', udid: 'phone-1' }, testOrigin)
    const after = await core.identity.administration.resetFactors(email)
    expect(after).toMatchObject({
      hasTotp: false,
      recoveryCodesLeft: 0,
      hasMpin: false,
      hasDevice: false,
      hasPasskey: false,
    })
    const result = await passwordSignIn(core, email, testPassword)
    expect('signedIn' in result).toBe(true)
    await core.identity.administration.setRole(email, 'read-only')
    if ('signedIn' in result) expect(await outcomeOf(core.callerOf(result.signedIn))).toBe('session_revoked')
  })
})

describe('changes', () => {
  let signedIn: SignedIn
  beforeEach(async () => {
    signedIn = await core.addAccount(email)
  })

  it('of the password end every other session, sign-in under way and device, in every dialect', async () => {
    const { identity } = core
    const caller = await core.callerOf(signedIn)
    const other = await passwordSignIn(core, email, testPassword)
    const application = await core.addApplication(signedIn)
    const { clientCode } = signedIn.account
    const sent = await identity.signIn.requestAccessCode(
      { application: application.caller, clientCode, password: testPassword },
      originFrom('kotak'),
    )
    const accessCode = await core.codeFor(email)
    const daily = await identity.signIn.withAccessCode(
      { application: application.caller, clientCode, oneTimeToken: sent.oneTimeToken, accessCode, deviceFacts: null },
      originFrom('kotak'),
    )
    await identity.factors.setMpin(caller, { mpin: '482910', udid: 'phone-1' }, testOrigin)
    const wrong = identity.passwords.change(caller, { current: 'wrong', next: 'another horse 9' }, testOrigin)
    expect(await outcomeOf(wrong)).toBe('wrong_password')
    const same = identity.passwords.change(caller, { current: testPassword, next: testPassword }, testOrigin)
    expect(await outcomeOf(same)).toBe('unacceptable_secret')
    const { revokedSessions } = await identity.passwords.change(
      caller,
      { current: testPassword, next: 'another horse 9' },
      testOrigin,
    )
    expect(revokedSessions).toBe(2)
    expect(await outcomeOf(core.callerOf(signedIn))).toBe('done')
    if ('signedIn' in other) expect(await outcomeOf(core.callerOf(other.signedIn))).toBe('session_revoked')
    const token = daily.tokens.kind === 'opaque' ? daily.tokens.session : ''
    expect(await outcomeOf(identity.credentials.checkSessionToken(token, application.caller))).toBe('session_revoked')
    expect((await identity.factors.list(caller)).devices).toEqual([])
    expect((await core.mails()).at(-1)?.subject).toBe('Your Banyan password was changed')
  })

  it('of the e-mail need the password and a code mailed to the new address, and the old one is told', async () => {
    const { accounts } = core.identity
    const caller = await core.callerOf(signedIn)
    await core.addAccount('taken@example.com')
    const change = { email: 'New@example.com', password: testPassword }
    expect(await outcomeOf(accounts.requestEmailChange(caller, { ...change, password: 'wrong' }, testOrigin))).toBe(
      'wrong_password',
    )
    await accounts.requestEmailChange(caller, change, testOrigin)
    const code = await core.codeFor('new@example.com')
    const confirm = (at: string, given: string) =>
      outcomeOf(accounts.confirmEmailChange(caller, { email: at, password: testPassword, code: given }, testOrigin))
    expect([await confirm('other@example.com', code), await confirm('new@example.com', '000000')]).toEqual([
      'invalid_code',
      'invalid_code',
    ])
    expect([await confirm('new@example.com', code), await confirm('new@example.com', code)]).toEqual([
      'done',
      'code_expired',
    ])
    expect((await accounts.view(signedIn.account.id)).email).toBe('new@example.com')
    expect((await core.mails()).at(-1)).toMatchObject({
      to: email,
      subject: 'Changed in your Banyan account: the e-mail address',
    })
    const before = (await core.mails()).length
    await accounts.requestEmailChange(caller, { email: 'taken@example.com', password: testPassword }, testOrigin)
    expect((await core.mails()).length).toBe(before)
  })

  it('of how codes arrive need a number and a gateway', async () => {
    const caller = await core.callerOf(signedIn)
    const { accounts } = core.identity
    const update = (changes: object, password: string | null = null) =>
      accounts.update(caller, { changes, password }, testOrigin)
    expect(await outcomeOf(update({ otpChannel: 'sms' }))).toBe('invalid_parameter')
    expect([
      await outcomeOf(update({ otpBesideTotp: true })),
      await outcomeOf(update({ otpBesideTotp: true }, 'wrong')),
    ]).toEqual(['wrong_password', 'wrong_password'])
    expect((await update({ otpBesideTotp: true }, testPassword)).otpBesideTotp).toBe(true)
    expect((await update({ name: null, mobile: '+919876543210' })).mobile).toBe('+919876543210')
  })
})

describe('leaving', () => {
  it('exports everything without a secret, and then nothing is left but anonymous events', async () => {
    const signedIn = await core.addAccount(email)
    const { codeAt } = await enrolTotp(core, signedIn)
    const caller = await core.callerOf(signedIn)
    await core.addApplication(signedIn)
    const { key } = await core.identity.keys.create(
      caller,
      { name: 'k', scopes: ['market:read'], expiresAt: null },
      testOrigin,
    )
    const text = JSON.stringify(await core.identity.accounts.export(caller, testOrigin))
    expect(text).toContain(email)
    for (const secret of [key, testPassword, '$argon2', signedIn.tokens.refresh]) expect(text).not.toContain(secret)
    expect(text).not.toMatch(/hash/i)
    const leave = (password: string, code: string | null) =>
      outcomeOf(core.identity.accounts.remove(caller, { password, code }, testOrigin))
    expect([
      await leave('wrong', codeAt()),
      await leave(testPassword, null),
      await leave(testPassword, '000000'),
    ]).toEqual(['wrong_password', 'invalid_second_factor', 'invalid_second_factor'])
    expect(await leave(testPassword, codeAt())).toBe('done')
    expect(await outcomeOf(core.callerOf(signedIn))).toBe('session_revoked')
    expect(await outcomeOf(passwordSignIn(core, email, testPassword))).toBe('invalid_credentials')
    expect(await outcomeOf(core.identity.credentials.checkKey(key))).toBe('invalid_api_key')
  })
})

describe('sessions', () => {
  it('are twenty standing and five daily ones; the oldest go', async () => {
    const first = await core.addAccount(email)
    for (let i = 0; i < 19; i++) {
      core.turn(1_000)
      await passwordSignIn(core, email, testPassword)
    }
    expect(await outcomeOf(core.callerOf(first))).toBe('done')
    core.turn(1_000)
    const last = await passwordSignIn(core, email, testPassword)
    expect(await outcomeOf(core.callerOf(first))).toBe('session_revoked')
    const caller = 'signedIn' in last ? await core.callerOf(last.signedIn) : null
    if (caller === null) throw new Error('not signed in')
    const listed = await core.identity.sessions.list(caller)
    expect([listed.length, listed.filter(({ current }) => current).length]).toEqual([20, 1])
    expect(await core.identity.sessions.revokeOthers(caller, testOrigin)).toBe(19)
    expect(await outcomeOf(core.identity.sessions.revoke(caller, 'ses_unknown', testOrigin))).toBe('not_found')
  })

  it('are their account’s alone', async () => {
    const [asha, ravi] = [await core.addAccount(email), await core.addAccount('ravi@example.com')]
    const caller = await core.callerOf(ravi)
    expect(await outcomeOf(core.identity.sessions.get(caller, asha.sessionId))).toBe('not_found')
    expect(await outcomeOf(core.identity.sessions.revoke(caller, asha.sessionId, testOrigin))).toBe('not_found')
    expect(await outcomeOf(core.callerOf(asha))).toBe('done')
  })

  it('end daily at 06:00 IST of the next calendar day', async () => {
    const signedIn = await core.addAccount(email)
    const { codeAt } = await enrolTotp(core, signedIn)
    const application = await core.addApplication(signedIn)
    core.turnTo(Date.parse('2026-01-05T23:59:50+05:30'))
    const first = { kind: 'password', password: testPassword } as const
    const result = await combinedSignIn(core, application, signedIn.account.clientCode, {
      first,
      second: { kind: 'totp', code: codeAt() },
    })
    if (!('session' in result) || result.session.tokens.kind !== 'signed') throw new Error('no session')
    expect(result.session.expiresAt).toBe(Date.parse('2026-01-06T06:00:00+05:30'))
    const { interactive, feed } = result.session.tokens
    const check = () => outcomeOf(core.identity.credentials.checkToken(interactive, ['interactive']))
    expect(await outcomeOf(core.identity.credentials.checkToken(feed, ['interactive']))).toBe('wrong_token_kind')
    core.turnTo(Date.parse('2026-01-06T05:59:59+05:30'))
    expect(await check()).toBe('done')
    core.turnTo(Date.parse('2026-01-06T06:00:00+05:30'))
    expect(await check()).toBe('token_expired')
  })
})
