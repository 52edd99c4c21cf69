import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type IdentityServer, startIdentityServer } from '../testing/identity-server.ts'
import { type KeepAliveSocket, openKeepAliveSocket, type RawReply } from './testing/keep-alive-socket.ts'

const email = 'asha.rao@example.com'
const sessionHeaders = 'ip: 127.0.0.1\r\nappId: DefaultApplication\r\nAccept: application/json\r\n'
const agent = 'User-Agent: KSTradeApi-python/1.0.0/python\r\n'
const json = 'Content-Type: application/json\r\n'

/**
 * The vendors' Python clients (kotak.md, sources) cannot be installed where these tests run. What they send is written down in the
 * contract byte for byte, and what they do with replies in its §7: both are played here on one connection, as they do it.
 */
describe("the vendors' clients", () => {
  let server: IdentityServer
  let socket: KeepAliveSocket
  let bearer = ''

  beforeAll(async () => {
    server = await startIdentityServer({ now: Date.parse('2026-01-05T09:01:00+05:30') })
    const signedIn = await server.addAccount(email, 'p@ssw0rd-9')
    const application = await server.addApplication(signedIn)
    bearer = application.accessToken
    await takeLiteralNames(server, application.id)
  })
  afterAll(() => server.close())
  beforeEach(async () => {
    socket = await openKeepAliveSocket(server.port)
    return () => socket.close()
  })

  it('V1, V3, V4: get the replies of the contract to the requests of the contract', async () => {
    const host = `127.0.0.1:${server.port}`
    const literal = (bytes: string) => bytes.replaceAll('127.0.0.1:8080', host)
    const example = (text: string) => JSON.stringify(JSON.parse(literal(text).replaceAll('8080', String(server.port))))

    const minted = await socket.send(
      literal(
        'POST /apim/token HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nAuthorization: Q09OU1VNRVItS0VZOkNPTlNVTUVSLVNFQ1JFVA==\r\n' +
          'Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 29\r\n\r\ngrant_type=client_credentials',
      ),
    )
    const { access_token: live } = JSON.parse(minted.text)
    expect([minted.status, minted.text]).toEqual([
      200,
      `{"access_token":"${live}","scope":"default","token_type":"Bearer","expires_in":86400}`,
    ])

    const init = await socket.send(
      literal(
        'GET /apim/session/1.0/session/init HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nAccept-Encoding: identity\r\n' +
          `userid: S4MPL3\r\nconsumerKey: CONSUMER-KEY\r\n${sessionHeaders}${agent}Authorization: Bearer ${live}\r\n${json}\r\n`,
      ),
    )
    expect([init.status, init.text]).toEqual([200, example(initExample)])

    const login = await socket.send(
      literal(
        'POST /apim/session/1.0/session/login/userid HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nAccept-Encoding: identity\r\n' +
          `Content-Length: 46\r\nconsumerKey: CONSUMER-KEY\r\n${sessionHeaders}${json}${agent}Authorization: Bearer ${live}\r\n\r\n` +
          '{"userid": "S4MPL3", "password": "p@ssw0rd-9"}',
      ),
    )
    const { oneTimeToken } = JSON.parse(login.text).Success
    expect(oneTimeToken).toMatch(/^[0-9A-F]{32}$/)
    expect([login.status, login.text]).toEqual([
      200,
      example(loginExample).replace('0F1E2D3C4B5A69788796A5B4C3D2E1F0', oneTimeToken),
    ])

    server.turn(70_000)
    const code = await server.codeFor(email)
    const factor = await socket.send(
      literal(
        'POST /apim/session/1.0/session/2FA/accesscode HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nAccept-Encoding: identity\r\n' +
          `Content-Length: 42\r\noneTimeToken: ${oneTimeToken}\r\nconsumerKey: CONSUMER-KEY\r\n${sessionHeaders}${json}${agent}` +
          `Authorization: Bearer ${live}\r\n\r\n{"userid": "S4MPL3", "accessCode": "${code}"}`,
      ),
    )
    const { sessionToken, apiToken } = JSON.parse(factor.text).success
    expect(sessionToken).toMatch(/^[0-9A-F]{32}$/)
    expect(apiToken.sessionId).toMatch(/^\d{6}#0-\d{4}$/)
    expect([factor.status, factor.text]).toEqual([
      200,
      example(sessionExample)
        .replace('A1B2C3D4E5F60718293A4B5C6D7E8F90', sessionToken)
        .replace('868457#0-2044', apiToken.sessionId),
    ])

    const logout = await socket.send(
      literal(
        'DELETE /apim/session/1.0/session/logout HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nAccept-Encoding: identity\r\n' +
          `sessionToken: ${sessionToken}\r\nconsumerKey: CONSUMER-KEY\r\nip: 127.0.0.1\r\nappId: DefaultApplication\r\n` +
          `userid: S4MPL3\r\nAccept: application/json\r\n${agent}Authorization: Bearer ${live}\r\n${json}\r\n`,
      ),
    )
    expect([logout.status, logout.text]).toEqual([200, '{"Success":{"message":"Logout Successful."}}'])

    const newer = 'grant_type=client_credentials&username=None&password=None&refresh_token=None'
    const formReply = await socket.send(
      literal(
        'POST /apim/token HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nAuthorization: Q09OU1VNRVItS0VZOkNPTlNVTUVSLVNFQ1JFVA==\r\n' +
          `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 76\r\n\r\n${newer}`,
      ),
    )
    expect(formReply.status).toBe(200)
  })

  it.each([
    ['/apim', undefined],
    ['/apim/', undefined],
    ['/apim', 'for a day'],
  ])('cases 1 and 2: go through a day with base %s, with one init and without an exception', async (path, minted) => {
    const base = `http://127.0.0.1:${server.port}${path}`
    const client = createVendorClient(socket, base, minted === undefined ? bearer : await mint(socket, path))
    await client.init()
    await client.login('p@ssw0rd-9')
    const session = await client.session2fa(await server.codeFor(email))
    expect(session['clientCode']).toBe('S4MPL3')
    expect(await client.logout()).toEqual({ Success: { message: 'Logout Successful.' } })
    // The client forgets nothing: a second logout sends the dead token once more, and a login begins anew.
    await expect(client.logout()).rejects.toThrow('(401) 99999')
    await client.login('p@ssw0rd-9')
    await client.session2fa(await server.codeFor(email))
    await client.logout()
    expect({ inits: client.inits(), base: client.base() }).toEqual({ inits: 1, base })
    server.turn(16 * 60_000)
  })

  it('case 14 as the clients send it: no code asks the other path, with the same headers', async () => {
    const client = createVendorClient(socket, `http://127.0.0.1:${server.port}/apim`, bearer)
    await client.init()
    await client.login('p@ssw0rd-9')
    await expect(client.session2fa(null)).rejects.toThrow('(401) 100005')
    await client.session2fa(await server.codeFor(email))
    await client.logout()
  })

  it('without an access token the older client leaves Authorization out and gets a body it can read', async () => {
    const client = createVendorClient(socket, `http://127.0.0.1:${server.port}/apim`, null)
    await expect(client.init()).rejects.toThrow('(401) 900901')
  })
})

/** The contract's examples name an account, a key and a secret: the database is made to hold exactly these. */
async function takeLiteralNames({ database }: IdentityServer, applicationId: string): Promise<void> {
  const secretHash = createHash('sha256').update('CONSUMER-SECRET').digest('hex')
  await database.writer
    .updateTable('accounts')
    .set({ client_code: 'S4MPL3', mobile: '+919812345828' })
    .where('email', '=', email)
    .execute()
  await database.writer
    .updateTable('applications')
    .set({ consumer_key: 'CONSUMER-KEY', secret_hash: secretHash })
    .where('id', '=', applicationId)
    .execute()
}

async function mint(socket: KeepAliveSocket, path: string): Promise<string> {
  const body = 'grant_type=client_credentials&username=None&password=None&refresh_token=None'
  const reply = await socket.send(
    `POST ${path}/token HTTP/1.1\r\nHost: localhost\r\nAuthorization: Q09OU1VNRVItS0VZOkNPTlNVTUVSLVNFQ1JFVA==\r\n` +
      `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  )
  return JSON.parse(reply.text).access_token
}

/** Does with requests and replies what kotak.md marks as observed: §1, §3, §5 and §7. */
function createVendorClient(socket: KeepAliveSocket, configuredBase: string, accessToken: string | null) {
  let base = configuredBase
  let inits = 0
  let oneTimeToken = ''
  let sessionToken = ''

  async function send(method: string, path: string, own: readonly string[], body?: object): Promise<Reply> {
    const { host, pathname } = new URL(base)
    // Python's json.dumps: a space after colon and comma, everything beyond ASCII escaped.
    const text = body === undefined ? '' : pythonJson(body)
    const lines = [
      `${method} ${pathname}${path} HTTP/1.1`,
      `Host: ${host}`,
      'Accept-Encoding: identity',
      ...(text === '' ? [] : [`Content-Length: ${text.length}`]),
      ...own,
      'consumerKey: CONSUMER-KEY',
      'ip: 127.0.0.1',
      'appId: DefaultApplication',
      'Accept: application/json',
      'Content-Type: application/json',
      'User-Agent: KSTradeApi-python/1.0.0/python',
      ...(accessToken === null ? [] : [`Authorization: Bearer ${accessToken}`]),
    ]
    return read(await socket.send(`${lines.join('\r\n')}\r\n\r\n${text}`))
  }

  async function init(): Promise<void> {
    inits += 1
    const { redirect } = inner(await send('GET', '/session/1.0/session/init', ['userid: S4MPL3'])) as Redirecting
    if (redirect.host === base) return
    base = redirect.host
    await init()
  }

  return {
    init,
    base: () => base,
    inits: () => inits,
    async login(password: string): Promise<void> {
      const body = { userid: 'S4MPL3', password }
      oneTimeToken = String(inner(await send('POST', '/session/1.0/session/login/userid', [], body))['oneTimeToken'])
    },
    async session2fa(accessCode: string | null): Promise<Record<string, unknown>> {
      const own = [`oneTimeToken: ${oneTimeToken}`]
      const reply =
        accessCode === null
          ? await send('POST', '/session/1.0/session/2FA/oneTimeToken', own, { userid: 'S4MPL3' })
          : await send('POST', '/session/1.0/session/2FA/accesscode', own, { userid: 'S4MPL3', accessCode })
      sessionToken = String(inner(reply)['sessionToken'])
      return inner(reply)
    },
    logout: () => send('DELETE', '/session/1.0/session/logout', [`sessionToken: ${sessionToken}`, 'userid: S4MPL3']),
  }
}

type Reply = Record<string, Record<string, unknown>>
type Redirecting = { readonly redirect: { readonly host: string } }

/** A reply without a body, a fault, or a success the client cannot find is its exception. */
function read({ status, headers, text }: RawReply): Reply {
  if (headers['content-encoding'] !== undefined) throw new Error('the client reads no packed reply')
  const body = JSON.parse(text)
  if (status < 200 || status > 299 || body.fault !== undefined) throw new Error(`(${status}) ${body.fault.code}`)
  return body
}

function inner(body: Reply): Record<string, unknown> {
  const found = body['Success'] ?? body['success']
  if (found === undefined || Object.keys(found).length === 0) throw new Error('no success in the reply')
  return found
}

function pythonJson(value: object): string {
  const members = Object.entries(value).map(([name, member]) => `"${name}": ${escaped(String(member))}`)
  return `{${members.join(', ')}}`
}

function escaped(text: string): string {
  return JSON.stringify(text).replace(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

const initExample = `{"Success":{"clientType":"ONLINE","encryption":{"keySize":0,"publickKey":"","type":"PLAIN"},"isNRI":"N","message":"",
 "redirect":{"host":"http://127.0.0.1:8080/apim","port":8080},"service":{"host":"http://127.0.0.1:8080/apim","port":8080},
 "status":"Success","userType":"G","userid":"S4MPL3"}}`

const loginExample = `{"Success":{"Status":"Temporary","accessCodeTime":"1/5/2026 9:01:00 AM","biometric":"N","clientType":"ONLINE","emailId":"XXXX@example.com",
 "message":"Authentication Successful.","mpin":"N","oneTimeToken":"0F1E2D3C4B5A69788796A5B4C3D2E1F0","phoneNo":"XXXXXXX828",
 "redirect":{"host":"http://127.0.0.1:8080/apim","port":8080,"userid":"S4MPL3"}}}`

const sessionExample = `{"success":{"advancedChart":{"host":"http://127.0.0.1:8080/chartiqtrade/","port":8080},
 "apiToken":{"redirect":{"host":"http://127.0.0.1:8080","port":8080},"sessionId":"868457#0-2044"},
 "broadcast":{"host":"http://127.0.0.1:8080/","port":8080},"clientCode":"S4MPL3","clientName":"ASHA RAO","dormantType":"-","emailId":"",
 "enabledExchangeSegments":{"CASH":[{"exchange":"NSE","status":"ACTIVE"},{"exchange":"BSE","status":"ACTIVE"}],
  "CDS":[{"exchange":"NSE","status":"ACTIVE"},{"exchange":"MCX","status":"ACTIVE"}],"COMMODITY":[{"exchange":"MCX","status":"INACTIVE"}],
  "FNO":[{"exchange":"NSE","status":"ACTIVE"},{"exchange":"BSE","status":"ACTIVE"}]},
 "enabledProducts":["NORMAL","SUPERMULTIPLE","SUPERMULTIPLEOPTION","MTF","MIS"],"enabledSegments":["CASH","FO","CDS"],
 "getLtp":{"host":"http://127.0.0.1:8080","port":8080},"isNRI":"N","loginTime":"1/5/2026 9:02:10 AM","marginProduct":{"isEnabled":"Y"},
 "marketData":{"host":"http://127.0.0.1:8080","port":8080},"phoneNo":"","redirect":{"host":"http://127.0.0.1:8080/apim","port":8080},
 "search":{"host":"http://127.0.0.1:8080/","port":8080},"service":{"host":"http://127.0.0.1:8080/apim","port":8080},
 "sessionToken":"A1B2C3D4E5F60718293A4B5C6D7E8F90","stwtFlag":"Y","userId":"S4MPL3","weblink":{"host":"http://127.0.0.1:8080/","port":8080}}}`
