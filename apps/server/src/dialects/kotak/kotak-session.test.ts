import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testOrigin } from '../../modules/identity/testing/identity-core.ts'
import { type KotakWorld, startKotakWorld } from './testing/kotak-world.ts'

const minuteMs = 60_000

/** The numbered test cases of kotak.md §10, on the real account core and database. */
describe('a sign-in by access code', () => {
  let world: KotakWorld
  beforeAll(async () => {
    world = await startKotakWorld()
  })
  afterAll(() => world.close())

  it('goes from init over login and the code to a session that logout ends', async () => {
    const person = await world.createPerson()
    expect((await person.init()).body).toHaveProperty('Success.userid', person.clientCode)
    const login = await person.login()
    expect(login.status).toBe(200)
    const session = await person.sendCode(login.oneTimeToken, await world.codeFor(person))
    expect([session.status, Object.keys(session.body)]).toEqual([200, ['success']])
    expect((await person.logout(session.sessionToken)).text).toBe('{"Success":{"message":"Logout Successful."}}')
  })

  it('case 4: answers 900901 with a body to no bearer, an unknown one, and one of another application', async () => {
    const [person, other] = [await world.createPerson(), await world.createPerson()]
    const disabled = await world.createPerson()
    await disabled.changeApplication({ isEnabled: false })
    const refused: Record<string, Record<string, string | undefined>> = {
      'no bearer': { authorization: undefined },
      'an unknown one': { authorization: `Bearer ${'0'.repeat(32)}` },
      "another application's": { authorization: `Bearer ${other.accessToken}` },
      'another scheme': { authorization: `Basic ${person.accessToken}` },
      'no consumer key': { consumerKey: undefined },
      'an unknown consumer key': { consumerKey: 'nobody' },
      'a consumer key over 128 characters': { consumerKey: 'k'.repeat(129) },
      'a disabled application': {
        authorization: `Bearer ${disabled.accessToken}`,
        consumerKey: disabled.consumerKey,
      },
    }
    for (const [what, headers] of Object.entries(refused)) {
      for (const reply of [await person.init(headers), await person.login({}, headers)]) {
        expect([what, reply.status, reply.fault?.code]).toEqual([what, 401, 900901])
        expect(reply.text).toBe(
          '{"fault":{"code":900901,"message":"Invalid Credentials","description":"The bearer token or the consumer key is missing, unknown, expired or revoked."}}',
        )
        expect(reply.headers['www-authenticate']).toBe('Bearer')
      }
    }
    expect((await person.init({ authorization: `bearer ${person.accessToken}` })).status).toBe(200)
  })

  it('case 6: locks after five wrong passwords, for a userid nobody has as well, and opens after 15 minutes', async () => {
    const person = await world.createPerson()
    for (const userid of [person.clientCode, world.unknownClientCode()]) {
      for (let i = 0; i < 5; i++) {
        const wrong = await person.login({ userid, password: `wrong password ${i}` })
        expect([wrong.status, wrong.fault?.code]).toEqual([401, 100001])
      }
      const locked = await person.login({ userid })
      expect([locked.status, locked.fault?.code]).toEqual([401, 100004])
      expect(locked.fault?.description).toBe('Too many failed attempts. Try again in 15 minutes.')
    }
    world.turn(15 * minuteMs + 1_000)
    expect((await person.login()).status).toBe(200)
  })

  it('case 5, bytes: says the same for a wrong password and an unknown userid', async () => {
    const person = await world.createPerson()
    const wrong = await person.login({ password: 'not the password' })
    const unknown = await person.login({ userid: world.unknownClientCode() })
    expect(wrong.text).toBe(
      '{"fault":{"code":100001,"message":"Login failed","description":"Wrong userid or password."}}',
    )
    expect(unknown.text).toBe(wrong.text)
    expect(unknown.comparableHeaders).toEqual(wrong.comparableHeaders)
  })

  it('case 8: takes a userid in any case and gives the client code in upper case', async () => {
    const person = await world.createPerson()
    const userid = person.clientCode.toLowerCase()
    const login = await person.login({ userid })
    const session = await person.sendCode(login.oneTimeToken.toLowerCase(), await world.codeFor(person), { userid })
    expect(session.body).toHaveProperty('success.clientCode', person.clientCode)
    expect(session.body).toHaveProperty('success.userId', person.clientCode)
    expect((await person.logout(session.sessionToken.toLowerCase(), { userid })).status).toBe(200)
  })

  it('case 9: a token dies with the fifth wrong code', async () => {
    const person = await world.createPerson()
    const { oneTimeToken } = await person.login()
    const code = await world.codeFor(person)
    for (let i = 0; i < 5; i++) {
      const wrong = await person.sendCode(oneTimeToken, otherThan(code))
      expect([wrong.status, wrong.fault?.code]).toEqual([401, 100002])
    }
    const late = await person.sendCode(oneTimeToken, code)
    expect([late.status, late.fault?.code]).toEqual([401, 100003])
  })

  it('case 9, beyond: ten wrong codes, whatever the token, lock the account for 15 minutes, also with the right password', async () => {
    const person = await world.createPerson()
    for (let token = 0; token < 2; token++) {
      const { oneTimeToken } = await person.login()
      const code = await world.codeFor(person)
      for (let i = 0; i < 5; i++)
        expect((await person.sendCode(oneTimeToken, otherThan(code))).fault?.code).toBe(100002)
    }
    const locked = await person.login()
    expect([locked.status, locked.fault?.code]).toEqual([401, 100004])
    expect(locked.fault?.description).toBe('Too many failed attempts. Try again in 15 minutes.')
    world.turn(15 * minuteMs + 1_000)
    expect((await person.signIn()).status).toBe(200)
  })

  it('tells whether the account has an MPIN and a device, and nothing else of it', async () => {
    const person = await world.createPerson()
    const before = (await person.login()).body
    expect(before).toMatchObject({ Success: { mpin: 'N', biometric: 'N', emailId: 'XXXX@example.com', phoneNo: '' } })
    const { factors, accounts } = world.server.identity
    await factors.setMpin(person.caller, { mpin: '482913', udid: 'a-phone' }, testOrigin)
    await accounts.update(person.caller, { changes: { mobile: '+919812345828' }, password: null }, testOrigin)
    const after = (await person.login()).body
    expect(after).toMatchObject({ Success: { mpin: 'Y', biometric: 'Y', phoneNo: 'XXXXXXX828' } })
  })

  it('says that an account is locked by the owner of the server only to who knows its password', async () => {
    const person = await world.createPerson()
    const { oneTimeToken } = await person.login()
    await world.server.identity.administration.lock(person.email)
    const description = 'This account is locked by the owner of this server.'
    const fault = { code: 100004, message: 'Account locked', description }
    expect((await person.sendCode(oneTimeToken, await world.codeFor(person))).fault).toEqual(fault)
    expect((await person.login()).fault).toEqual(fault)
    expect((await person.login({ password: 'not the password' })).fault?.code).toBe(100001)
  })

  it('case 10: a code is good for 5 minutes and its token for 15', async () => {
    const person = await world.createPerson()
    const { oneTimeToken } = await person.login()
    const code = await world.codeFor(person)
    world.turn(5 * minuteMs + 1_000)
    expect((await person.sendCode(oneTimeToken, code)).fault?.code).toBe(100002)
    world.turn(10 * minuteMs)
    expect((await person.sendCode(oneTimeToken, code)).fault?.code).toBe(100003)
    const next = await person.login()
    world.turn(5 * minuteMs - 1_000)
    expect((await person.sendCode(next.oneTimeToken, await world.codeFor(person))).status).toBe(200)
  })

  it('case 11: a one-time token opens one session, also when 10 ask at once', async () => {
    const person = await world.createPerson()
    const first = await person.login()
    const code = await world.codeFor(person)
    expect((await person.sendCode(first.oneTimeToken, code)).status).toBe(200)
    expect((await person.sendCode(first.oneTimeToken, code)).fault?.code).toBe(100003)
    const { oneTimeToken } = await person.login()
    const right = await world.codeFor(person)
    const replies = await Promise.all(Array.from({ length: 10 }, () => person.sendCode(oneTimeToken, right)))
    const outcomes = replies.map(({ status, fault }) => fault?.code ?? status).sort()
    expect(outcomes).toEqual([200, ...Array.from({ length: 9 }, () => 100003)].sort())
  })

  it('case 12: a newer login ends the earlier token', async () => {
    const person = await world.createPerson()
    const first = await person.login()
    const firstCode = await world.codeFor(person)
    const second = await person.login()
    expect((await person.sendCode(first.oneTimeToken, firstCode)).fault?.code).toBe(100003)
    expect((await person.sendCode(second.oneTimeToken, await world.codeFor(person))).status).toBe(200)
  })

  it('case 13: a token is refused with another userid or from another application, and stays good', async () => {
    const [person, other] = [await world.createPerson(), await world.createPerson()]
    const { oneTimeToken } = await person.login()
    const code = await world.codeFor(person)
    const foreignUser = await person.sendCode(oneTimeToken, code, { userid: other.clientCode })
    const foreignApplication = await person.sendCode(oneTimeToken, code, {}, other.callHeaders)
    expect([foreignUser.fault?.code, foreignApplication.fault?.code]).toEqual([100003, 100003])
    expect((await person.sendCode(oneTimeToken, code)).status).toBe(200)
  })

  it('case 13, beyond: the code of one account does nothing for the token of another', async () => {
    const [person, other] = [await world.createPerson(), await world.createPerson()]
    const { oneTimeToken } = await person.login()
    await other.login()
    const own = await world.codeFor(person)
    const foreign = await world.codeFor(other)
    const reply = await person.sendCode(oneTimeToken, foreign === own ? otherThan(own) : foreign)
    expect(reply.fault?.code).toBe(100002)
  })

  it('case 14: does without a code only where the account has switched it off', async () => {
    const person = await world.createPerson()
    const first = await person.login()
    const refused = await person.sendToken(first.oneTimeToken)
    expect([refused.status, refused.fault?.code]).toEqual([401, 100005])
    expect((await person.sendCode(first.oneTimeToken, await world.codeFor(person))).status).toBe(200)
    await person.changeApplication({ noAccessCode: true })
    const { oneTimeToken } = await person.login()
    const session = await person.sendToken(oneTimeToken)
    expect([session.status, Object.keys(session.body)]).toEqual([200, ['success']])
    expect((await person.sendToken(oneTimeToken)).fault?.code).toBe(100003)
    expect((await person.logout(session.sessionToken)).status).toBe(200)
  })

  it('case 15: refuses an access code that is a number, empty, null, too long or of other digits', async () => {
    const person = await world.createPerson()
    const { oneTimeToken } = await person.login()
    for (const accessCode of [1234, '', null, '123', '12345', '１２３４', '12 4', ['1234'], undefined]) {
      const reply = await person.sendCode(oneTimeToken, accessCode)
      expect([accessCode, reply.status, reply.fault?.code]).toEqual([accessCode, 400, 100000])
      expect(reply.fault?.description).toBe(
        accessCode === undefined ? 'accessCode: is required' : 'accessCode: must be a string of 4 digits',
      )
    }
    expect((await person.sendCode(oneTimeToken, await world.codeFor(person))).status).toBe(200)
  })

  it('case 16: ends a session once, only with its own userid and application, and at 06:00 IST by itself', async () => {
    const [person, other] = [await world.createPerson(), await world.createPerson()]
    const { sessionToken } = await person.signIn()
    for (const reply of [
      await person.logout(sessionToken, { userid: other.clientCode }),
      await person.logout(sessionToken, other.callHeaders),
      await person.logout('0'.repeat(32)),
      await person.logout('not a token'),
    ]) {
      expect([reply.status, reply.text]).toEqual([
        401,
        '{"fault":{"code":99999,"message":"Session ended","description":"The session token is expired or not valid. Log in again."}}',
      ])
    }
    expect((await person.logout(sessionToken)).status).toBe(200)
    expect((await person.logout(sessionToken)).fault?.code).toBe(99999)

    world.turnTo('23:59:59')
    const evening = await person.signIn()
    world.turn(1_000)
    const midnight = await person.signIn()
    world.turn(6 * 60 * minuteMs - 1_000)
    expect((await person.logout(evening.sessionToken, { userid: other.clientCode })).fault?.code).toBe(99999)
    const stillGood = await person.signIn()
    expect((await person.logout(stillGood.sessionToken)).status).toBe(200)
    world.turn(1_000)
    expect((await person.logout(evening.sessionToken)).fault?.code).toBe(99999)
    world.turn(24 * 60 * minuteMs - 1_000)
    expect((await person.logout(midnight.sessionToken)).status).toBe(200)
  })

  it('V5: a session issued a second before midnight lives to 06:00, one issued at midnight to the next day', async () => {
    const person = await world.createPerson()
    world.turnTo('23:59:59')
    const evening = await person.signIn()
    world.turn(6 * 60 * minuteMs)
    expect((await person.logout(evening.sessionToken)).status).toBe(200)
    world.turnTo('00:00:00')
    const midnight = await person.signIn()
    world.turn(30 * 60 * minuteMs)
    expect((await person.logout(midnight.sessionToken)).fault?.code).toBe(99999)
  })

  it('ends one session when 10 ask at once', async () => {
    const person = await world.createPerson()
    const { sessionToken } = await person.signIn()
    const replies = await Promise.all(Array.from({ length: 10 }, () => person.logout(sessionToken)))
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(replies.filter(({ fault }) => fault?.code === 99999)).toHaveLength(9)
  })

  it('case 17: takes DELETE with a JSON type and no body', async () => {
    const person = await world.createPerson()
    for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded']) {
      const { sessionToken } = await person.signIn()
      expect((await person.logout(sessionToken, { 'content-type': type })).status).toBe(200)
    }
  })

  it('case 19: while mail is down login is 503 without a token, and the earlier token is unharmed', async () => {
    const person = await world.createPerson()
    const { oneTimeToken } = await person.login()
    const code = await world.codeFor(person)
    world.breakMail()
    const failed = await person.login()
    world.mendMail()
    expect([failed.status, failed.fault?.code, failed.fault?.message]).toEqual([503, 101503, 'Service unavailable'])
    expect(failed.oneTimeToken).toBe('')
    expect(Number(failed.headers['retry-after'])).toBeGreaterThanOrEqual(1)
    expect(Number(failed.headers['retry-after'])).toBeLessThanOrEqual(60)
    expect((await person.sendCode(oneTimeToken, code)).status).toBe(200)
  })

  it('sends five access codes in 15 minutes and then says when to come back', async () => {
    const person = await world.createPerson()
    for (let i = 0; i < 5; i++) expect((await person.login()).status).toBe(200)
    const sixth = await person.login()
    expect([sixth.status, sixth.fault?.code, sixth.fault?.message]).toEqual([429, 900800, 'Too many requests'])
    expect(sixth.headers['retry-after']).toBe('60')
    expect(sixth.fault?.description).toBe('Limit reached. Try again in 900 seconds.')
    world.turn(15 * minuteMs)
    expect((await person.login()).status).toBe(200)
  })

  it('keeps five sessions of an account; the oldest goes', async () => {
    const person = await world.createPerson()
    await person.changeApplication({ noAccessCode: true })
    const tokens: string[] = []
    for (let i = 0; i < 6; i++) {
      world.turn(i === 5 ? 16 * minuteMs : 1_000)
      tokens.push((await person.sendToken((await person.login()).oneTimeToken)).sessionToken)
    }
    const [oldest = '', second = ''] = tokens
    expect((await person.logout(oldest)).fault?.code).toBe(99999)
    expect((await person.logout(second)).status).toBe(200)
  })

  it('no value seen before the second factor opens anything (quality bar T1)', async () => {
    const person = await world.createPerson()
    const login = await person.login()
    const seen = [login.oneTimeToken, person.accessToken, person.consumerKey, person.consumerSecret, person.clientCode]
    for (const value of seen) {
      expect([value, (await person.logout(value)).fault?.code]).toEqual([value, 99999])
      const asBearer = await person.init({ authorization: `Bearer ${value}` })
      if (value !== person.accessToken) expect([value, asBearer.fault?.code]).toEqual([value, 900901])
      if (value === login.oneTimeToken) continue
      expect([value, (await person.sendToken(value)).fault?.code]).toEqual([value, 100003])
    }
  })

  it('a session token opens neither a second factor nor a bearer call (quality bar J4)', async () => {
    const person = await world.createPerson()
    const { sessionToken } = await person.signIn()
    expect((await person.sendToken(sessionToken)).fault?.code).toBe(100003)
    expect((await person.sendCode(sessionToken, '1234')).fault?.code).toBe(100003)
    expect((await person.init({ authorization: `Bearer ${sessionToken}` })).fault?.code).toBe(900901)
    expect((await person.logout(sessionToken)).status).toBe(200)
  })
})

function otherThan(code: string): string {
  return code === '0000' ? '0001' : '0000'
}
