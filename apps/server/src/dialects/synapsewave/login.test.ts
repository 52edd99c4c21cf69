import { BanyanError } from '@banyan/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testOrigin } from '../../modules/identity/testing/identity-core.ts'
import { audience } from './testing/sso-issuer.ts'
import {
  mpin,
  type Person,
  password,
  registeredIn,
  sessionIn,
  startWorld,
  trustedUdid,
  type World,
  wordOf,
} from './testing/synapsewave-world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.close())

const wrongCode = '000000'

/** Words of replies to the same login sent so many times. */
async function repeat(times: number, send: () => Promise<Parameters<typeof wordOf>[0]>): Promise<string[]> {
  const words: string[] = []
  for (let i = 0; i < times; i++) words.push(wordOf(await send()))
  return words
}

const withTotp = (person: Person, code: string, members: object = {}) =>
  world.login(person, { password, second_auth_type: 'TOTP', second_auth: code, ...members })
const withOtp = (person: Person, code: string, members: object = {}) =>
  world.login(person, { password, second_auth_type: 'OTP', second_auth: code, ...members })
const withDevice = (person: Person | string, members: object = {}) =>
  world.login(person, { password, second_auth_type: 'FINGERPRINT', second_auth: trustedUdid, ...members })
const register = (person: Person, api_key = world.key) =>
  world.login(person, { password, second_auth_type: 'REGISTER', api_key })
const withToken = (user: Person | string, token: string, members: object = {}) =>
  withDevice(user, { login_type: 'TOKEN', password: token, ...members })

async function sendOtp(person: Person): Promise<string> {
  expect(wordOf(await world.send('POST', 'otp/send', person))).toBe('200')
  return world.mailedCode(person)
}

describe('a password that is wrong', () => {
  it('locks the user id after five, whether anybody has it or not, also for the Kotak sign-in', async () => {
    const person = await world.addPerson({ totp: true })
    const code = person.code()
    expect(await repeat(5, () => withTotp(person, code, { password: 'not the password' }))).toEqual(
      Array(5).fill('e-21'),
    )
    const locked = await withTotp(person, code)
    expect([locked.status, locked.body.message]).toEqual([400, 'Account locked. Try again in 15 minutes.'])
    const application = await world.identity.credentials.findApplication(world.key)
    const kotak = { application, clientCode: person.clientCode, password }
    await expect(
      world.identity.signIn.requestAccessCode(kotak, { ...testOrigin, surface: 'kotak' }),
    ).rejects.toMatchObject({ code: 'too_many_attempts' })
    const nobody = () => world.login('NOBODY6', { password, second_auth_type: 'TOTP', second_auth: '123456' })
    expect(await repeat(6, nobody)).toEqual([...Array(5).fill('e-21'), 'e-25'])
    world.server.turn(15 * 60_000)
    expect(wordOf(await withTotp(person, person.code()))).toBe('200')
  })

  it('is told before the code is looked at, which stays good', async () => {
    const person = await world.addPerson({ totp: true })
    const code = person.code()
    expect(wordOf(await withTotp(person, code, { password: 'not the password' }))).toBe('e-21')
    expect(wordOf(await withTotp(person, code))).toBe('200')
    const other = await world.addPerson()
    const otp = await sendOtp(other)
    expect(await repeat(4, () => withOtp(other, otp, { password: 'not the password' }))).toEqual(Array(4).fill('e-21'))
    expect(wordOf(await withOtp(other, otp))).toBe('200')
  })
})

describe('a password with an accent', () => {
  it('is the same composed and decomposed', async () => {
    const person = await world.addPerson({ totp: true })
    const set = { old_password: password, new_password: 'caf\u00e9 au lait' }
    expect(wordOf(await world.send('PUT', 'password', person, set))).toBe('200')
    for (const typed of ['caf\u00e9 au lait', 'cafe\u0301 au lait'])
      expect(wordOf(await withTotp(person, person.code(), { password: typed }))).toBe('200')
    expect(wordOf(await withTotp(person, person.code(), { password: 'cafe au lait' }))).toBe('e-21')
  })
})

