import { inflateSync } from 'node:zlib'
import { generate } from 'lean-qr'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testOrigin } from '../../modules/identity/testing/identity-core.ts'
import {
  mpin,
  type Person,
  password,
  type Reply,
  registeredIn,
  sessionIn,
  startWorld,
  trustedUdid,
  type World,
  wordOf,
} from './testing/synapsewave-world.ts'
import { totpCode } from './testing/totp-code.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.close())

const done = (message: string) => JSON.stringify({ status: 'success', code: 's-101', message })
const withDevice = (person: Person, members: object = {}) =>
  world.login(person, { password, second_auth_type: 'FINGERPRINT', second_auth: trustedUdid, ...members })
const tokenOf = async (person: Person) => sessionIn(await withDevice(person)).access_token

/** Asks for an OTP of a purpose and returns it; the OTP before it must be 30 s old. */
async function otpFor(person: Person, path: string): Promise<string> {
  world.server.turn(30_000)
  const reply = await world.send('POST', path, person)
  expect(wordOf(reply)).toBe('200')
  return world.mailedCode(person)
}

async function tokenFor(person: Person, path: string): Promise<string> {
  const reply = await world.send('POST', 'otp/verify', person, { otp: await otpFor(person, path) })
  expect(reply.text).toMatch(
    /^\{"status":"success","code":"s-101","message":"OTP Verified Successfully","data":"[\w.-]+"\}$/,
  )
  return String(reply.body.data)
}
const forPassword = 'password/reset/send-otp'
const forMpin = 'mpin/reset/send-otp'

describe('profile', () => {
  it('shows what the account has, and nothing for what it has not', async () => {
    const person = await world.addPerson({ device: true })
    await world.identity.accounts.update(
      person.caller,
      { changes: { mobile: '+919876543210' }, password: null },
      testOrigin,
    )
    const token = await tokenOf(person)
    expect((await world.bearer('GET', 'profile', token)).text).toBe(
      `{"status":"success","code":"s-101","message":"User profile fetched successfully","data":{"user_name":"Asha Rao","email":"${person.email}","mobile_no":"9876543210","pan":"","address":"","mpin_enabled":true,"fingerprint_enabled":true,"dob":"","gender":"","bank_details":[],"dp_details":[],"mf_details":[]}}`,
    )
    for (const [mobile, shown] of [
      [null, ''],
      ['+14155550123', '+14155550123'],
    ] as const) {
      await world.identity.accounts.update(person.caller, { changes: { mobile }, password: null }, testOrigin)
      expect((await world.bearer('GET', 'profile', token)).body.data).toMatchObject({ mobile_no: shown })
    }
  })
})

