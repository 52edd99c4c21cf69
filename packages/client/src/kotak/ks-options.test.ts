import { inspect } from 'node:util'
import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { complete, greeting, hostOf, loggedIn, OPTIONS } from '../../testing/ks-script.ts'
import { closeServers, errorOf, serveScript } from '../../testing/scripted-server.ts'
import { KSTradeApi, type KSTradeApiOptions, KsValueError } from '../index.ts'

afterEach(() => {
  closeServers()
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
})

const refusalOf = (options: object): string => {
  try {
    new KSTradeApi(options as KSTradeApiOptions)
  } catch (error) {
    if (error instanceof KsValueError) return error.message
    throw error
  }
  return 'accepted'
}

describe('options', () => {
  it.each(['accessToken', 'userid', 'consumerKey', 'ip', 'appId'])('must have %s', async (name) => {
    const message = `Missing the required parameter \`${name}\``
    expect(refusalOf({ ...OPTIONS, [name]: undefined })).toBe(message)
    expect(refusalOf({ ...OPTIONS, [name]: null })).toBe(message)
    const rejected = await errorOf(KSTradeApi.create({ ...OPTIONS, [name]: undefined } as KSTradeApiOptions))
    expect(rejected).toEqual(new KsValueError(message))
  })

  it('may leave ip and appId empty, and nothing else', () => {
    expect(refusalOf({ ...OPTIONS, ip: '', appId: '' })).toBe('accepted')
    for (const name of ['accessToken', 'userid', 'consumerKey']) {
      expect(refusalOf({ ...OPTIONS, [name]: '' })).toBe(`Missing the required parameter \`${name}\``)
    }
  })

  it.each([
    [{ host: 'vendor.example/apim' }, '`host` must be an absolute http or https URL without login, query and fragment'],
    [{ host: '' }, '`host` must be'],
    [{ host: 'ftp://h/apim' }, '`host` must be'],
    [{ host: 'http://me:pw@h/apim' }, '`host` must be'],
    [{ host: 'http://h/apim?a=1' }, '`host` must be'],
    [{ accessToken: 7 }, '`accessToken` must be a string of printable ASCII'],
    [{ accessToken: 'a\r\nb: c' }, '`accessToken` must be'],
    [{ consumerKey: 'key\u20b9' }, '`consumerKey` must be'],
    [{ userid: ' S4MPL3' }, '`userid` must be'],
    [{ ip: 7 }, '`ip` must be'],
    [{ timeoutMs: 0 }, '`timeoutMs` must be an integer from 1 to 600000'],
    [{ timeoutMs: 600_001 }, '`timeoutMs` must be'],
    [{ timeoutMs: 1.5 }, '`timeoutMs` must be'],
    [{ timeoutMs: '10' }, '`timeoutMs` must be'],
    [{ maxRetries: -1 }, '`maxRetries` must be an integer from 0 to 5'],
    [{ maxRetries: 6 }, '`maxRetries` must be'],
    [{ allowedHosts: 'https://a.example' }, '`allowedHosts` must be an array of origins'],
    [{ allowedHosts: ['a.example'] }, '`allowedHosts` must be'],
    [{ allowedHosts: ['https://a.example/apim'] }, '`allowedHosts` must be'],
    [{ fetch: 'fetch' }, '`fetch` must be a function'],
    [{ consumerSecret: 7 }, '`consumerSecret` must be a string'],
    [{ proxyUrl: 7 }, '`proxyUrl` must be a string'],
    [{ proxyUrl: 'https://proxy.example' }, '`proxyUrl` must be an http URL'],
    [{ proxyUrl: 'proxy.example:3128' }, '`proxyUrl` must be an http URL'],
    [{ proxyUrl: 'http://me:pw@proxy.example' }, '`proxyUrl` must not carry a login: use `proxyUser` and `proxyPass`'],
    [{ proxyUser: 'me' }, '`proxyUser` needs `proxyUrl`'],
    [{ proxyUrl: 'http://p', proxyUser: 'a:b' }, '`proxyUser` must be a string without a colon'],
    [{ proxyUrl: 'http://p', proxyPass: 'pw' }, '`proxyUser` must be a string without a colon'],
    [{ proxyUrl: 'http://p', fetch }, '`proxyUrl` and `fetch` exclude each other'],
    [{ timeout: 5 }, 'Unknown option `timeout`'],
    [{ Host: 'http://h' }, 'Unknown option `Host`'],
    [{ access_token: 'again' }, '`accessToken` is given twice'],
  ])('are refused with %j', (wrong, message) => {
    expect(refusalOf({ ...OPTIONS, ...wrong })).toContain(message)
  })

  it('are accepted up to their bounds', () => {
    const widest = { timeoutMs: 600_000, maxRetries: 5, allowedHosts: ['https://a.example', 'http://b.example:81/'] }
    expect(refusalOf({ ...OPTIONS, ...widest })).toBe('accepted')
    expect(refusalOf({ ...OPTIONS, timeoutMs: 1, maxRetries: 0, allowedHosts: [] })).toBe('accepted')
    expect(refusalOf({ ...OPTIONS, proxy_url: 'http://p:3128', proxy_user: 'u', proxy_pass: 'p' })).toBe('accepted')
  })

  it('may be null as ported programs write it', () => {
    const none = { host: null, proxy_url: null, proxy_user: null, proxy_pass: null, consumer_secret: null, fetch: null }
    expect(refusalOf({ ...OPTIONS, ...none })).toBe('accepted')
  })
})