describe('a TOTP', () => {
  it('is refused when wrong and works once per step', async () => {
    const person = await world.addPerson({ totp: true })
    expect(wordOf(await withTotp(person, wrongCode))).toBe('e-17')
    const code = person.code()
    expect(await repeat(2, () => withTotp(person, code))).toEqual(['200', 'e-17'])
  })

  it('works for one of many parallel logins', async () => {
    const person = await world.addPerson({ totp: true })
    const code = person.code()
    const replies = await Promise.all(Array.from({ length: 4 }, () => withTotp(person, code)))
    expect(replies.map(wordOf).sort()).toEqual(['200', 'e-17', 'e-17', 'e-17'])
  })
})

describe('an OTP', () => {
  it('dies of five wrong ones', async () => {
    const person = await world.addPerson()
    const otp = await sendOtp(person)
    const wrong = otp === wrongCode ? '000001' : wrongCode
    expect(await repeat(5, () => withOtp(person, wrong))).toEqual(Array(5).fill('e-22'))
    expect(wordOf(await withOtp(person, otp))).toBe('e-23')
  })

  it('dies after five minutes', async () => {
    const person = await world.addPerson()
    const otp = await sendOtp(person)
    world.server.turn(301_000)
    expect(wordOf(await withOtp(person, otp))).toBe('e-23')
  })

  it('dies by a newer one, and then is a wrong one', async () => {
    const person = await world.addPerson()
    const former = await sendOtp(person)
    world.server.turn(30_000)
    const newer = await sendOtp(person)
    expect(former).not.toBe(newer)
    expect(wordOf(await withOtp(person, former))).toBe('e-22')
    expect(wordOf(await withOtp(person, newer))).toBe('200')
  })

  it('counts only without TOTP, unless the owner wants it beside', async () => {
    expect(wordOf(await withOtp(await world.addPerson({ totp: true }), '123456'))).toBe('e-30')
    const person = await world.addPerson({ totp: true, otpBesideTotp: true })
    expect(wordOf(await withOtp(person, await sendOtp(person)))).toBe('200')
  })
})

describe('a factor the account does not have', () => {
  it('is named in the refusal', async () => {
    const otp = await withOtp(await world.addPerson({ totp: true }), '123456')
    expect([otp.status, otp.body.message]).toEqual([400, 'OTP is not registered for this account.'])
    const totp = await withTotp(await world.addPerson(), '123456')
    expect([totp.status, totp.body.message]).toEqual([400, 'TOTP is not registered for this account.'])
  })
})

describe('REGISTER', () => {
  it('sends an OTP where that is the only second factor, and once only within 30 s', async () => {
    const person = await world.addPerson()
    const first = registeredIn(await register(person))
    expect(first).toMatchObject({ factors: ['OTP'], otp_sent: true, otp_channel: 'email', totp_enabled: false })
    const otp = await world.mailedCode(person)
    const second = registeredIn(await register(person))
    expect([second.otp_sent, await world.mailedCode(person)]).toEqual([true, otp])
    const login = { login_type: 'TOKEN', password: second.register_token }
    expect(wordOf(await withOtp(person, otp, login))).toBe('200')
  })

  it('sends none where there is another', async () => {
    const person = await world.addPerson({ totp: true, otpBesideTotp: true })
    expect(registeredIn(await register(person))).toMatchObject({ factors: ['OTP', 'TOTP'], otp_sent: false })
    const withAll = await world.addPerson({ totp: true, otpBesideTotp: true, device: true })
    expect(registeredIn(await register(withAll))).toMatchObject({
      factors: ['OTP', 'TOTP', 'FINGERPRINT'],
      otp_sent: false,
      mpin_enabled: true,
      fingerprint_enabled: true,
    })
    expect((await world.server.mails()).filter(({ to, code }) => to === person.email && code !== null)).toEqual([])
  })
})

