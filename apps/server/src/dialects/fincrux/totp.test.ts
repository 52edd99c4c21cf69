import type {
  EnabledReply,
  LoginRefusal,
  RecoveryCodesReply,
  TotpEnabledReply,
  TotpSecretReply,
} from '@banyan/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { totpCode } from '../synapsewave/testing/totp-code.ts'
import { type ApiCalls, bearer, createApiCalls, password, wordOf } from '../testing/api-calls.ts'
import { type IdentityServer, startIdentityServer } from '../testing/identity-server.ts'

let server: IdentityServer
let api: ApiCalls
beforeAll(async () => {
  server = await startIdentityServer()
  api = createApiCalls(server)
})
afterAll(() => server.close())

/** Calls of one account under /api/auth/totp. */
async function person(email: string) {
  const { access } = await api.register(email)
  const call = <T>(name: string, body: object) => api.post<T>(`/api/auth/totp/${name}`, body, bearer(access))
  let secret = ''
  return {
    call,
    async enrol() {
      const reply = await call<TotpSecretReply>('enrol', { password })
      secret = reply.body.secret
      return reply
    },
    code() {
      server.turn(30_000)
      return totpCode(secret, server.now())
    },
    challenge: async () => (await api.login<LoginRefusal>(email)).body.challenge,
  }
}

describe('TOTP', () => {
  it('TF-1: asks for nothing more before a code was confirmed', async () => {
    const one = await person('tf1@example.com')
    const { body } = await one.enrol()
    expect(body).toEqual({
      secret: expect.stringMatching(/^[A-Z2-7]{32}$/),
      otpauth_uri: expect.stringMatching(/^otpauth:\/\/totp\//),
      expires_in: 600,
    })
    expect(new URL(body.otpauth_uri).searchParams.get('secret')).toBe(body.secret)
    expect((await api.login('tf1@example.com')).status).toBe(200)
    expect((await one.enrol()).body.secret).not.toBe(body.secret)
    expect(wordOf(await one.call('confirm', { code: totpCode(body.secret, server.now()) }))).toBe(
      '401 invalid_second_factor',
    )
  })

  it('TF-2: gates the login once it is on, and cannot be enrolled twice', async () => {
    const one = await person('tf2@example.com')
    expect(wordOf(await one.call('confirm', { code: '123456' }))).toBe('409 second_factor_not_enabled')
    await one.enrol()
    const reply = await one.call<TotpEnabledReply>('confirm', { code: one.code() })
    expect([reply.status, reply.body.enabled, new Set(reply.body.recovery_codes).size]).toEqual([200, true, 10])
    expect(wordOf(await api.login('tf2@example.com'))).toBe('401 second_factor_required')
    expect(wordOf(await one.call('enrol', { password }))).toBe('409 second_factor_enabled')
    server.turn(601_000)
    expect(wordOf(await one.call('confirm', { code: one.code() }))).toBe('409 second_factor_not_enabled')
  })

  it('TF-4: is off with password and code, and then the password alone is enough', async () => {
    const one = await person('tf4@example.com')
    expect(wordOf(await one.call('disable', { password, code: '123456' }))).toBe('409 second_factor_not_enabled')
    await one.enrol()
    const { recovery_codes } = (await one.call<TotpEnabledReply>('confirm', { code: one.code() })).body
    expect(wordOf(await one.call('disable', { password: 'wrong horse 9', code: one.code() }))).toBe(
      '403 wrong_password',
    )
    expect(wordOf(await one.call('disable', { password, code: '000000' }))).toBe('401 invalid_second_factor')
    const reply = await one.call<EnabledReply>('disable', { password, code: recovery_codes[0] })
    expect([reply.status, reply.body]).toEqual([200, { enabled: false }])
    expect((await api.login('tf4@example.com')).status).toBe(200)
  })

  it('replaces the recovery codes as a set', async () => {
    const one = await person('tf5@example.com')
    expect(wordOf(await one.call('recovery-codes', { password, code: '123456' }))).toBe('409 second_factor_not_enabled')
    await one.enrol()
    const { recovery_codes: old } = (await one.call<TotpEnabledReply>('confirm', { code: one.code() })).body
    const reply = await one.call<RecoveryCodesReply>('recovery-codes', { password, code: one.code() })
    expect([reply.status, reply.body.recovery_codes.length]).toEqual([200, 10])
    const verify = async (code: string | undefined) =>
      api.post('/api/auth/login/verify', { challenge: await one.challenge(), code })
    expect(wordOf(await verify(old[0]))).toBe('401 invalid_second_factor')
    expect((await verify(reply.body.recovery_codes[0])).status).toBe(200)
  })

  it('P7: needs the password again, and mails the owner of each change', async () => {
    const one = await person('tf6@example.com')
    expect(wordOf(await one.call('enrol', { password: 'wrong horse 9' }))).toBe('403 wrong_password')
    await one.enrol()
    const before = (await server.mails()).length
    await one.call('confirm', { code: one.code() })
    await one.call('recovery-codes', { password, code: one.code() })
    await one.call('disable', { password, code: one.code() })
    expect((await server.mails()).slice(before).map(({ to }) => to)).toEqual(Array(3).fill('tf6@example.com'))
  })
})
