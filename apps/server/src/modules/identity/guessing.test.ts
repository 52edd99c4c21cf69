import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SignedIn } from './index.ts'
import { type IdentityCore, openIdentityCore, testOrigin, testPassword } from './testing/identity-core.ts'
import { challengeOf, combinedSignIn, enrolTotp, originFrom, outcomeOf, passwordSignIn } from './testing/sign-ins.ts'

const email = 'asha@example.com'
const minuteMs = 60_000

let core: IdentityCore
let asha: SignedIn
let application: Awaited<ReturnType<IdentityCore['addApplication']>>
beforeEach(async () => {
  core = await openIdentityCore()
  asha = await core.addAccount(email)
  application = await core.addApplication(asha)
})
afterEach(async () => {
  expect(core.failures).toEqual([])
  await core.close()
})

const api = (password: string, address?: string, name = email) =>
  outcomeOf(passwordSignIn(core, name, password, originFrom('api', address)))
const kotak = (password: string, clientCode = asha.account.clientCode) =>
  outcomeOf(
    core.identity.signIn.requestAccessCode(
      { application: application.caller, clientCode, password },
      originFrom('kotak'),
    ),
  )
const synapsewave = (password: string, clientCode = asha.account.clientCode) =>
  outcomeOf(
    combinedSignIn(core, application, clientCode, {
      first: { kind: 'password', password },
      second: { kind: 'register' },
    }),
  )

async function repeat(times: number, work: (n: number) => Promise<string>): Promise<readonly string[]> {
  const outcomes: string[] = []
  for (let n = 0; n < times; n++) outcomes.push(await work(n))
  return outcomes
}

const hashes = () => core.hasher.statistics().hashes

