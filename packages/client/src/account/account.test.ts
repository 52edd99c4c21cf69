import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { ApiError, createBanyanClient } from '../index.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

interface Asked {
  readonly line: string
  readonly body: unknown
  readonly authorization: string | undefined
}

/** Answers every request with `status` and `body`, and records what was asked. */
async function serve(body: unknown, status = 200, token: () => string | null = () => 'the-token') {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk: Buffer) => {
      text += chunk
    })
    request.on('end', () => {
      const line = `${request.method} ${request.url}`
      asked.push({
        line,
        body: text === '' ? undefined : JSON.parse(text),
        authorization: request.headers.authorization,
      })
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    })
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { asked, client: createBanyanClient({ baseUrl, token }) }
}

const password = 'correct horse 9'

describe('account calls', () => {
  it('ask what the server documents, with the token where somebody must be signed in', async () => {
    const { asked, client } = await serve({})
    const { sessions, totp, factors, keys, applications, watchlists } = client
    const calls: readonly (readonly [() => Promise<unknown>, string, unknown])[] = [
      [() => client.logout(), 'POST /api/auth/logout', undefined],
      [() => client.me(), 'GET /api/auth/me', undefined],
      [() => client.updateMe({ name: null }), 'PATCH /api/auth/me', { name: null }],
      [
        () => client.updateMe({ otp_channel: 'email', password }),
        'PATCH /api/auth/me',
        { otp_channel: 'email', password },
      ],
      [() => client.requestEmail({ email: 'a@b.co', password }), 'PATCH /api/auth/me', { email: 'a@b.co', password }],
      [
        () => client.confirmEmail({ email: 'a@b.co', password, code: '123456' }),
        'PATCH /api/auth/me',
        { email: 'a@b.co', password, code: '123456' },
      ],
      [() => client.exportMe(), 'POST /api/auth/me/export', undefined],
      [() => client.deleteMe({ password }), 'DELETE /api/auth/me', { password }],
      [() => client.audit({ before: 7, limit: 5 }), 'GET /api/audit?before=7&limit=5', undefined],
      [() => client.audit(), 'GET /api/audit', undefined],
      [() => client.createInvitation({ role: 'read-only' }), 'POST /api/auth/invitations', { role: 'read-only' }],
      [() => sessions.list(), 'GET /api/auth/sessions', undefined],
      [() => sessions.get('a/b'), 'GET /api/auth/sessions/a%2Fb', undefined],
      [() => sessions.revoke('ses_1'), 'DELETE /api/auth/sessions/ses_1', undefined],
      [() => sessions.revokeOthers(), 'DELETE /api/auth/sessions', undefined],
      [() => totp.enrol(password), 'POST /api/auth/totp/enrol', { password }],
      [() => totp.confirm('123456'), 'POST /api/auth/totp/confirm', { code: '123456' }],
      [() => totp.disable({ password, code: '123456' }), 'POST /api/auth/totp/disable', { password, code: '123456' }],
      [() => factors.list(), 'GET /api/auth/factors', undefined],
      [() => factors.setMpin('482910'), 'POST /api/auth/factors/mpin', { mpin: '482910' }],
      [() => factors.removeMpin(password), 'DELETE /api/auth/factors/mpin', { password }],
      [() => factors.trustDevice('dev_1', password), 'POST /api/auth/factors/devices/dev_1/trust', { password }],
      [() => factors.removeDevice('dev_1'), 'DELETE /api/auth/factors/devices/dev_1', undefined],
      [() => factors.passkeyOptions(password), 'POST /api/auth/factors/passkeys/options', { password }],
      [() => factors.removePasskey('pky_1', password), 'DELETE /api/auth/factors/passkeys/pky_1', { password }],
      [() => factors.linkSso({ token: 't', password }), 'POST /api/auth/factors/sso', { token: 't', password }],
      [() => factors.unlinkSso('sso_1', password), 'DELETE /api/auth/factors/sso/sso_1', { password }],
      [() => keys.list(), 'GET /api/keys', undefined],
      [() => keys.create({ name: 'k' }), 'POST /api/keys', { name: 'k' }],
      [() => keys.remove('key_1'), 'DELETE /api/keys/key_1', undefined],
      [() => applications.list(), 'GET /api/applications', undefined],
      [() => applications.create({ name: 'a' }), 'POST /api/applications', { name: 'a' }],
      [() => applications.update('app_1', { enabled: false }), 'PATCH /api/applications/app_1', { enabled: false }],
      [() => applications.remove('app_1'), 'DELETE /api/applications/app_1', undefined],
      [() => watchlists.list(), 'GET /api/watchlists', undefined],
      [() => watchlists.create({ name: 'w' }), 'POST /api/watchlists', { name: 'w' }],
      [() => watchlists.update('wl_1', { instruments: [] }), 'PATCH /api/watchlists/wl_1', { instruments: [] }],
      [() => watchlists.remove('wl_1'), 'DELETE /api/watchlists/wl_1', undefined],
      [() => applications.createToken('app_1', 30), 'POST /api/applications/app_1/tokens', { days: 30 }],
    ]
    for (const [call] of calls) await call()
    expect(asked).toEqual(calls.map(([, line, body]) => ({ line, body, authorization: 'Bearer the-token' })))
  })

  it('carry no token where nobody is signed in yet', async () => {
    const { asked, client } = await serve({})
    await client.register({ email: 'a@b.co', password })
    await client.login({ email: 'a@b.co', password })
    await client.verify({ challenge: 'c', code: '123456' })
    await client.refresh('r')
    await client.passkeyOptions()
    await client.passkeyOptions({ challenge: 'c' })
    await client.password.forgot('a@b.co')
    await client.password.reset({ token: 't', new_password: password })
    expect(asked.map(({ authorization }) => authorization)).toEqual(asked.map(() => undefined))
    expect(asked.map(({ line }) => line)).toEqual([
      'POST /api/auth/register',
      'POST /api/auth/login',
      'POST /api/auth/login/verify',
      'POST /api/auth/refresh',
      'POST /api/auth/login/passkey/options',
      'POST /api/auth/login/passkey/options',
      'POST /api/auth/password/forgot',
      'POST /api/auth/password/reset',
    ])
    expect(asked.slice(4, 6).map(({ body }) => body)).toEqual([{}, { challenge: 'c' }])
  })

  it('leave it to the cookie when there is no token, and ask for the token anew each time', async () => {
    const tokens: (string | null)[] = [null, 'first', 'second']
    const { asked, client } = await serve({}, 200, () => tokens.shift() ?? null)
    for (let i = 0; i < 3; i++) await client.me()
    expect(asked.map(({ authorization }) => authorization)).toEqual([undefined, 'Bearer first', 'Bearer second'])
  })
})

describe('login', () => {
  const refusal = { success: 'false', message: 'm', error: 'm', msg: 'm', request_id: 'req_1' }

  it('tells a session from one more step', async () => {
    const login = { success: 'true', access: 'a' }
    expect(await (await serve(login)).client.login({ email: 'a@b.co', password })).toEqual({ kind: 'signed-in', login })
    const needed = { challenge: 'c', expires_in: 300, factors: ['totp'] }
    const { client } = await serve({ ...refusal, code: 'second_factor_required', ...needed }, 401)
    expect(await client.login({ email: 'a@b.co', password })).toEqual({ kind: 'second-factor', needed })
  })

  it('rejects for a wrong password like every refusal', async () => {
    const { client } = await serve({ ...refusal, code: 'invalid_credentials' }, 401)
    const error = await client.login({ email: 'a@b.co', password }).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toMatchObject({ code: 'invalid_credentials', status: 401, requestId: 'req_1' })
  })
})