describe('sending an OTP', () => {
  it('is answered alike for an account and for a name nobody has, and once in 30 s', async () => {
    const person = await world.addPerson()
    const unreachable = await world.addPerson({ totp: true })
    for (const [path, message, data] of [
      ['otp/send', 'OTP sent.', { resend_after: 30, expires_in: 300 }],
      [forPassword, 'OTP sent to reset Password.', undefined],
      [forMpin, 'OTP Sent Reset MPIN & Fingerprint', undefined],
    ] as const) {
      for (const user of [person, 'NOBODY7', unreachable]) {
        const first = await world.send('POST', path, user)
        expect(first.text).toBe(JSON.stringify({ status: 'success', code: 's-101', message, data }))
        world.server.turn(1_000)
        const second = await world.send('POST', path, user)
        expect([second.status, second.headers.get('retry-after'), second.text]).toEqual([
          429,
          '29',
          '{"status":"error","code":"e-101","message":"Wait 29 seconds before requesting another OTP.","errors":"e-37"}',
        ])
      }
      world.server.turn(30_000)
    }
  })

  it('keeps a phantom for who gets none: the same refusals of what is tried', async () => {
    const person = await world.addPerson()
    for (const user of [person, 'NOBODY8']) {
      const otpVerify = () => world.send('POST', 'otp/verify', user, { otp: '000000' })
      expect([user, wordOf(await otpVerify())]).toEqual([user, 'e-23'])
      await world.send('POST', forPassword, user)
      const words: string[] = []
      for (let i = 0; i < 6; i++) words.push(wordOf(await otpVerify()))
      expect(words).toEqual([...Array(5).fill('e-22'), 'e-23'])
    }
  })

  it('is limited to five in 15 minutes per account, over all purposes', async () => {
    const person = await world.addPerson()
    for (const path of ['otp/send', forPassword, forMpin, 'otp/send', forPassword]) await otpFor(person, path)
    world.server.turn(30_000)
    const sixth = await world.send('POST', forMpin, person)
    expect([wordOf(sixth), sixth.status, Number(sixth.headers.get('retry-after'))]).toEqual(['e-36', 429, 750])
  })

  it('takes a register token that lives, and no other', async () => {
    const person = await world.addPerson()
    const other = await world.addPerson()
    const { register_token } = registeredIn(await world.login(person, { password, second_auth_type: 'REGISTER' }))
    world.server.turn(30_000)
    expect(wordOf(await world.send('POST', 'otp/send', other, { register_token }))).toBe('e-24')
    expect(wordOf(await world.send('POST', 'otp/send', person, { register_token: 'no.such.token' }))).toBe('e-24')
    expect(wordOf(await world.send('POST', 'otp/send', person, { register_token }))).toBe('200')
    const login = { login_type: 'TOKEN', password: register_token, second_auth_type: 'OTP' }
    expect(wordOf(await world.login(person, { ...login, second_auth: await world.mailedCode(person) }))).toBe('200')
    world.server.turn(30_000)
    expect(wordOf(await world.send('POST', 'otp/send', person, { register_token }))).toBe('e-24')
  })
})

describe('a forgotten password', () => {
  it('is set anew with the token of an OTP, once, and every session ends', async () => {
    const person = await world.addPerson({ device: true })
    const session = await tokenOf(person)
    const otp = await tokenFor(person, forPassword)
    const reset = (new_password: string) => world.send('PUT', 'password/reset', person, { new_password, otp })
    const refused = await reset(person.email)
    expect([wordOf(refused), refused.body.message]).toEqual([
      'e-38',
      'New password or MPIN is not acceptable: must not be a name, address or code of the account or the server',
    ])
    expect((await reset('Mysecure@123')).text).toBe(done('Password changed Successfully'))
    expect(wordOf(await reset('Mysecure@124'))).toBe('e-39')
    expect(wordOf(await world.bearer('PUT', 'session', session))).toBe('e-35')
    expect(wordOf(await withDevice(person))).toBe('e-21')
    const login = { password: 'Mysecure@123', second_auth_type: 'OTP', second_auth: await otpFor(person, 'otp/send') }
    expect(wordOf(await world.login(person, login))).toBe('200')
  })

  it('is set anew with the OTP itself, and a lock is over', async () => {
    const person = await world.addPerson({ device: true })
    for (let i = 0; i < 5; i++) await withDevice(person, { password: 'not the password' })
    expect(wordOf(await withDevice(person))).toBe('e-25')
    const otp = await otpFor(person, forPassword)
    const wrong = otp === '000000' ? '000001' : '000000'
    const reset = (proof: string) =>
      world.send('PUT', 'password/reset', person, { new_password: 'Mysecure@123', otp: proof })
    expect(wordOf(await reset(wrong))).toBe('e-22')
    expect(wordOf(await reset(otp))).toBe('200')
    expect(wordOf(await reset(otp))).toBe('e-23')
    const login = { password: 'Mysecure@123', second_auth_type: 'OTP', second_auth: await otpFor(person, 'otp/send') }
    expect(wordOf(await world.login(person, login))).toBe('200')
  })

  it('is not set with what is for something else', async () => {
    const person = await world.addPerson({ device: true })
    const other = await world.addPerson()
    const reset = (otp: string, members: object = {}) =>
      world.send('PUT', 'password/reset', person, { new_password: 'Mysecure@123', otp, ...members })
    const login = await otpFor(person, 'otp/send')
    expect(wordOf(await world.send('POST', 'otp/verify', person, { otp: login }))).toBe('e-23')
    expect(wordOf(await reset(login))).toBe('e-23')
    expect(wordOf(await reset(await tokenFor(person, forMpin)))).toBe('e-39')
    const token = await tokenFor(person, forPassword)
    expect(wordOf(await reset(token, { user_id: other.clientCode }))).toBe('e-39')
    expect(wordOf(await reset(token, { user_id: 'NOBODY2' }))).toBe('e-39')
    expect(wordOf(await reset(token, { api_key: world.otherKey }))).toBe('e-39')
    const session = sessionIn(await withDevice(person))
    const { register_token } = registeredIn(await world.login(person, { password, second_auth_type: 'REGISTER' }))
    for (const foreign of [session.access_token, session.broadcast_access_token, register_token, 'no token'])
      expect(wordOf(await reset(foreign))).toBe('e-39')
    world.server.turn(601_000)
    expect(wordOf(await reset(token))).toBe('e-39')
    expect(wordOf(await withDevice(person))).toBe('200')
  })
})

