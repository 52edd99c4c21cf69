import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testOrigin } from '../../modules/identity/testing/identity-core.ts'
import type { LoginType, SecondAuthType } from './login-request.ts'
import {
  mpin,
  type Person,
  password,
  registeredIn,
  startWorld,
  trustedUdid,
  type World,
  wordOf,
} from './testing/synapsewave-world.ts'

type Second = SecondAuthType | 'absent'

/** synapsewave.md §5.3, cell by cell. `in`: a session, or for REGISTER a register token. */
const cells: Readonly<Record<LoginType, Readonly<Record<Second, 'in' | 'e-26'>>>> = {
  PASSWORD: { absent: 'e-26', REGISTER: 'in', OTP: 'in', TOTP: 'in', FINGERPRINT: 'in' },
  TOKEN: { absent: 'e-26', REGISTER: 'e-26', OTP: 'in', TOTP: 'in', FINGERPRINT: 'in' },
  MPIN: { absent: 'e-26', REGISTER: 'e-26', OTP: 'in', TOTP: 'in', FINGERPRINT: 'in' },
  FINGERPRINT: { absent: 'e-26', REGISTER: 'e-26', OTP: 'in', TOTP: 'in', FINGERPRINT: 'e-26' },
  TP_TOKEN: { absent: 'in', REGISTER: 'e-26', OTP: 'e-26', TOTP: 'e-26', FINGERPRINT: 'e-26' },
}

const states = ['enrolled', 'not enrolled', 'wrong', 'expired', 'reused', 'locked'] as const
type State = (typeof states)[number]

/** What a supported cell gets by the state of its first factor while the second is right (§4, §5.3, §5.6). */
const byFirst: Readonly<Record<LoginType, Readonly<Record<State, string>>>> = {
  // not enrolled: nobody has the name · expired: the password before this one · reused: a password is good again and again
  PASSWORD: { enrolled: 'in', 'not enrolled': 'e-21', wrong: 'e-21', expired: 'e-21', reused: 'in', locked: 'e-25' },
  // not enrolled: never issued · wrong: somebody else's · expired: 901 s old
  TOKEN: { enrolled: 'in', 'not enrolled': 'e-24', wrong: 'e-24', expired: 'e-24', reused: 'e-24', locked: 'e-25' },
  // expired: the MPIN before this one
  MPIN: { enrolled: 'in', 'not enrolled': 'e-28', wrong: 'e-21', expired: 'e-21', reused: 'in', locked: 'e-25' },
  // wrong: registered, not trusted · expired: removed by its owner
  FINGERPRINT: { enrolled: 'in', 'not enrolled': 'e-27', wrong: 'e-27', expired: 'e-27', reused: 'in', locked: 'e-25' },
  // not enrolled: not linked · wrong: for another audience
  TP_TOKEN: { enrolled: 'in', 'not enrolled': 'e-29', wrong: 'e-29', expired: 'e-29', reused: 'e-29', locked: 'e-25' },
}

/** The same by the state of the second factor while the first is right; `locked` by ten wrong second factors. */
const bySecond: Readonly<Record<Second, Readonly<Record<State, string>>>> = {
  // nothing is given, or what is given is ignored
  absent: { enrolled: 'in', 'not enrolled': 'in', wrong: 'in', expired: 'in', reused: 'in', locked: 'e-25' },
  REGISTER: { enrolled: 'in', 'not enrolled': 'in', wrong: 'in', expired: 'in', reused: 'in', locked: 'e-25' },
  // not enrolled: the account has TOTP · expired: 301 s old
  OTP: { enrolled: 'in', 'not enrolled': 'e-30', wrong: 'e-22', expired: 'e-23', reused: 'e-23', locked: 'e-25' },
  // expired: of a step three steps ago
  TOTP: { enrolled: 'in', 'not enrolled': 'e-30', wrong: 'e-17', expired: 'e-17', reused: 'e-17', locked: 'e-25' },
  // wrong: registered, not trusted · expired: removed by its owner · reused: a device is good again and again
  FINGERPRINT: { enrolled: 'in', 'not enrolled': 'e-27', wrong: 'e-27', expired: 'e-27', reused: 'in', locked: 'e-25' },
}

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.close())

