import { inspect } from 'node:util'
import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { closeServers, type Reply, type Step, serveScript } from '../../testing/scripted-server.ts'
import { type SynapsewaveLogin, type SynapsewaveOptions, SynapsewaveSession } from '../index.ts'
import { version } from '../version.ts'

afterEach(() => {
  closeServers()
  vi.unstubAllEnvs()
})

const USER = '/interactive/authentication/v1/user'
const OPTIONS = { userId: 'AB1234', apiKey: 'API-KEY' } as const
const CREDENTIALS = { user_id: 'AB1234', api_key: 'API-KEY', source: 'WEBAPI' }

const success = (data?: unknown, message = 'm'): Reply => ({
  body: { status: 'success', code: 's-101', message, ...(data !== undefined && { data }) },
})
const user = success({ access_token: 'ACCESS.JWT', broadcast_access_token: 'BROADCAST.JWT', user_id: 'AB1234' })
const registration = success({ register_token: 'REGISTER.JWT', factors: ['OTP'], otp_sent: true })

async function start(steps: Step[], more: Partial<SynapsewaveOptions> = {}) {
  const server = await serveScript(steps)
  const session = new SynapsewaveSession({ ...OPTIONS, baseUrl: `${server.origin}/interactive`, ...more })
  const asked = () =>
    server.asked.map(({ method, path, body }) => [method, path, body === '' ? null : JSON.parse(body)])
  return { server, session, asked }
}

const loggedIn = (steps: Step[]) => start(steps, { accessToken: 'ACCESS.JWT' })

describe('login', () => {
  it('sends V2 of synapsewave.md §8', async () => {
    const { server, session } = await start([user])
    await session.login({ password: 'mypassword123', secondAuthType: 'TOTP', secondAuth: '123456' })
    const [request] = server.asked
    expect(request?.body).toBe(
      '{"user_id":"AB1234","login_type":"PASSWORD","password":"mypassword123","second_auth_type":"TOTP","second_auth":"123456","api_key":"API-KEY","source":"WEBAPI"}',
    )
    expect([request?.method, request?.path]).toEqual(['POST', `${USER}/session`])
    expect(request?.headers).toMatchObject({
      'content-type': 'application/json',
      'x-api-key': 'API-KEY',
      'user-agent': `banyan-client/${version}`,
    })
    expect(request?.headers).not.toHaveProperty('authorization')
  })

  const seconds = ['OTP', 'TOTP', 'FINGERPRINT'] as const
  const combinations: SynapsewaveLogin[] = [
    ...(['PASSWORD', 'TOKEN', 'MPIN'] as const).flatMap((loginType) =>
      seconds.map((secondAuthType) => ({ loginType, password: 'first', secondAuthType, secondAuth: 'second' })),
    ),
    { loginType: 'FINGERPRINT', password: 'first', secondAuthType: 'OTP', secondAuth: 'second' },
    { loginType: 'FINGERPRINT', password: 'first', secondAuthType: 'TOTP', secondAuth: 'second' },
    { loginType: 'TP_TOKEN', password: 'first' },
  ]

  it.each(combinations)('sends the combination %j', async (login) => {
    const { session, asked } = await start([user])
    await session.login(login)
    const second = login.secondAuthType && { second_auth_type: login.secondAuthType, second_auth: 'second' }
    const body = { ...CREDENTIALS, login_type: login.loginType, password: 'first', ...second }
    expect(asked()).toEqual([['POST', `${USER}/session`, body]])
  })

  it('sends the device under the names of the wire', async () => {
    const { session, asked } = await start([user])
    const deviceInfo = { DevicePlatform: 'Web', IP: '192.168.1.1', Theme: 'dark' }
    const device = { udid: 'D1', version: '2.1.0', iosVersion: '3.0.5', buildVersion: 'build-45', deviceInfo }
    await session.login({ loginType: 'MPIN', password: '0421', secondAuthType: 'OTP', secondAuth: '482913', ...device })
    expect(asked()[0]?.[2]).toEqual({
      ...CREDENTIALS,
      login_type: 'MPIN',
      password: '0421',
      second_auth_type: 'OTP',
      second_auth: '482913',
      UDID: 'D1',
      version: '2.1.0',
      iosversion: '3.0.5',
      build_version: 'build-45',
      deviceinfo: deviceInfo,
    })
  })

  it('resolves to the data as it came and keeps the tokens', async () => {
    const { session } = await start([user])
    const data = await session.login({ loginType: 'TP_TOKEN', password: 'SSO.JWT' })
    expect(data).toEqual((user.body as { data: unknown }).data)
    expect([session.accessToken, session.broadcastAccessToken, session.userId]).toEqual([
      'ACCESS.JWT',
      'BROADCAST.JWT',
      'AB1234',
    ])
  })

  it('after register takes the token of that, once', async () => {
    const { session, asked } = await start([registration, user])
    const second = { secondAuthType: 'OTP', secondAuth: '482913' } as const
    expect(await session.register({ password: 'mypassword123', udid: 'D1' })).toMatchObject({ otp_sent: true })
    await session.login({ loginType: 'TOKEN', ...second })
    expect(asked().map(([, , body]) => body)).toEqual([
      { ...CREDENTIALS, login_type: 'PASSWORD', password: 'mypassword123', second_auth_type: 'REGISTER', UDID: 'D1' },
      { ...CREDENTIALS, login_type: 'TOKEN', password: 'REGISTER.JWT', second_auth_type: 'OTP', second_auth: '482913' },
    ])
    await expect(session.login({ loginType: 'TOKEN', ...second })).rejects.toThrow(
      new TypeError('Call `register` first, or give its token'),
    )
  })

  it('knows by type which combinations the server accepts', () => {
    const logins = [
      // @ts-expect-error the same factor twice
      { loginType: 'FINGERPRINT', password: 'D1', secondAuthType: 'FINGERPRINT', secondAuth: 'D1' },
      // @ts-expect-error a second factor is needed
      { password: 'secret' },
      // @ts-expect-error the issuer's token proves both factors
      { loginType: 'TP_TOKEN', password: 'SSO.JWT', secondAuthType: 'OTP', secondAuth: '123456' },
      // @ts-expect-error REGISTER is `register`
      { password: 'secret', secondAuthType: 'REGISTER', secondAuth: '' },
      // @ts-expect-error only TOKEN knows its first factor already
      { loginType: 'MPIN', secondAuthType: 'OTP', secondAuth: '123456' },
    ] satisfies SynapsewaveLogin[]
    expect(logins).toHaveLength(5)
  })
})

