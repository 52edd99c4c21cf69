import { synapsewaveDeviceFacts } from '@banyan/contracts'
import { BanyanError } from '@banyan/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readLogin } from './login-request.ts'

const full = {
  user_id: 'AB1234',
  login_type: 'PASSWORD',
  password: 'mypassword123',
  second_auth_type: 'TOTP',
  second_auth: '123456',
  api_key: 'API-KEY',
  source: 'WEBAPI',
}

/** Returns the field the refusal names first; null when the body was taken. */
function refusedField(body: unknown): string | null {
  try {
    readLogin(body)
    return null
  } catch (error) {
    if (error instanceof BanyanError && error.code === 'invalid_parameter') return error.details[0]?.field ?? ''
    throw error
  }
}

describe('the body of a login', () => {
  it('is read into factors', () => {
    expect(readLogin(full)).toEqual({
      userId: 'AB1234',
      apiKey: 'API-KEY',
      loginType: 'PASSWORD',
      first: { kind: 'password', password: 'mypassword123' },
      secondType: 'TOTP',
      second: { kind: 'totp', code: '123456' },
      hasUntypedSecond: false,
      udid: null,
      deviceFacts: null,
    })
  })

  it.each(['user_id', 'password', 'api_key', 'source'])('needs %s, for which null and "" are absence', (field) => {
    for (const blank of [undefined, null, '']) expect(refusedField({ ...full, [field]: blank })).toBe(field)
  })

  it.each(['login_type', 'UDID', 'version', 'iosversion', 'build_version', 'deviceinfo'])(
    'does without %s, for which null and "" are absence',
    (field) => {
      for (const blank of [undefined, null, '']) expect(readLogin({ ...full, [field]: blank })).toEqual(readLogin(full))
    },
  )

  it.each([
    ['user_id', 'AB'],
    ['user_id', 'A'.repeat(13)],
    ['user_id', 'AB 12'],
    ['user_id', 'ＡＢ１２'],
    ['user_id', 1234],
    ['login_type', 'password'],
    ['login_type', 'SSO'],
    ['password', 123456],
    ['password', 'x'.repeat(1025)],
    ['password', '\ud800'],
    ['second_auth_type', 'otp'],
    ['second_auth_type', 'PAN'],
    ['second_auth', 123456],
    ['second_auth', '12345'],
    ['second_auth', '1234567'],
    ['second_auth', '12 456'],
    ['second_auth', '１２３４５６'],
    ['second_auth', null],
    ['api_key', 'k'.repeat(129)],
    ['source', 'DEALERAPI'],
    ['UDID', 'u'.repeat(51)],
    ['UDID', 'gerät'],
    ['version', 'v'.repeat(33)],
    ['iosversion', 3],
    ['build_version', {}],
    ['deviceinfo', 'Pixel 6'],
    ['deviceinfo', ['Pixel 6']],
    ['deviceinfo', { note: 'x'.repeat(4_096) }],
  ])('is refused for its %s %j', (field, value) => {
    expect(refusedField({ ...full, [field]: value })).toBe(field)
  })

  it.each([
    ['MPIN', '0421', { kind: 'mpin', mpin: '0421' }],
    ['FINGERPRINT', 'A1B2', { kind: 'device', udid: 'A1B2' }],
    ['TOKEN', 'x'.repeat(8_192), { kind: 'registered', registerToken: 'x'.repeat(8_192) }],
    ['TP_TOKEN', 'a.b.c', { kind: 'sso', assertion: 'a.b.c' }],
  ])('holds in its password what %s says', (login_type, password, first) => {
    expect(readLogin({ ...full, login_type, password }).first).toEqual(first)
  })

  it.each([
    ['MPIN', '421'],
    ['MPIN', '12a4'],
    ['MPIN', '1234567'],
    ['FINGERPRINT', 'u'.repeat(51)],
    ['TOKEN', 'x'.repeat(8_193)],
  ])('is refused when the password is no %s: %j', (login_type, password) => {
    expect(refusedField({ ...full, login_type, password })).toBe('password')
  })

  it('holds in its second_auth what second_auth_type says; REGISTER ignores it', () => {
    const second = (second_auth_type: string, second_auth?: unknown) =>
      readLogin({ ...full, second_auth_type, second_auth }).second
    expect(second('OTP', '000000')).toEqual({ kind: 'otp', code: '000000' })
    expect(second('FINGERPRINT', 'MyDeviceID')).toEqual({ kind: 'device', udid: 'MyDeviceID' })
    expect(second('REGISTER')).toEqual({ kind: 'register' })
    expect(second('REGISTER', 42)).toEqual({ kind: 'register' })
  })

  it('may bring a second_auth without saying what it is', () => {
    const { second_auth_type: _, ...untyped } = full
    expect(readLogin({ ...untyped, second_auth: 'ABCDE1234F' })).toMatchObject({ second: null, hasUntypedSecond: true })
    expect(readLogin({ ...untyped, second_auth: undefined })).toMatchObject({ second: null, hasUntypedSecond: false })
  })

  it('names its device once, in either of two places, and never two different ones', () => {
    expect(readLogin({ ...full, UDID: 'one' }).udid).toBe('one')
    expect(readLogin({ ...full, deviceinfo: { UDID: 'one' } }).udid).toBe('one')
    expect(readLogin({ ...full, UDID: 'one', deviceinfo: { UDID: 'one' } }).udid).toBe('one')
    expect(refusedField({ ...full, UDID: 'one', deviceinfo: { UDID: 'two' } })).toBe('UDID')
  })

  it('keeps the facts of the device that are text, but its identifier; of those the vendor lists it refuses others', () => {
    const facts = Object.fromEntries(synapsewaveDeviceFacts.map((name) => [name, `its ${name}`]))
    const deviceinfo = { ...facts, os: 'Android', rooted: false, note: null, DeviceModel: '' }
    const { DeviceModel: _, UDID: _secret, ...kept } = facts
    expect(readLogin({ ...full, deviceinfo }).deviceFacts).toEqual({ ...kept, os: 'Android' })
    for (const name of synapsewaveDeviceFacts) {
      for (const wrong of [7, {}, 'x'.repeat(257)])
        expect(refusedField({ ...full, deviceinfo: { ...facts, [name]: wrong } })).toBe(`deviceinfo.${name}`)
    }
  })

  it('is read or refused, whatever its members are', () => {
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom('OTP', 'REGISTER', 'TOKEN', 'MPIN', 'WEBAPI', '123456'))
    const members = fc.record(
      Object.fromEntries([...Object.keys(full), 'UDID', 'deviceinfo', 'version'].map((name) => [name, value])),
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(members, (changed) => {
        const field = refusedField({ ...full, ...changed })
        if (field === null) return
        expect([...Object.keys(full), 'UDID', 'version', 'deviceinfo']).toContain(field.split('.')[0])
      }),
    )
  })
})