const loginTypes = Object.keys(cells) as LoginType[]
const seconds = Object.keys(bySecond) as Second[]

describe.each(loginTypes)('login_type %s', (loginType) => {
  it.each(seconds)(
    'with second_auth_type %s gets what the tables say in every state of either factor',
    async (second) => {
      const cell = cells[loginType][second]
      const expected: Record<string, string> = {}
      const got: Record<string, string> = {}
      for (const state of states) {
        expected[`first ${state}`] = cell === 'in' ? byFirst[loginType][state] : cell
        got[`first ${state}`] = await attempt(loginType, second, { first: state, second: 'enrolled' })
        if (state === 'enrolled') continue
        expected[`second ${state}`] = cell === 'in' ? bySecond[second][state] : cell
        got[`second ${state}`] = await attempt(loginType, second, { first: 'enrolled', second: state })
      }
      expect(got).toEqual(expected)
    },
  )
})

/** Signs in as a new person whose factors are in the given states and returns what the reply says. */
async function attempt(
  loginType: LoginType,
  second: Second,
  state: { readonly first: State; readonly second: State },
): Promise<string> {
  const hasTotp =
    second === 'TOTP' ? state.second !== 'not enrolled' : second === 'OTP' && state.second === 'not enrolled'
  const person = await world.addPerson({ totp: hasTotp, device: true })
  const first = await prepareFirst(loginType, state.first, person)
  const second_auth = await prepareSecond(second, state.second, person)
  if (state.first === 'locked') await failFirst(person)
  if (state.second === 'locked') await failSecond(person)
  const reply = await world.login(state.first === 'not enrolled' && loginType === 'PASSWORD' ? 'NOBODY1' : person, {
    login_type: loginType,
    password: first,
    ...(second === 'absent' ? {} : { second_auth_type: second, second_auth }),
  })
  if (reply.status !== 200) return wordOf(reply)
  const opened = reply.body.data as { access_token?: string; register_token?: string }
  return (second === 'REGISTER' ? opened.register_token : opened.access_token) === undefined ? 'nothing' : 'in'
}

async function prepareFirst(loginType: LoginType, state: State, person: Person): Promise<string> {
  switch (loginType) {
    case 'PASSWORD':
      return preparePassword(state, person)
    case 'TOKEN':
      return prepareToken(state, person)
    case 'MPIN':
      return prepareMpin(state, person)
    case 'FINGERPRINT':
      return prepareDevice(state, person)
    case 'TP_TOKEN':
      return prepareAssertion(state, person)
  }
}

async function preparePassword(state: State, person: Person): Promise<string> {
  if (state === 'wrong') return 'not the password'
  if (state === 'expired') {
    const change = { current: password, next: 'another password' }
    await world.identity.passwords.change(person.caller, change, testOrigin)
  }
  if (state === 'reused') await signInWithDevice(person, 'PASSWORD', password)
  return password
}

async function prepareToken(state: State, person: Person): Promise<string> {
  if (state === 'not enrolled') return 'never.was.issued'
  const holder = state === 'wrong' ? await world.addPerson() : person
  const reply = await world.login(holder, { password, second_auth_type: 'REGISTER' })
  const token = registeredIn(reply).register_token
  if (state === 'expired') world.server.turn(901_000)
  if (state === 'reused') await signInWithDevice(person, 'TOKEN', token)
  return token
}

async function prepareMpin(state: State, person: Person): Promise<string> {
  const { factors } = world.identity
  if (state === 'not enrolled') await factors.removeMpin(person.caller, password, testOrigin)
  if (state === 'wrong') return '739155'
  if (state === 'expired') await factors.setMpin(person.caller, { mpin: '630518', udid: null }, testOrigin)
  if (state === 'reused') await signInWithDevice(person, 'MPIN', mpin)
  return mpin
}

/** A device as a first or a second factor. */
async function prepareDevice(state: State, person: Person): Promise<string> {
  if (state === 'not enrolled') return 'NOBODYS-UDID'
  if (state === 'wrong') {
    await registerUntrusted(person, 'UNTRUSTED-UDID')
    return 'UNTRUSTED-UDID'
  }
  if (state === 'expired') {
    for (const { id } of (await world.identity.factors.list(person.caller)).devices)
      await world.identity.factors.removeDevice(person.caller, id, testOrigin)
  }
  if (state === 'reused') await signInWithDevice(person, 'PASSWORD', password)
  return trustedUdid
}