describe('a register token', () => {
  it('signs in once, its own account, through its own application, within 900 s', async () => {
    const person = await world.addPerson({ device: true })
    const other = await world.addPerson({ device: true })
    const token = registeredIn(await register(person)).register_token
    expect(wordOf(await withToken(other, token))).toBe('e-24')
    expect(wordOf(await withToken(person, token, { api_key: world.otherKey }))).toBe('e-24')
    expect(await repeat(2, () => withToken(person, token))).toEqual(['200', 'e-24'])
    const late = registeredIn(await register(person)).register_token
    world.server.turn(901_000)
    expect(wordOf(await withToken(person, late))).toBe('e-24')
  })

  it('dies by a newer one and by five wrong second factors', async () => {
    const person = await world.addPerson({ device: true })
    const former = registeredIn(await register(person)).register_token
    const token = registeredIn(await register(person)).register_token
    expect(wordOf(await withToken(person, former))).toBe('e-24')
    expect(await repeat(5, () => withToken(person, token, { second_auth: 'NOBODYS-UDID' }))).toEqual(
      Array(5).fill('e-27'),
    )
    expect(wordOf(await withToken(person, token))).toBe('e-24')
  })

  it('is no session, and a session is no register token', async () => {
    const person = await world.addPerson({ device: true })
    const token = registeredIn(await register(person)).register_token
    expect(wordOf(await world.bearer('PUT', 'session', token))).toBe('e-35')
    const session = sessionIn(await withDevice(person))
    for (const other of [session.access_token, session.broadcast_access_token])
      expect(wordOf(await withToken(person, other))).toBe('e-24')
  })
})

describe('a device', () => {
  const bySetFingerprint = async (person: Person, udid: string) => {
    expect(wordOf(await world.send('POST', 'mpin/reset/send-otp', person))).toBe('200')
    const members = { group_Id: 'HO', type: 'SET_FINGERPRINT', udid, otp: await world.mailedCode(person) }
    return world.send('POST', '/interactive/authentication/t1/v1/setMPIN', person, members)
  }
  const asFirst = (person: Person | string, udid: string, code: string) =>
    world.login(person, { login_type: 'FINGERPRINT', password: udid, second_auth_type: 'TOTP', second_auth: code })

  it('opens nothing when a code alone registered it, until a login with password and code trusts it', async () => {
    const person = await world.addPerson({ totp: true })
    expect(wordOf(await bySetFingerprint(person, 'UDID-1'))).toBe('200')
    expect(wordOf(await asFirst(person, 'UDID-1', person.code()))).toBe('e-27')
    expect(wordOf(await withTotp(person, person.code(), { UDID: 'UDID-1' }))).toBe('200')
    expect(wordOf(await asFirst(person, 'UDID-1', person.code()))).toBe('200')
    expect(wordOf(await asFirst('NOBODY9', 'UDID-1', person.code()))).toBe('e-27')
  })

  it('is trusted by the UDID among its facts as well', async () => {
    const person = await world.addPerson({ totp: true })
    expect(wordOf(await withTotp(person, person.code(), { deviceinfo: { UDID: 'UDID-2' } }))).toBe('200')
    expect(wordOf(await asFirst(person, 'UDID-2', person.code()))).toBe('200')
  })

  it('is not trusted by a login with another device or with an MPIN', async () => {
    const person = await world.addPerson({ totp: true, device: true })
    expect(wordOf(await withDevice(person, { UDID: 'UDID-3' }))).toBe('200')
    expect(wordOf(await withTotp(person, person.code(), { login_type: 'MPIN', password: mpin, UDID: 'UDID-3' }))).toBe(
      '200',
    )
    expect(wordOf(await asFirst(person, 'UDID-3', person.code()))).toBe('e-27')
  })

  it('that mpin/reset/verify-otp registered is no second factor yet', async () => {
    const person = await world.addPerson()
    await world.send('POST', 'mpin/reset/send-otp', person)
    const members = { mpin: '739155', mobile_udid: 'UDID-4', otp: await world.mailedCode(person) }
    expect(wordOf(await world.send('POST', 'mpin/reset/verify-otp', person, members))).toBe('200')
    const login = { login_type: 'MPIN', password: '739155', second_auth: 'UDID-4' }
    expect(wordOf(await withDevice(person, login))).toBe('e-27')
  })

  it('is of its account alone', async () => {
    await world.addPerson({ device: true })
    expect(wordOf(await withDevice(await world.addPerson()))).toBe('e-27')
  })
})

