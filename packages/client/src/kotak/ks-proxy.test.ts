import { execFile } from 'node:child_process'
import { type AddressInfo, createServer } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { inspect, promisify } from 'node:util'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { complete, greeting, hostOf, loggedIn, loggedOut, OPTIONS } from '../../testing/ks-script.ts'
import { closeServers, errorOf, serveScript } from '../../testing/scripted-server.ts'
import { makeSelfSigned } from '../../testing/self-signed.ts'
import { serveProxy } from '../../testing/tiny-proxy.ts'
import { KSTradeApi } from '../index.ts'

const own = makeSelfSigned()
const trusted = getCACertificates('default')

afterEach(() => {
  setDefaultCACertificates(trusted)
  closeServers()
})

const LOGIN = { proxyUser: 'us@er', proxyPass: 'p:ä ss' }
const BASIC = `Basic ${Buffer.from('us@er:p:ä ss').toString('base64')}`

async function wholeDay(ks: KSTradeApi) {
  await ks.init()
  await ks.login('secret')
  await ks.session2fa('1234')
  return ks.logout()
}

describe('through a proxy', () => {
  it('runs https inside one CONNECT tunnel, where the proxy sees no key', async () => {
    setDefaultCACertificates([...trusted, own.cert])
    const server = await serveScript([greeting, loggedIn, complete, loggedOut], own)
    const proxy = await serveProxy('tunnel')
    const ks = new KSTradeApi({ ...OPTIONS, ...LOGIN, host: hostOf(server), proxyUrl: proxy.url })
    expect(await wholeDay(ks)).toEqual(loggedOut.body)
    const { host } = new URL(server.origin)
    expect(proxy.asked).toEqual([
      { method: 'CONNECT', target: host, headers: { host, connection: 'close', 'proxy-authorization': BASIC } },
    ])
    expect(server.asked.map(({ method, connection }) => [method, connection])).toEqual([
      ['GET', 0],
      ['POST', 0],
      ['POST', 0],
      ['DELETE', 0],
    ])
    expect(server.asked[1]).toMatchObject({ body: '{"userid":"S4MPL3","password":"secret"}' })
    expect(server.asked.some(({ headers }) => 'proxy-authorization' in headers)).toBe(false)
  })

  it('keeps checking TLS: a certificate nobody vouches for is refused before any request', async () => {
    const server = await serveScript([greeting], own)
    const proxy = await serveProxy('tunnel')
    const ks = new KSTradeApi({ ...OPTIONS, host: hostOf(server), proxyUrl: proxy.url, maxRetries: 0 })
    const error = await errorOf(ks.init())
    expect(error).toMatchObject({ status: 0, reason: expect.stringMatching(/^Network error: self-signed certificate/) })
    expect(server.asked).toEqual([])
  })

  it('refuses a certificate of another name', async () => {
    setDefaultCACertificates([...trusted, own.cert])
    const server = await serveScript([greeting], own)
    const proxy = await serveProxy('tunnel')
    const host = hostOf(server).replace('127.0.0.1', 'localhost')
    const error = await errorOf(new KSTradeApi({ ...OPTIONS, host, proxyUrl: proxy.url, maxRetries: 0 }).init())
    expect(error).toMatchObject({ status: 0, reason: expect.stringContaining("does not match certificate's altnames") })
    expect(server.asked).toEqual([])
  })

  it('hands http requests to the proxy whole', async () => {
    const server = await serveScript([greeting, loggedIn, complete, loggedOut])
    const proxy = await serveProxy('tunnel')
    const ks = new KSTradeApi({ ...OPTIONS, ...LOGIN, host: hostOf(server), proxyUrl: proxy.url })
    expect(await wholeDay(ks)).toEqual(loggedOut.body)
    expect(proxy.asked[0]).toMatchObject({
      method: 'GET',
      target: `${hostOf(server)}/session/1.0/session/init`,
      headers: { host: new URL(server.origin).host, 'proxy-authorization': BASIC },
    })
    expect(proxy.asked.map(({ method }) => method)).toEqual(['GET', 'POST', 'POST', 'DELETE'])
    expect(server.asked[1]?.body).toBe('{"userid":"S4MPL3","password":"secret"}')
  })

  it('sends no authorization without a user', async () => {
    const server = await serveScript([greeting])
    const proxy = await serveProxy('tunnel')
    await new KSTradeApi({ ...OPTIONS, host: hostOf(server), proxyUrl: proxy.url }).init()
    expect(proxy.asked[0]?.headers).not.toHaveProperty('proxy-authorization')
  })

  it('follows the redirects of the server as without it', async () => {
    const foreign = await serveScript([greeting])
    const hop = (location: string) => ({ status: 307, headers: { location } })
    const server = await serveScript([hop('/apim/x'), greeting, hop(`${foreign.origin}/x`)])
    const proxy = await serveProxy('tunnel')
    const ks = new KSTradeApi({ ...OPTIONS, host: hostOf(server), proxyUrl: proxy.url })
    await ks.init()
    expect(await errorOf(ks.init())).toMatchObject({ status: 307 })
    expect([server.asked.length, foreign.asked.length]).toEqual([3, 0])
  })

  it.each([204, 304])('reads an answer without a body, status %d', async (status) => {
    const server = await serveScript([{ status }])
    const proxy = await serveProxy('tunnel')
    const ks = new KSTradeApi({ ...OPTIONS, host: hostOf(server), proxyUrl: proxy.url })
    expect(await errorOf(ks.init())).toMatchObject({ status, body: '' })
  })
})