async function prepareAssertion(state: State, { caller, clientCode }: Person): Promise<string> {
  const { sso, identity, server } = world
  const claims = () => {
    const now = Math.floor(server.now() / 1000)
    return { sub: `subject of ${clientCode}`, ucc: clientCode, iat: now, exp: now + 300, jti: crypto.randomUUID() }
  }
  if (state !== 'not enrolled')
    await identity.factors.linkSso(caller, { assertion: await sso.signed(claims()), password }, testOrigin)
  if (state === 'wrong') return sso.signed({ ...claims(), aud: 'somebody else' })
  if (state === 'expired') return sso.signed({ ...claims(), exp: Math.floor(server.now() / 1000) - 61 })
  const assertion = await sso.signed(claims())
  if (state === 'reused') {
    const reply = await world.login(clientCode, { login_type: 'TP_TOKEN', password: assertion })
    expect(wordOf(reply)).toBe('200')
  }
  return assertion
}

async function prepareSecond(second: Second, state: State, person: Person): Promise<string | undefined> {
  switch (second) {
    case 'absent':
      return undefined
    case 'REGISTER':
      return 'ignored'
    case 'OTP':
      return prepareOtp(state, person)
    case 'TOTP':
      return prepareTotp(state, person)
    case 'FINGERPRINT':
      return prepareDevice(state, person)
  }
}

async function prepareOtp(state: State, person: Person): Promise<string> {
  if (state === 'not enrolled') return '123456'
  const code = await sendOtp(person)
  if (state === 'wrong') return String((Number(code) + 1) % 1_000_000).padStart(6, '0')
  if (state === 'expired') world.server.turn(301_000)
  if (state === 'reused') {
    const reply = await world.login(person, { password, second_auth_type: 'OTP', second_auth: code })
    expect(wordOf(reply)).toBe('200')
  }
  return code
}

async function prepareTotp(state: State, person: Person): Promise<string> {
  if (state === 'not enrolled') return '123456'
  const code = person.code()
  if (state === 'wrong') return String((Number(code) + 1) % 1_000_000).padStart(6, '0')
  if (state === 'expired') return person.codeAt(-90_000)
  if (state === 'reused') {
    const reply = await world.login(person, { password, second_auth_type: 'TOTP', second_auth: code })
    expect(wordOf(reply)).toBe('200')
  }
  return code
}

/** Sends a login OTP and returns it. */
async function sendOtp(person: Person): Promise<string> {
  expect(wordOf(await world.send('POST', 'otp/send', person))).toBe('200')
  return world.mailedCode(person)
}

/** Registers a device by the mailed code alone. */
async function registerUntrusted(person: Person, udid: string): Promise<void> {
  expect(wordOf(await world.send('POST', 'mpin/reset/send-otp', person))).toBe('200')
  const otp = await world.mailedCode(person)
  const body = { group_Id: 'HO', type: 'SET_FINGERPRINT', udid, otp }
  const reply = await world.send('POST', '/interactive/authentication/tenant/v1/setMPIN', person, body)
  expect(wordOf(reply)).toBe('200')
}

async function signInWithDevice(person: Person, login_type: LoginType, value: string): Promise<void> {
  const second = { second_auth_type: 'FINGERPRINT', second_auth: trustedUdid }
  expect(wordOf(await world.login(person, { login_type, password: value, ...second }))).toBe('200')
}

/** Locks by five wrong first factors. */
async function failFirst(person: Person): Promise<void> {
  const wrong = { login_type: 'FINGERPRINT', password: 'NOBODYS-UDID', second_auth_type: 'TOTP', second_auth: '123456' }
  for (let i = 0; i < 5; i++) expect(wordOf(await world.login(person, wrong))).toBe('e-27')
}

/** Locks by ten wrong second factors. */
async function failSecond(person: Person): Promise<void> {
  const wrong = { password, second_auth_type: 'FINGERPRINT', second_auth: 'NOBODYS-UDID' }
  for (let i = 0; i < 10; i++) expect(wordOf(await world.login(person, wrong))).toBe('e-27')
}