describe('an MPIN login of an account without MPIN', () => {
  it('says so only to whom has the second factor', async () => {
    const person = await world.addPerson({ totp: true })
    const login = { login_type: 'MPIN', password: mpin }
    expect(wordOf(await withTotp(person, person.code(), login))).toBe('e-28')
    expect(wordOf(await withTotp(person, wrongCode, login))).toBe('e-21')
    expect(wordOf(await withOtp(person, wrongCode, login))).toBe('e-21')
    expect(wordOf(await withDevice(person, login))).toBe('e-21')
  })

  it('does not say that the account is disabled', async () => {
    const person = await world.addPerson({ totp: true })
    await world.identity.administration.lock(person.email)
    expect(wordOf(await withTotp(person, person.code(), { login_type: 'MPIN', password: mpin }))).toBe('e-21')
    expect(wordOf(await withTotp(person, person.code()))).toBe('e-14')
    expect(wordOf(await withTotp(person, person.code(), { password: 'not the password' }))).toBe('e-21')
  })
})

describe('an SSO token', () => {
  const claimsFor = (person: Person, change: object = {}) => {
    const now = Math.floor(world.server.now() / 1000)
    const base = { sub: person.email, ucc: person.clientCode, iat: now, exp: now + 300, jti: crypto.randomUUID() }
    return { ...base, ...change }
  }
  const enter = (person: Person, token: string, members: object = {}) =>
    world.login(person, { login_type: 'TP_TOKEN', password: token, ...members })
  const link = async (person: Person) => {
    const given = { assertion: await world.sso.signed(claimsFor(person)), password }
    await world.identity.factors.linkSso(person.caller, given, testOrigin)
  }

  it('stands alone and works once', async () => {
    const person = await world.addPerson()
    await link(person)
    const token = await world.sso.signed(claimsFor(person))
    expect(wordOf(await enter(person, token, { second_auth: '123456' }))).toBe('e-26')
    expect(await repeat(2, () => enter(person, token))).toEqual(['200', 'e-29'])
    const lower = await world.sso.signed(claimsFor(person, { ucc: person.clientCode.toLowerCase() }))
    expect(wordOf(await enter(person, lower))).toBe('200')
  })

  it('is refused with one text, whatever is wrong with it', async () => {
    const [person, other, stranger] = [await world.addPerson(), await world.addPerson(), await world.addPerson()]
    for (const linked of [person, other]) await link(linked)
    const now = Math.floor(world.server.now() / 1000)
    const { sso } = world
    const good = await sso.signed(claimsFor(person))
    const refused: Record<string, Awaited<ReturnType<typeof enter>>> = {
      'another audience': await enter(person, await sso.signed(claimsFor(person, { aud: 'somebody else' }))),
      expired: await enter(person, await sso.signed(claimsFor(person, { exp: now - 61 }))),
      'not valid yet': await enter(person, await sso.signed(claimsFor(person, { nbf: now + 120 }))),
      'issued in the future': await enter(person, await sso.signed(claimsFor(person, { iat: now + 120 }))),
      'issued 11 minutes ago': await enter(person, await sso.signed(claimsFor(person, { iat: now - 660 }))),
      HS256: await enter(person, await sso.signedByHmac(claimsFor(person))),
      'an unknown kid': await enter(person, await sso.signedByStranger(claimsFor(person))),
      'another issuer': await enter(person, await sso.signed(claimsFor(person, { iss: 'https://evil.example' }))),
      'another subject': await enter(person, await sso.signed(claimsFor(person, { sub: 'somebody else' }))),
      "another account's": await enter(person, await sso.signed(claimsFor(other))),
      'another user_id': await enter(other, await sso.signed(claimsFor(person))),
      'not linked': await enter(stranger, await sso.signed(claimsFor(stranger))),
      'no JWT': await enter(person, 'token'),
      'cut off': await enter(person, good.slice(0, -2)),
    }
    for (const [what, { status, text }] of Object.entries(refused)) {
      const body = '{"status":"error","code":"e-101","message":"SSO token is invalid.","errors":"e-29"}'
      expect([what, status, text]).toEqual([what, 400, body])
    }
    expect(wordOf(await enter(person, good))).toBe('200')
  })
})