describe('the host', () => {
  it('is that of BANYAN_URL, else the address of a fresh server', () => {
    vi.stubEnv('BANYAN_URL', undefined)
    expect(new KSTradeApi(OPTIONS).host).toBe('http://127.0.0.1:8080/apim')
    vi.stubEnv('BANYAN_URL', 'https://banyan.example')
    expect(new KSTradeApi(OPTIONS).host).toBe('https://banyan.example/apim')
    vi.stubEnv('BANYAN_URL', 'https://banyan.example/')
    expect(new KSTradeApi(OPTIONS).host).toBe('https://banyan.example/apim')
    expect(new KSTradeApi({ ...OPTIONS, host: 'https://h.example/apim/' }).host).toBe('https://h.example/apim/')
  })

  it('needs no process: in a browser there is none, and no proxy either', () => {
    vi.stubGlobal('process', undefined)
    const { host } = new KSTradeApi(OPTIONS)
    const refusal = refusalOf({ ...OPTIONS, proxyUrl: 'http://p' })
    vi.unstubAllGlobals()
    expect([host, refusal]).toEqual(['http://127.0.0.1:8080/apim', '`proxyUrl` works in Node only'])
  })
})

const SECRETS = ['accessToken', 'consumerKey', 'consumerSecret', 'proxyPass'] as const
const secret = fc.stringMatching(/^[!-~]{12,40}$/)
const secrets = fc.record({ accessToken: secret, consumerKey: secret, consumerSecret: secret, proxyPass: secret })

describe('secrets', () => {
  const pictures = (ks: KSTradeApi) => [
    JSON.stringify(ks),
    JSON.stringify({ nested: [ks] }),
    inspect(ks),
    inspect({ nested: [ks] }, { depth: null, showHidden: true, getters: false }),
    String(ks),
    `${Object.entries(ks)}`,
  ]

  it('of the options are in no picture of the client', () => {
    fc.assert(
      fc.property(secrets, (given) => {
        const proxy = { proxyUrl: 'http://proxy.example', proxyUser: 'user' }
        const shown = pictures(new KSTradeApi({ ...OPTIONS, ...given, ...proxy }))
        for (const value of Object.values(given)) {
          const escaped = JSON.stringify(value).slice(1, -1)
          expect(shown.filter((text) => text.includes(value) || text.includes(escaped))).toEqual([])
        }
      }),
    )
  })

  it('are in no refusal, whatever else is wrong', () => {
    const wrong = fc.constantFrom<object>(
      { host: 'no' },
      { timeoutMs: 0 },
      { proxyUrl: 'no' },
      { proxyUrl: undefined },
      { unknown: 1 },
      ...SECRETS.map((name) => ({ [name]: '\n' })),
    )
    fc.assert(
      fc.property(secrets, wrong, fc.constantFrom(...SECRETS, 'userid'), (given, fault, broken) => {
        const options = { ...OPTIONS, proxyUrl: 'http://p', proxyUser: 'u', ...given }
        const refusals = [
          refusalOf({ ...options, ...fault }),
          refusalOf({ ...options, [broken]: `${given.accessToken}\u20b9` }),
          refusalOf({ ...options, proxyUrl: `http://u:${encodeURIComponent(given.proxyPass)}@p` }),
        ]
        for (const value of Object.values(given)) expect(refusals.join()).not.toContain(value)
      }),
    )
  })

  it('of the session are shown as three asterisks, the rest as it is', async () => {
    const server = await serveScript([greeting, loggedIn, complete, loggedIn])
    const ks = await KSTradeApi.create({ ...OPTIONS, host: hostOf(server), consumerSecret: 'CONSUMER-SECRET' })
    await ks.login('secret')
    await ks.session2fa('1234')
    await ks.login('secret')
    expect(JSON.parse(JSON.stringify(ks))).toEqual({
      accessToken: '***',
      userid: 'S4MPL3',
      consumerKey: '***',
      ip: '127.0.0.1',
      appId: 'DefaultApplication',
      host: hostOf(server),
      consumerSecret: '***',
      timeoutMs: 10_000,
      maxRetries: 3,
      allowedHosts: [],
      oneTimeToken: '***',
      sessionToken: '***',
    })
    expect(inspect(ks)).toMatch(/^KSTradeApi \{.*sessionToken: '\*\*\*'/s)
  })
})