describe('wrong passwords', () => {
  it('are five per name and address under /api, then even the right one waits 15 minutes', async () => {
    expect(await repeat(5, () => api('wrong'))).toEqual(Array(5).fill('invalid_credentials'))
    expect([await api(testPassword), await api('wrong')]).toEqual(['too_many_attempts', 'too_many_attempts'])
    expect(await api(testPassword, '192.0.2.2')).toBe('done')
    core.turn(15 * minuteMs + 1_000)
    expect(await api(testPassword)).toBe('done')
  })

  it('share their count however the name is written, and have one for a name nobody has', async () => {
    const names = [email, ' ASHA@example.com ', 'Asha@Example.com', email, email]
    expect(await repeat(5, (n) => api('wrong', undefined, names[n]))).toEqual(Array(5).fill('invalid_credentials'))
    expect(await api('wrong', undefined, 'ASHA@EXAMPLE.COM')).toBe('too_many_attempts')
    expect(await repeat(6, () => api('wrong', '192.0.2.9', 'nobody@example.com'))).toEqual([
      ...Array(5).fill('invalid_credentials'),
      'too_many_attempts',
    ])
  })

  it('are forgotten after a full sign-in', async () => {
    await repeat(4, () => api('wrong'))
    expect(await api(testPassword)).toBe('done')
    expect(await repeat(5, () => api('wrong'))).toEqual(Array(5).fill('invalid_credentials'))
  })

  it('that were refused neither count nor extend the wait', async () => {
    await repeat(5, () => api('wrong'))
    core.turn(14 * minuteMs)
    expect(await repeat(20, () => api('wrong'))).toEqual(Array(20).fill('too_many_attempts'))
    core.turn(minuteMs + 1_000)
    expect(await api(testPassword)).toBe('done')
  })

  it('lock a client code for both daily sign-ins, known or not', async () => {
    expect(await repeat(5, () => synapsewave('wrong'))).toEqual(Array(5).fill('invalid_credentials'))
    expect([await kotak(testPassword), await synapsewave(testPassword)]).toEqual([
      'too_many_attempts',
      'too_many_attempts',
    ])
    expect(await repeat(6, () => kotak('wrong', 'NOBODY1'))).toEqual([
      ...Array(5).fill('invalid_credentials'),
      'too_many_attempts',
    ])
    core.turn(15 * minuteMs + 1_000)
    expect([await kotak(testPassword), await synapsewave(testPassword)]).toEqual(['done', 'done'])
  })

  it('are fifty an hour per account, over all ways in and all addresses', async () => {
    const tries = await repeat(80, (n) => {
      if (n % 8 === 7) return n % 2 === 0 ? kotak('wrong') : synapsewave('wrong')
      return api('wrong', `192.0.2.${n}`)
    })
    expect(tries.filter((outcome) => outcome === 'invalid_credentials')).toHaveLength(50)
    const after = [await api(testPassword, '198.51.100.1'), await kotak(testPassword), await synapsewave(testPassword)]
    expect(after).toEqual(Array(3).fill('too_many_attempts'))
    core.turn(61 * minuteMs)
    expect(await api(testPassword, '198.51.100.1')).toBe('done')
  })

  it('switch the password off at a hundred in a row, tell the owner, and a mailed reset switches it on', async () => {
    for (let hour = 0; hour < 2; hour++) {
      await repeat(50, (n) => api('wrong', `192.0.2.${n}`))
      core.turn(61 * minuteMs)
    }
    expect(await api(testPassword, '198.51.100.1')).toBe('too_many_attempts')
    core.turn(30 * 24 * 60 * minuteMs)
    expect(await api(testPassword, '198.51.100.1')).toBe('too_many_attempts')
    expect((await core.mails()).map(({ subject }) => subject)).toContain(
      'Signing in with your Banyan password is switched off',
    )
    await core.identity.passwords.forgot(email, testOrigin)
    const token = /#token=([\w-]+)/.exec((await core.mails()).at(-1)?.text ?? '')?.[1] ?? ''
    await core.identity.passwords.reset({ token, next: 'another horse 9' }, testOrigin)
    expect(await api('another horse 9', '198.51.100.1')).toBe('done')
  })

  it('elsewhere do not keep out the owner’s own device, which has a count of its own', async () => {
    const device = asha.deviceToken
    await repeat(60, (n) => api('wrong', `192.0.2.${n}`))
    const known = originFrom('api', '198.51.100.1', device)
    expect(await api(testPassword, '198.51.100.1')).toBe('too_many_attempts')
    expect(await outcomeOf(passwordSignIn(core, email, testPassword, known))).toBe('done')
    const tries = await repeat(6, () => outcomeOf(passwordSignIn(core, email, 'wrong', known)))
    expect(tries).toEqual([...Array(5).fill('invalid_credentials'), 'too_many_attempts'])
  })

  it('from another account’s device count like a stranger’s', async () => {
    const other = await core.addAccount('ravi@example.com')
    await repeat(60, (n) => api('wrong', `192.0.2.${n}`))
    const foreign = originFrom('api', '198.51.100.1', other.deviceToken)
    expect(await outcomeOf(passwordSignIn(core, email, testPassword, foreign))).toBe('too_many_attempts')
  })

  it('in parallel are no more than the limit: the count comes before the comparison', async () => {
    const before = hashes()
    const outcomes = await Promise.all(Array.from({ length: 100 }, () => api('wrong')))
    expect(outcomes.filter((outcome) => outcome === 'invalid_credentials')).toHaveLength(5)
    expect(hashes() - before).toBe(5)
  })

  it('a thousand of them from a hundred addresses test fifty passwords', async () => {
    const before = hashes()
    const outcomes: string[] = []
    for (let round = 0; round < 20; round++) {
      const tries = Array.from({ length: 50 }, (_, n) => api('wrong', `192.0.2.${(round * 50 + n) % 100}`))
      outcomes.push(...(await Promise.all(tries)))
    }
    const counted = outcomes.filter((outcome) => outcome === 'invalid_credentials').length
    expect(counted).toBe(hashes() - before)
    // A busy hasher compares nothing and counts nothing, so some of the fifty may not have been used up.
    expect(hashes() - before).toBeLessThanOrEqual(50)
    expect(new Set(outcomes)).toEqual(
      new Set(outcomes.filter((one) => ['invalid_credentials', 'too_many_attempts', 'unavailable'].includes(one))),
    )
  })

  it('cost one hash each, whether the name is known, unknown or without a password', async () => {
    const spent = async (work: () => Promise<string>) => {
      const before = hashes()
      await work()
      return hashes() - before
    }
    expect([
      await spent(() => api('wrong')),
      await spent(() => api('wrong', undefined, 'nobody@example.com')),
      await spent(() => kotak('wrong')),
      await spent(() => kotak('wrong', 'NOBODY1')),
      await spent(() => synapsewave('wrong')),
      await spent(() => synapsewave('wrong', 'NOBODY2')),
    ]).toEqual([1, 1, 1, 1, 1, 1])
  })
})