describe('changing the password', () => {
  it('needs the old one, which counts like a login, and ends every session', async () => {
    const person = await world.addPerson({ device: true })
    const session = await tokenOf(person)
    const change = (old_password: string, new_password = 'Mysecure@123') =>
      world.send('PUT', 'password', person, { old_password, new_password })
    expect(wordOf(await change(password, password))).toBe('e-38')
    expect(wordOf(await change(password, 'password1'))).toBe('e-38')
    expect(wordOf(await change(password, '1234567'))).toBe('e-20')
    expect(wordOf(await change('not the password'))).toBe('e-21')
    expect((await change(password)).text).toBe(done('Password changed successfully.'))
    expect(wordOf(await world.bearer('PUT', 'session', session))).toBe('e-35')
    for (let i = 0; i < 4; i++) expect(wordOf(await change('not the password'))).toBe('e-21')
    expect(wordOf(await change('Mysecure@123', 'Mysecure@124'))).toBe('e-25')
    expect(
      wordOf(await world.send('PUT', 'password', 'NOBODY3', { old_password: password, new_password: 'Mysecure@123' })),
    ).toBe('e-21')
  })
})

describe('an MPIN', () => {
  it('is set in a session, with a device to trust', async () => {
    const person = await world.addPerson({ device: true })
    const token = await tokenOf(person)
    const set = (body: object) => world.bearer('POST', 'mpin', token, body)
    const words: Record<string, string> = {}
    for (const value of [12, '12', 1111, 1234, '4321', 482910, '0421'])
      words[JSON.stringify(value)] = wordOf(await set({ mpin: value }))
    expect(words).toEqual({
      '12': 'e-20',
      '"12"': 'e-20',
      '1111': 'e-38',
      '1234': 'e-38',
      '"4321"': 'e-38',
      '482910': '200',
      '"0421"': '200',
    })
    expect((await set({ mpin: '0421', mobile_udid: 'UDID-5' })).text).toBe(
      done('MPIN/Fingerprint Registered Successfully.'),
    )
    const login = { login_type: 'MPIN', password: '0421', second_auth: 'UDID-5' }
    expect(wordOf(await withDevice(person, login))).toBe('200')
  })

  it('is changed by the old one, which counts like a login', async () => {
    const person = await world.addPerson({ device: true })
    const without = await world.addPerson()
    const change = (user: Person, old_mpin: unknown, new_mpin: unknown = '0421') =>
      world.send('PUT', 'mpin', user, { old_mpin, new_mpin })
    expect(wordOf(await change(without, mpin))).toBe('e-21')
    expect(wordOf(await change(person, '739155'))).toBe('e-21')
    expect(wordOf(await change(person, mpin, 1111))).toBe('e-38')
    expect((await change(person, Number(mpin))).text).toBe(done('MPIN changed successfully.'))
    for (let i = 0; i < 4; i++) expect(wordOf(await change(person, mpin))).toBe('e-21')
    expect(wordOf(await change(person, '0421', '739155'))).toBe('e-25')
  })

  it('is set anew by an OTP, with a device that opens nothing yet', async () => {
    const person = await world.addPerson({ device: true })
    const otp = await tokenFor(person, forMpin)
    const reset = (value: unknown, members: object = {}) =>
      world.send('POST', 'mpin/reset/verify-otp', person, { mpin: value, mobile_udid: 'UDID-6', otp, ...members })
    expect(wordOf(await reset('1111'))).toBe('e-38')
    expect(wordOf(await reset('0421', { mobile_udid: null }))).toBe('e-20')
    expect((await reset('0421')).text).toBe(done('MPIN& Fingerprint Set Successfully'))
    expect(wordOf(await reset('739155'))).toBe('e-39')
    expect(wordOf(await reset('739155', { otp: await tokenFor(person, forPassword) }))).toBe('e-39')
    const login = { login_type: 'MPIN', password: '0421' }
    expect(wordOf(await withDevice(person, { ...login, second_auth: 'UDID-6' }))).toBe('e-27')
    expect(wordOf(await withDevice(person, login))).toBe('200')
  })
})

