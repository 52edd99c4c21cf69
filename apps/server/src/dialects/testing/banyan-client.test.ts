import { afterAll, beforeAll, expect, it } from 'vitest'
import { ApiError, createBanyanClient } from '../../../../../packages/client/src/index.ts'
import { totpCode } from '../synapsewave/testing/totp-code.ts'
import { password } from './api-calls.ts'
import { type IdentityServer, startIdentityServer } from './identity-server.ts'
import { createAuthenticator } from './software-authenticator.ts'

const origin = 'https://banyan.example'

let server: IdentityServer
beforeAll(async () => {
  server = await startIdentityServer({ settings: { linkOrigin: origin } })
})
afterAll(() => server.close())

it('the client goes through a life of an account on the real server', async () => {
  let token: string | null = null
  const banyan = createBanyanClient({ baseUrl: server.url, token: () => token })
  const email = 'asha@example.com'

  token = (await banyan.register({ email, password, name: 'Asha' })).access
  const me = await banyan.updateMe({ mobile: '+919876543210' })
  expect([me.full_name, me.mobile, me.role]).toEqual(['Asha', '+919876543210', 'member'])
  await banyan.requestEmail({ email: 'new@example.com', password })
  const confirmed = { email: 'new@example.com', password, code: await server.codeFor('new@example.com') }
  expect((await banyan.confirmEmail(confirmed)).email).toBe('new@example.com')

  const { secret } = await banyan.totp.enrol(password)
  const { recovery_codes } = await banyan.totp.confirm(totpCode(secret, server.now()))
  const outcome = await banyan.login({ email: 'new@example.com', password })
  if (outcome.kind !== 'second-factor') throw new Error('no second factor was asked for')
  expect(outcome.needed.factors).toEqual(['totp', 'recovery_code'])
  const second = await banyan.verify({ challenge: outcome.needed.challenge, code: recovery_codes[0] ?? '' })
  token = (await banyan.refresh(second.refresh)).access
  expect((await banyan.sessions.list()).sessions.length).toBe(2)
  expect(await banyan.sessions.revokeOthers()).toEqual({ revoked: 1 })

  const made = await banyan.factors.passkeyOptions(password)
  const authenticator = createAuthenticator(origin)
  const passkey = { ticket: made.ticket, name: 'Laptop', response: authenticator.create(made.options) }
  expect((await banyan.factors.addPasskey(passkey)).name).toBe('Laptop')
  const asked = await banyan.passkeyOptions()
  const alone = await banyan.passkey({ ticket: asked.ticket, response: authenticator.answer(asked.options) })
  expect(alone.email).toBe('new@example.com')

  const key = await banyan.keys.create({ name: 'Script', scopes: ['portfolio:read'] })
  expect((await banyan.keys.list()).keys.map(({ id }) => id)).toEqual([key.id])
  const application = await banyan.applications.create({ name: 'Desk', access_token_days: 7 })
  expect((await banyan.applications.createToken(application.id, 1)).access_token).toMatch(/^[0-9a-f]{32}$/)
  expect((await banyan.applications.update(application.id, { no_access_code: true })).no_access_code).toBe(true)
  expect((await banyan.audit({ limit: 1 })).events.map(({ action }) => action)).toEqual(['application_changed'])
  expect((await banyan.jsonWebKeys()).keys.length).toBe(1)
  expect((await banyan.outbox(1)).mails.length).toBe(1)

  expect(await banyan.logout()).toEqual({ revoked: true })
  const refused = await banyan.me().catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(ApiError)
  expect(refused).toMatchObject({ code: 'session_revoked', status: 401 })
})
