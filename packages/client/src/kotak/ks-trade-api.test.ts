import { afterEach, describe, expect, it } from 'vitest'
import {
  complete,
  fault,
  greeting,
  hostOf,
  INIT,
  LOGIN,
  loggedIn,
  loggedOut,
  moveTo,
  ONE_TIME_TOKEN,
  OPTIONS,
  SESSION_TOKEN,
} from '../../testing/ks-script.ts'
import { closeServers, errorOf, type Recorded, serveScript } from '../../testing/scripted-server.ts'
import { KSTradeApi, KsApiError, KsValueError } from '../index.ts'
import { version } from '../version.ts'

afterEach(closeServers)

const SNAKE_OPTIONS = {
  access_token: 'ACCESS-TOKEN',
  userid: 'S4MPL3',
  consumer_key: 'CONSUMER-KEY',
  ip: '127.0.0.1',
  app_id: 'DefaultApplication',
}

const wholeDay = () => serveScript([greeting, loggedIn, complete, loggedOut])

/** Method, path, body, and the headers that are not the HTTP library's own. */
function essence({ method, path, headers, body }: Recorded) {
  const { host: _h, connection: _c, ...rest } = headers
  const own = Object.entries(rest).filter(
    ([name]) => !/^(accept-(language|encoding)|sec-.*|content-length)$/.test(name),
  )
  return { line: `${method} ${path}`, headers: Object.fromEntries(own), body }
}

const COMMON = {
  accept: 'application/json',
  'content-type': 'application/json',
  'user-agent': `banyan-client/${version}`,
  authorization: 'Bearer ACCESS-TOKEN',
  consumerkey: 'CONSUMER-KEY',
  ip: '127.0.0.1',
  appid: 'DefaultApplication',
}

describe('a session', () => {
  it('sends the recorded requests of kotak.md §5.3, §5.4, §5.5 and §5.7 over kept-alive connections', async () => {
    const server = await wholeDay()
    const ks = await KSTradeApi.create({ ...OPTIONS, host: hostOf(server) })
    await ks.login({ password: 'p@ssw0rd-9' })
    await ks.session2fa({ accessCode: '1234' })
    await ks.logout()
    expect(server.asked.map(essence)).toEqual([
      { line: `GET ${INIT}`, headers: { ...COMMON, userid: 'S4MPL3' }, body: '' },
      { line: `POST ${LOGIN}`, headers: COMMON, body: '{"userid":"S4MPL3","password":"p@ssw0rd-9"}' },
      {
        line: 'POST /apim/session/1.0/session/2FA/accesscode',
        headers: { ...COMMON, onetimetoken: ONE_TIME_TOKEN },
        body: '{"userid":"S4MPL3","accessCode":"1234"}',
      },
      {
        line: 'DELETE /apim/session/1.0/session/logout',
        headers: { ...COMMON, sessiontoken: SESSION_TOKEN, userid: 'S4MPL3' },
        body: '',
      },
    ])
    expect(new Set(server.asked.map(({ connection }) => connection)).size).toBeLessThan(4)
  })

  it('resolves to the whole reply of login and logout, and to the inner object of init and 2FA', async () => {
    const server = await wholeDay()
    const ks = new KSTradeApi({ ...OPTIONS, host: hostOf(server) })
    expect(await ks.init()).toEqual({ redirect: { host: hostOf(server), port: 8080 } })
    expect(await ks.login('secret')).toEqual(loggedIn.body)
    expect(await ks.session2fa('1234')).toEqual({ clientCode: 'S4MPL3', sessionToken: SESSION_TOKEN })
    expect(await ks.logout()).toEqual(loggedOut.body)
  })

  it('keeps the tokens as long as they are of use', async () => {
    const server = await wholeDay()
    const ks = await KSTradeApi.create({ ...OPTIONS, host: hostOf(server) })
    const tokens = () => [ks.oneTimeToken, ks.sessionToken]
    expect([ks.host, ks.userid, ...tokens()]).toEqual([hostOf(server), 'S4MPL3', undefined, undefined])
    await ks.login('secret')
    expect(tokens()).toEqual([ONE_TIME_TOKEN, undefined])
    await ks.session2fa('1234')
    expect(tokens()).toEqual([undefined, SESSION_TOKEN])
    await ks.logout()
    expect(tokens()).toEqual([undefined, undefined])
  })

  it('is the same with snake_case names, the vendor’s method name and a bare code', async () => {
    const [camel, snake] = [await wholeDay(), await wholeDay()]
    const one = await KSTradeApi.create({ ...OPTIONS, host: hostOf(camel) })
    await one.login({ password: 'secret' })
    const session = await one.session2fa({ accessCode: '1234' })
    const two = await KSTradeApi.create({ ...SNAKE_OPTIONS, host: hostOf(snake) })
    await two.login({ password: 'secret' })
    expect(await two.session_2fa('1234')).toEqual(session)
    expect(snake.asked.map(essence)).toEqual(camel.asked.map(essence))
  })

  it('takes the access code under its snake_case name', async () => {
    const server = await wholeDay()
    const ks = await KSTradeApi.create({ ...OPTIONS, host: hostOf(server) })
    await ks.login('secret')
    await ks.session_2fa({ access_code: '0042' })
    expect(server.asked[2]?.body).toBe('{"userid":"S4MPL3","accessCode":"0042"}')
  })

  it.each([undefined, null, '', {}, { accessCode: null }, { accessCode: '' }, { access_code: '' }])(
    'asks without an access code when it is %j',
    async (code) => {
      const server = await wholeDay()
      const ks = await KSTradeApi.create({ ...OPTIONS, host: hostOf(server) })
      await ks.login('secret')
      await ks.session2fa(code)
      const { path, body } = server.asked[2] ?? {}
      expect([path, body]).toEqual(['/apim/session/1.0/session/2FA/oneTimeToken', '{"userid":"S4MPL3"}'])
    },
  )

  it('greets the server at login when that has not succeeded yet, and then no more', async () => {
    const server = await serveScript([fault(500, 101500), greeting, loggedIn, loggedIn])
    const ks = new KSTradeApi({ ...OPTIONS, host: hostOf(server) })
    expect(await errorOf(ks.init())).toMatchObject({ status: 500 })
    await ks.login('secret')
    await ks.login('secret')
    expect(server.asked.map(({ path }) => path)).toEqual([INIT, INIT, LOGIN, LOGIN])
  })

  it('carries a password beyond ASCII in UTF-8', async () => {
    const server = await serveScript([greeting, loggedIn])
    await new KSTradeApi({ ...OPTIONS, host: hostOf(server) }).login('pä₹"')
    expect(JSON.parse(server.asked[1]?.body ?? '')).toEqual({ userid: 'S4MPL3', password: 'pä₹"' })
  })

  it('joins base and path as they are, and sends an empty ip', async () => {
    const server = await serveScript([(origin) => moveTo(`${origin}//apim`), loggedIn])
    const ks = await KSTradeApi.create({ ...OPTIONS, ip: '', host: `${server.origin}//apim` })
    expect(ks.host).toBe(`${server.origin}//apim`)
    expect(server.asked[0]?.path).toBe('//apim/session/1.0/session/init')
    expect(server.asked[0]?.headers['ip']).toBe('')
  })
})