describe('wrong second factors', () => {
  it('are five per sign-in, and the fifth ends it', async () => {
    const { codeAt } = await enrolTotp(core, asha)
    const challenge = await challengeOf(core, email)
    const wrong = codeAt() === '000000' ? '000001' : '000000'
    const tries = await repeat(6, () =>
      outcomeOf(core.identity.signIn.withCode({ challenge, code: wrong }, testOrigin)),
    )
    expect(tries).toEqual([...Array(5).fill('invalid_second_factor'), 'challenge_expired'])
    const right = await outcomeOf(core.identity.signIn.withCode({ challenge, code: codeAt() }, testOrigin))
    expect(right).toBe('challenge_expired')
  })

  it('are ten an hour over all sign-ins and factors, then all wait 15 minutes, and the owner is told', async () => {
    const { codeAt, recoveryCodes } = await enrolTotp(core, asha)
    const guess = async (code: string) => {
      const challenge = await challengeOf(core, email)
      return outcomeOf(core.identity.signIn.withCode({ challenge, code }, testOrigin))
    }
    const wrong = codeAt() === '000000' ? '000001' : '000000'
    expect(await repeat(10, (n) => guess(n % 2 === 0 ? wrong : '0123456789'))).toEqual(
      Array(10).fill('invalid_second_factor'),
    )
    expect([await guess(codeAt()), await guess(recoveryCodes[0] ?? '')]).toEqual([
      'too_many_attempts',
      'too_many_attempts',
    ])
    const daily = {
      first: { kind: 'password', password: testPassword },
      second: { kind: 'totp', code: codeAt() },
    } as const
    expect(await outcomeOf(combinedSignIn(core, application, asha.account.clientCode, daily))).toBe('too_many_attempts')
    expect((await core.mails()).map(({ subject }) => subject)).toContain('Wrong codes for your Banyan account')
    core.turn(15 * minuteMs + 1_000)
    expect(await guess(codeAt())).toBe('done')
  })

  it('in a hundred parallel sign-ins with five guesses each are ten that were compared', async () => {
    const { codeAt } = await enrolTotp(core, asha)
    const wrong = codeAt() === '000000' ? '000001' : '000000'
    const challenges = await Promise.all(
      Array.from({ length: 100 }, () => challengeOf(core, email, originFrom('api', '192.0.2.1', asha.deviceToken))),
    ).catch(() => [])
    const some = challenges.length > 0 ? challenges : await sequentialChallenges(20)
    const guesses = some.flatMap((challenge) =>
      Array.from({ length: 5 }, () => outcomeOf(core.identity.signIn.withCode({ challenge, code: wrong }, testOrigin))),
    )
    const outcomes = await Promise.all(guesses)
    expect(outcomes.filter((outcome) => outcome === 'invalid_second_factor')).toHaveLength(10)
  })

  it('are fifty a day, then only a mailed reset opens before tomorrow', async () => {
    const { codeAt } = await enrolTotp(core, asha)
    const guess = async (code: string) =>
      outcomeOf(core.identity.signIn.withCode({ challenge: await challengeOf(core, email), code }, testOrigin))
    for (let hour = 0; hour < 5; hour++) {
      const wrong = [-1, 0, 1].map(codeAt).includes('000000') ? '999999' : '000000'
      await repeat(10, () => guess(wrong))
      core.turn(61 * minuteMs)
    }
    expect(await guess(codeAt())).toBe('too_many_attempts')
    await core.identity.passwords.forgot(email, testOrigin)
    const token = /#token=([\w-]+)/.exec((await core.mails()).at(-1)?.text ?? '')?.[1] ?? ''
    await core.identity.passwords.reset({ token, next: 'another horse 9' }, testOrigin)
    const result = await core.identity.signIn.withPassword({ email, password: 'another horse 9' }, testOrigin)
    const challenge = 'needed' in result ? result.needed.challenge : ''
    expect(await outcomeOf(core.identity.signIn.withCode({ challenge, code: codeAt() }, testOrigin))).toBe('done')
  })
})

async function sequentialChallenges(count: number): Promise<readonly string[]> {
  const challenges: string[] = []
  for (let n = 0; n < count; n++) challenges.push(await challengeOf(core, email))
  return challenges
}

describe('an MPIN', () => {
  const mpin = (pin: string, code: string) =>
    outcomeOf(
      combinedSignIn(core, application, asha.account.clientCode, {
        first: { kind: 'mpin', mpin: pin },
        second: { kind: 'totp', code },
      }),
    )

  it('is dead after five wrong ones in a row until a full sign-in', async () => {
    const { codeAt } = await enrolTotp(core, asha)
    await core.identity.factors.setMpin(await core.callerOf(asha), { mpin: '482910', udid: null }, testOrigin)
    expect(await mpin('482910', codeAt())).toBe('done')
    expect(await repeat(5, () => mpin('000001', codeAt()))).toEqual(Array(5).fill('invalid_credentials'))
    core.turn(15 * minuteMs + 1_000)
    expect(await mpin('482910', codeAt())).toBe('invalid_credentials')
    core.turn(30_000)
    const full = {
      first: { kind: 'password', password: testPassword },
      second: { kind: 'totp', code: codeAt() },
    } as const
    expect(await outcomeOf(combinedSignIn(core, application, asha.account.clientCode, full))).toBe('done')
    core.turn(30_000)
    expect(await mpin('482910', codeAt())).toBe('done')
  })
})