describe('an upstream that does not answer', () => {
  it('is e-51: the mail of a register token, and the keys of an issuer', async () => {
    let isDown = false
    const mailer = {
      isConfigured: true,
      send: async () => {
        if (isDown) throw new BanyanError('unavailable')
      },
    }
    const gone = {
      issuer: 'https://gone.example',
      audience,
      jwksUri: 'http://127.0.0.1:1/',
      algorithms: ['ES256'],
    } as const
    const own = await startWorld({ identity: { mailer, ssoIssuers: [{ ...gone, userClaim: 'ucc' }] } })
    const person = await own.addPerson()
    const first = registeredIn(await own.login(person, { password, second_auth_type: 'REGISTER' }))
    isDown = true
    own.server.turn(30_000)
    expect(wordOf(await own.send('POST', 'otp/send', person))).toBe('200')
    own.server.turn(30_000)
    const withToken = await own.send('POST', 'otp/send', person, { register_token: first.register_token })
    const now = Math.floor(own.server.now() / 1000)
    const claims = { iss: gone.issuer, sub: 's', ucc: person.clientCode, iat: now, exp: now + 300 }
    const assertion = await own.sso.signed(claims)
    const withAssertion = await own.login(person, { login_type: 'TP_TOKEN', password: assertion })
    for (const reply of [withToken, withAssertion]) {
      const body = '{"status":"error","code":"e-101","message":"Service unavailable.","errors":"e-51"}'
      expect([reply.status, reply.text]).toEqual([503, body])
      expect(Number(reply.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
    }
    await own.close()
  })
})

describe('a sixth session', () => {
  it('ends the first', async () => {
    const person = await world.addPerson({ device: true })
    const tokens: string[] = []
    for (let i = 0; i < 6; i++) {
      tokens.push(sessionIn(await withDevice(person)).access_token)
      world.server.turn(1_000)
    }
    const words = await Promise.all(tokens.map(async (token) => wordOf(await world.bearer('PUT', 'session', token))))
    expect(words).toEqual(['e-35', '200', '200', '200', '200', '200'])
  })
})

describe('a full login', () => {
  it('tells the login before it, and whether there are MPIN, device and TOTP', async () => {
    const person = await world.addPerson({ device: true })
    sessionIn(await withDevice(person))
    const before = new Date(world.server.now() + 19_800_000).toISOString()
    world.server.turn(60_000)
    expect(sessionIn(await withDevice(person))).toMatchObject({
      login_time: `${before.slice(0, 10)} ${before.slice(11, 19)}`,
      mpin_enabled: true,
      fingerprint_enabled: true,
      totp_enabled: false,
    })
  })

  it('keeps what the device says of itself with the session', async () => {
    const person = await world.addPerson({ device: true })
    const deviceinfo = { DeviceModel: 'iPhone 12', IP: '192.168.1.1', os: 'iOS', nested: { a: 1 } }
    sessionIn(await withDevice(person, { deviceinfo }))
    const sessions = await world.identity.sessions.list(person.caller)
    expect(sessions.find(({ surface }) => surface === 'synapsewave')?.deviceFacts).toEqual({
      DeviceModel: 'iPhone 12',
      IP: '192.168.1.1',
      os: 'iOS',
    })
  })

  it('names the configured address before the dialled one', async () => {
    const own = await startWorld({ parts: { publicUrl: 'https://banyan.example' } })
    const person = await own.addPerson({ device: true })
    const members = { password, second_auth_type: 'FINGERPRINT', second_auth: trustedUdid }
    expect(sessionIn(await own.login(person, members)).others).toMatchObject({
      messageSocket: 'https://banyan.example',
      broadCastSocket: 'wss://banyan.example',
    })
    await own.close()
  })
})