describe('a call of the session', () => {
  const BEARER = { authorization: 'Bearer ACCESS.JWT', 'x-api-key': 'API-KEY' }

  it('carries the token; without a body it names no type of it', async () => {
    const { server, session } = await loggedIn([success('true'), success({ email: '' }), success()])
    expect(await session.validate()).toBe(true)
    expect(await session.profile()).toEqual({ email: '' })
    expect(await session.logout()).toBeUndefined()
    expect(server.asked.map(({ method, path, body }) => `${method} ${path} ${body}`)).toEqual([
      `PUT ${USER}/session `,
      `GET ${USER}/profile `,
      `DELETE ${USER}/session `,
    ])
    for (const { headers } of server.asked) {
      expect(headers).toMatchObject(BEARER)
      expect(headers).not.toHaveProperty('content-type')
    }
  })

  it('needs a login: nothing is sent without, nor after logout', async () => {
    const { server, session } = await start([user, success()])
    const calls = () => [
      session.validate(),
      session.profile(),
      session.logout(),
      session.registerMpin({ mpin: '4829' }),
      session.verifyTotp('123456'),
    ]
    for (const call of calls()) await expect(call).rejects.toThrow(new TypeError('Please log in first'))
    await session.login({ loginType: 'TP_TOKEN', password: 'SSO.JWT' })
    await session.logout()
    expect([session.accessToken, session.broadcastAccessToken]).toEqual([undefined, undefined])
    for (const call of calls()) await expect(call).rejects.toThrow(new TypeError('Please log in first'))
    expect(server.asked).toHaveLength(2)
  })

  it('sets the MPIN as a text, which keeps its leading 0, and proves a TOTP', async () => {
    const { server, session, asked } = await loggedIn([success(), success(), success({ userID: 'AB1234' })])
    await session.registerMpin({ mpin: '0421', udid: 'A1B2C3D4E5F6' })
    await session.registerMpin({ mpin: '482910' })
    await session.verifyTotp('123456')
    expect(asked()).toEqual([
      ['POST', `${USER}/mpin`, { mpin: '0421', mobile_udid: 'A1B2C3D4E5F6' }],
      ['POST', `${USER}/mpin`, { mpin: '482910' }],
      ['POST', `${USER}/verifytotp`, { second_auth: '123456' }],
    ])
    expect(server.asked[0]?.headers).toMatchObject({ ...BEARER, 'content-type': 'application/json' })
  })
})