describe('guards', () => {
  it('refuse 2FA before login, logout before 2FA and a second logout, and send nothing', async () => {
    const server = await wholeDay()
    const ks = await KSTradeApi.create({ ...OPTIONS, host: hostOf(server) })
    const noLogin = await errorOf(ks.session2fa({ accessCode: '1234' }))
    const noSession = await errorOf(ks.logout())
    expect(server.asked).toHaveLength(1)
    await ks.login('secret')
    await ks.session2fa('1234')
    await ks.logout()
    expect([noLogin, noSession, await errorOf(ks.logout())]).toEqual([
      new KsValueError("Please invoke 'login' function first"),
      new KsValueError("Please invoke 'session_2fa' function first"),
      new KsValueError("Please invoke 'session_2fa' function first"),
    ])
    expect(server.asked).toHaveLength(4)
  })

  it.each(['', undefined, null, 7, {}, { password: '' }, { password: 7 }])('refuse the password %j', async (given) => {
    const ks = new KSTradeApi({ ...OPTIONS, host: 'http://127.0.0.1:9' })
    expect(await errorOf(ks.login(given as string))).toEqual(new KsValueError('password must be a non-empty string'))
  })

  it('refuse an access code that is not a string, and keep the one-time token', async () => {
    const server = await wholeDay()
    const ks = await KSTradeApi.create({ ...OPTIONS, host: hostOf(server) })
    await ks.login('secret')
    for (const code of [1234, { accessCode: 1234 }, { access_code: true }]) {
      expect(await errorOf(ks.session2fa(code as never))).toEqual(new KsValueError('accessCode must be a string'))
    }
    await ks.session2fa('1234')
    expect(server.asked).toHaveLength(3)
  })
})

describe('the end of a session', () => {
  it('is noticed at fault 99999: both tokens are forgotten', async () => {
    const server = await serveScript([greeting, loggedIn, complete, loggedIn, fault(401, 99999, 'Session ended')])
    const ks = await KSTradeApi.create({ ...OPTIONS, host: hostOf(server) })
    await ks.login('secret')
    await ks.session2fa('1234')
    await ks.login('secret')
    const error = await errorOf(ks.logout())
    expect(error).toBeInstanceOf(KsApiError)
    expect(error).toMatchObject({ status: 401, fault: { code: 99999, message: 'Session ended', description: 'd' } })
    expect([ks.oneTimeToken, ks.sessionToken]).toEqual([undefined, undefined])
  })

  it('is none at any other fault', async () => {
    const server = await serveScript([greeting, loggedIn, fault(401, 100002), complete, fault(500, 101500)])
    const ks = await KSTradeApi.create({ ...OPTIONS, host: hostOf(server) })
    await ks.login('secret')
    expect(await errorOf(ks.session2fa('9999'))).toMatchObject({ fault: { code: 100002 } })
    expect(ks.oneTimeToken).toBe(ONE_TIME_TOKEN)
    await ks.session2fa('1234')
    expect(await errorOf(ks.logout())).toMatchObject({ status: 500 })
    expect(ks.sessionToken).toBe(SESSION_TOKEN)
  })

  it('counts as reached when only a repeated logout hears of it', async () => {
    const server = await serveScript([greeting, loggedIn, complete, 'drop', fault(401, 99999)])
    const ks = await KSTradeApi.create({ ...OPTIONS, host: hostOf(server) })
    await ks.login('secret')
    await ks.session2fa('1234')
    expect(await ks.logout()).toEqual({ Success: { message: 'Logout Successful.' } })
    expect(ks.sessionToken).toBeUndefined()
    expect(server.asked.slice(3).map(({ method }) => method)).toEqual(['DELETE', 'DELETE'])
  })
})