describe('a proxy that does not help', () => {
  it('refuses the tunnel: the error names its status, and no secret', async () => {
    const proxy = await serveProxy({ refusal: '407 Proxy Authentication Required' })
    const options = { ...OPTIONS, ...LOGIN, proxyUrl: proxy.url, maxRetries: 0, host: 'https://banyan.example/apim' }
    const error = await errorOf(new KSTradeApi(options).init())
    expect(error).toMatchObject({
      status: 0,
      reason: 'Network error: The proxy answered 407 Proxy Authentication Required',
    })
    const shown = inspect(error, { depth: null, showHidden: true })
    for (const secret of ['p:ä ss', BASIC.slice(6), OPTIONS.accessToken]) expect(shown).not.toContain(secret)
  })

  it('is not there', async () => {
    const proxy = await serveProxy('tunnel')
    closeServers()
    const reason = `Network error: connect ECONNREFUSED 127.0.0.1:${proxy.port}`
    for (const host of ['https://banyan.example/apim', 'http://banyan.example/apim']) {
      const ks = new KSTradeApi({ ...OPTIONS, host, proxyUrl: proxy.url, maxRetries: 0 })
      expect(await errorOf(ks.init())).toMatchObject({ status: 0, reason })
    }
  })

  it('withholds the tunnel: a timeout, after which no connection is left', async () => {
    const proxy = await serveProxy('withhold')
    const ks = new KSTradeApi({ ...OPTIONS, host: 'https://banyan.example/apim', proxyUrl: proxy.url, timeoutMs: 80 })
    expect(await errorOf(ks.init())).toMatchObject({ status: 0, reason: 'Timeout after 80 ms' })
    await vi.waitFor(() => expect(proxy.open()).toBe(0))
    expect(proxy.asked).toHaveLength(1)
  })

  it('gets the time of one exchange, also when the server behind it is silent', async () => {
    setDefaultCACertificates([...trusted, own.cert])
    const server = await serveScript(['withhold', 'break'], own)
    const proxy = await serveProxy('tunnel')
    const options = { ...OPTIONS, host: hostOf(server), proxyUrl: proxy.url, maxRetries: 0 }
    expect(await errorOf(new KSTradeApi({ ...options, timeoutMs: 150 }).init())).toMatchObject({
      reason: 'Timeout after 150 ms',
    })
    expect(await errorOf(new KSTradeApi(options).init())).toMatchObject({ reason: 'Network error: aborted' })
    await vi.waitFor(() => expect(proxy.open()).toBe(0))
  })

  it('answers with a status that HTTP does not know', async () => {
    const odd = createServer((socket) => socket.end('HTTP/1.1 999 Odd\r\ncontent-length: 0\r\n\r\n'))
    await new Promise<void>((resolve) => odd.listen(0, '127.0.0.1', resolve))
    const proxyUrl = `http://127.0.0.1:${(odd.address() as AddressInfo).port}`
    const ks = new KSTradeApi({ ...OPTIONS, host: 'http://banyan.example/apim', proxyUrl, maxRetries: 0 })
    expect(await errorOf(ks.init())).toMatchObject({ status: 0, reason: expect.stringMatching(/^Network error: /) })
    odd.close()
  })
})

it('kept-alive tunnels do not keep a program from ending', async () => {
  const server = await serveScript([greeting], own)
  const proxy = await serveProxy('tunnel')
  const face = fileURLToPath(new URL('../index.ts', import.meta.url))
  const options = { ...OPTIONS, host: hostOf(server), proxyUrl: proxy.url }
  const program = `import { KSTradeApi } from ${JSON.stringify(face)}
    import { setDefaultCACertificates } from 'node:tls'
    setDefaultCACertificates([${JSON.stringify(own.cert)}])
    console.log(await KSTradeApi.create(${JSON.stringify(options)}))`
  const run = promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], { timeout: 20_000 })
  expect((await run).stdout).toMatch(/^KSTradeApi \{/)
})