describe('a call with credentials', () => {
  it.each<[string, unknown[], (session: SynapsewaveSession) => Promise<unknown>, unknown]>([
    ['sends an OTP', ['POST', `${USER}/otp/send`, CREDENTIALS], (s) => s.sendOtp(), { resend_after: 30 }],
    [
      'resends the OTP of a register token',
      ['POST', `${USER}/otp/send`, { ...CREDENTIALS, register_token: 'REGISTER.JWT' }],
      (s) => s.sendOtp({ registerToken: 'REGISTER.JWT' }),
      { resend_after: 30 },
    ],
    [
      'sends an OTP for the password',
      ['POST', `${USER}/password/reset/send-otp`, CREDENTIALS],
      (s) => s.sendPasswordOtp(),
      undefined,
    ],
    [
      'sends an OTP for the MPIN',
      ['POST', `${USER}/mpin/reset/send-otp`, CREDENTIALS],
      (s) => s.sendMpinOtp(),
      undefined,
    ],
    [
      'verifies an OTP',
      ['POST', `${USER}/otp/verify`, { ...CREDENTIALS, otp: '482913' }],
      (s) => s.verifyOtp('482913'),
      'OTP.JWT',
    ],
    [
      'resets the password',
      ['PUT', `${USER}/password/reset`, { ...CREDENTIALS, new_password: 'Mysecure@123', otp: 'OTP.JWT' }],
      (s) => s.resetPassword({ newPassword: 'Mysecure@123', otp: 'OTP.JWT' }),
      undefined,
    ],
    [
      'changes the password',
      ['PUT', `${USER}/password`, { ...CREDENTIALS, old_password: 'old', new_password: 'Mysecure@123' }],
      (s) => s.changePassword({ oldPassword: 'old', newPassword: 'Mysecure@123' }),
      undefined,
    ],
    [
      'changes the MPIN',
      ['PUT', `${USER}/mpin`, { ...CREDENTIALS, old_mpin: '0421', new_mpin: '4829' }],
      (s) => s.changeMpin({ oldMpin: '0421', newMpin: '4829' }),
      undefined,
    ],
    [
      'resets the MPIN',
      ['POST', `${USER}/mpin/reset/verify-otp`, { ...CREDENTIALS, mpin: '0421', mobile_udid: 'D1', otp: '482913' }],
      (s) => s.resetMpin({ mpin: '0421', udid: 'D1', otp: '482913' }),
      undefined,
    ],
    [
      'registers a TOTP',
      ['POST', `${USER}/registertotp`, { ...CREDENTIALS, otp: 'OTP.JWT', app_name: 'Wave 3.0' }],
      (s) => s.registerTotp({ otp: 'OTP.JWT', appName: 'Wave 3.0' }),
      { qrImg: 'data:image/png;base64,iVBORw0', authSecret: 'JBSWY3DPEHPK3PXP', userID: 'AB1234' },
    ],
  ])('%s', async (_, request, call, data) => {
    const { server, session, asked } = await start([success(data)])
    expect(await call(session)).toEqual(data)
    expect(asked()).toEqual([request])
    expect(server.asked[0]?.headers).not.toHaveProperty('authorization')
  })

  it('sets a fingerprint, whose envelope is another', async () => {
    const reply = { body: { status: true, result: [{ message: 'Fingerprint set successfully' }] } }
    const { session, asked } = await start([reply])
    await session.setFingerprint({ tenantId: 'a/b', groupId: 'HO', udid: 'D1', otp: 'OTP.JWT' })
    const body = { ...CREDENTIALS, group_Id: 'HO', type: 'SET_FINGERPRINT', udid: 'D1', otp: 'OTP.JWT' }
    expect(asked()).toEqual([['POST', '/interactive/authentication/a%2Fb/v1/setMPIN', body]])
  })

  it.each<[string, (session: SynapsewaveSession) => Promise<unknown>]>([
    ['changed', (s) => s.changePassword({ oldPassword: 'a', newPassword: 'b' })],
    ['reset', (s) => s.resetPassword({ newPassword: 'b', otp: 'c' })],
  ])('ends the session when the password is %s', async (_, call) => {
    const { session } = await loggedIn([success()])
    await call(session)
    expect(session.accessToken).toBeUndefined()
  })
})