describe('set-fingerprint', () => {
  const set = (person: Person, members: object, tenant = 'tenant-1') =>
    world.send('POST', `/interactive/authentication/${tenant}/v1/setMPIN`, person, {
      group_Id: 'HO',
      type: 'SET_FINGERPRINT',
      udid: 'UDID-7',
      ...members,
    })
  const refusal = (message: string, errors: string) => JSON.stringify({ status: false, result: [{ message, errors }] })

  it('has an envelope of its own for good and bad', async () => {
    const person = await world.addPerson()
    const otp = await otpFor(person, forMpin)
    const wrong = await set(person, { otp: otp === '000000' ? '000001' : '000000' })
    expect([wrong.status, wrong.text]).toEqual([400, refusal('Incorrect OTP.', 'e-22')])
    expect(wrong.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect((await set(person, { otp })).text).toBe(
      '{"status":true,"result":[{"message":"Fingerprint set successfully"}]}',
    )
    expect((await world.identity.factors.list(person.caller)).devices.map(({ isTrusted }) => isTrusted)).toEqual([
      false,
    ])
    const malformed = await set(person, { otp, type: 'SET_MPIN' })
    expect([malformed.status, malformed.text]).toEqual([
      400,
      refusal('Invalid request: type: must be one of SET_FINGERPRINT', 'e-20'),
    ])
    const tenant = await set(person, { otp }, 'a.b')
    expect([tenant.status, tenant.body.result?.[0]?.message]).toEqual([
      400,
      'Invalid request: tenantid: must be 1 to 64 letters, digits, _ or -',
    ])
    const key = await set(person, { otp, api_key: 'nobody' })
    expect([key.status, key.text]).toEqual([403, refusal('x-api-key or api_key is not valid.', 'e-31')])
  })

  it('keeps its envelope and the length of it where the parser refuses', async () => {
    const url = `${world.server.url}/interactive/authentication/t1/v1/setMPIN`
    const reply = await fetch(url, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'x' })
    const text = refusal('Content-Type must be application/json.', 'e-43')
    expect([reply.status, reply.headers.get('content-length'), await reply.text()]).toEqual([
      415,
      `${text.length}`,
      text,
    ])
  })
})