describe('options', () => {
  it('name the server, else BANYAN_URL does, else it is a fresh one on this machine', () => {
    const baseOf = (options: Partial<SynapsewaveOptions>) => {
      const { baseUrl } = new SynapsewaveSession({ ...OPTIONS, ...options }).toJSON()
      return baseUrl
    }
    vi.stubEnv('BANYAN_URL', undefined)
    expect(baseOf({})).toBe('http://127.0.0.1:8080/interactive')
    vi.stubEnv('BANYAN_URL', 'https://banyan.example')
    expect(baseOf({})).toBe('https://banyan.example/interactive')
    expect(baseOf({ baseUrl: 'https://b.example/interactive/' })).toBe('https://b.example/interactive')
  })

  it.each<[object, string]>([
    [{ userId: '' }, '`userId` must be a non-empty string of printable ASCII'],
    [{ apiKey: undefined }, '`apiKey` must be'],
    [{ apiKey: 'a\nb' }, '`apiKey` must be'],
    [{ source: 'DEALERAPI' }, '`source` must be WEBAPI or MOBILEAPI'],
    [{ baseUrl: 'banyan' }, '`baseUrl` must be an absolute http or https URL'],
    [{ baseUrl: 'http://me:pw@h' }, '`baseUrl` must be'],
    [{ accessToken: '' }, '`accessToken` must be a token'],
    [{ timeoutMs: 0 }, '`timeoutMs` must be an integer from 1 to 600000'],
    [{ fetch: 7 }, '`fetch` must be a function'],
  ])('are refused with %j', (wrong, message) => {
    expect(() => new SynapsewaveSession({ ...OPTIONS, ...wrong } as SynapsewaveOptions)).toThrow(message)
  })
})

describe('secrets', () => {
  it('are in no picture of the session', async () => {
    const tokens = [registration, user].map(({ body }) => body)
    const fetch = async () => Response.json(tokens.shift() ?? tokens)
    const session = new SynapsewaveSession({ ...OPTIONS, fetch })
    await session.register({ password: 'mypassword123' })
    expect(session.toJSON()).toMatchObject({ apiKey: '***', registerToken: '***' })
    await session.login({ loginType: 'TP_TOKEN', password: 'SSO.JWT' })
    const shown = [JSON.stringify(session), inspect(session, { depth: null, showHidden: true, getters: false })].join()
    expect(shown).not.toMatch(/JWT|API-KEY|mypassword/)
    expect(inspect(session)).toMatch(/^SynapsewaveSession \{.*accessToken: '\*\*\*'/s)
  })

  it('of any options are neither shown nor in the refusal of a wrong one', () => {
    const secret = fc.stringMatching(/^[!-~]{12,40}$/)
    const wrong = fc.constantFrom<object>(
      { userId: '' },
      { source: 'X' },
      { baseUrl: 'x' },
      { timeoutMs: 0 },
      { fetch: 1 },
    )
    fc.assert(
      fc.property(secret, secret, wrong, (apiKey, accessToken, fault) => {
        const options = { ...OPTIONS, apiKey, accessToken }
        const messages = [
          { ...options, ...fault },
          { ...options, apiKey: `${apiKey}\n` },
        ].map((refused) => {
          try {
            return String(new SynapsewaveSession(refused as SynapsewaveOptions))
          } catch (error) {
            return String(error)
          }
        })
        const session = new SynapsewaveSession(options)
        const shown = [...messages, JSON.stringify(session), inspect(session, { showHidden: true, depth: null })]
        for (const value of [apiKey, accessToken]) {
          const forms = [value, JSON.stringify(value).slice(1, -1)]
          expect(shown.filter((text) => forms.some((form) => text.includes(form)))).toEqual([])
        }
      }),
    )
  })
})