describe('TOTP', () => {
  const registerTotp = (person: Person, otp: string, members: object = {}) =>
    world.send('POST', 'registertotp', person, { otp, ...members })
  const verify = async (person: Person, code: string) => {
    const token = await tokenOf(person)
    return world.bearer('POST', 'verifytotp', token, { second_auth: code })
  }
  const dataOf = (reply: Reply) => reply.body.data as { qrImg: string; authSecret: string; userID: string }

  it('is replaced by a new secret only once a code of it was right', async () => {
    const person = await world.addPerson({ totp: true, device: true })
    const totp = (code: string) => world.login(person, { password, second_auth_type: 'TOTP', second_auth: code })
    expect(wordOf(await verify(person, '123456'))).toBe('e-17')
    const otp = await tokenFor(person, forPassword)
    const reply = await registerTotp(person, otp, { app_name: 'Wave 3.0' })
    expect(reply.body).toMatchObject({ status: 'success', code: 's-101', message: 'QR Code Generated' })
    const { authSecret, userID } = dataOf(reply)
    expect([authSecret, userID]).toEqual([expect.stringMatching(/^[A-Z2-7]{32}$/), person.clientCode])
    expect(wordOf(await registerTotp(person, otp))).toBe('e-39')
    expect(wordOf(await totp(person.code()))).toBe('200')
    expect(wordOf(await verify(person, person.code()))).toBe('e-17')
    const verified = await verify(person, totpCode(authSecret, world.server.now()))
    expect(verified.text).toBe(
      `{"status":"success","code":"s-101","message":"TOTP Verified successfully","data":{"userID":"${person.clientCode}"}}`,
    )
    expect(wordOf(await totp(person.code()))).toBe('e-17')
    world.server.turn(30_000)
    expect(wordOf(await totp(totpCode(authSecret, world.server.now())))).toBe('200')
  })

  it.each([
    ['Wave 3.0', 'Wave%203.0'],
    [undefined, 'Registered%20in%20system'],
    ['A:B&c=d/ü', 'A%3AB%26c%3Dd%2F%C3%BC'],
    ['😀'.repeat(64), '%F0%9F%98%80'.repeat(64)],
  ])('shows the address of the secret as a PNG for app_name %j', async (app_name, issuer) => {
    const person = await world.addPerson()
    const otp = await otpFor(person, forPassword)
    const { qrImg, authSecret } = dataOf(await registerTotp(person, otp, { app_name }))
    const address = `otpauth://totp/${issuer}:${person.clientCode}?secret=${authSecret}&issuer=${issuer}`
    expect(qrImg.startsWith('data:image/png;base64,')).toBe(true)
    expect(modulesOf(Buffer.from(qrImg.slice(22), 'base64'))).toEqual(modulesFor(address))
  })

  it.each(['x'.repeat(65), 'a\nb', 7])('refuses the app_name %j', async (app_name) => {
    const person = await world.addPerson()
    const reply = await registerTotp(person, '123456', { app_name })
    expect([wordOf(reply), reply.body.message]).toEqual(['e-20', expect.stringContaining('app_name')])
  })
})

/** Rows of a QR code, one character a module, without its quiet zone. */
function modulesFor(text: string): string[] {
  const code = generate(text)
  return Array.from({ length: code.size }, (_, y) =>
    Array.from({ length: code.size }, (_, x) => (code.get(x, y) ? '#' : '.')).join(''),
  )
}

/** Reads a PNG of one bit a pixel, white and black by its palette, 4 pixels a module, 4 modules of white around. */
function modulesOf(png: Buffer): string[] {
  expect(png.toString('latin1', 1, 4)).toBe('PNG')
  const side = png.readUInt32BE(16)
  expect([png.readUInt32BE(20), png[24], png[25]]).toEqual([side, 1, 3])
  expect(png.toString('hex', png.indexOf('PLTE') + 4, png.indexOf('PLTE') + 10)).toBe('ffffff000000')
  const data = png.indexOf('IDAT')
  const rows = inflateSync(png.subarray(data + 4, data + 4 + png.readUInt32BE(data - 4)))
  const bytes = Math.ceil(side / 8)
  const isBlack = (x: number, y: number) => (((rows[y * (bytes + 1) + 1 + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1) === 1
  const modules = side / 4
  const at = (x: number, y: number) => (isBlack(4 * x, 4 * y) ? '#' : '.')
  const all = Array.from({ length: modules }, (_, y) => Array.from({ length: modules }, (_, x) => at(x, y)).join(''))
  expect(all.slice(0, 4).join('')).not.toContain('#')
  return all.slice(4, -4).map((row) => row.slice(4, -4))
}
