import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ist, type QuietSandbox, startQuietSandbox } from '../testing/quiet-sandbox.ts'
import { agree, answerOf, checksumOf, exchangeToken, getAs, refusal, signIn } from './testing/kite-user.ts'

let sandbox: QuietSandbox
beforeEach(async () => {
  sandbox = await startQuietSandbox()
})
afterEach(() => sandbox.close())

const tokenOf = async (apiKey = 'sandbox') => (await agree(sandbox, { apiKey })).searchParams.get('request_token') ?? ''

describe('the login page', () => {
  it('has a button for everybody who may sign in and one to refuse, in a form that the redirect follows from', async () => {
    const response = await fetch(`${sandbox.urls.zerodha.login}?v=3&api_key=a%22b&redirect_params=state%3Dx%26y%3D%22`)
    const html = await response.text()
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(html).toContain('<form method="post" action="/connect/finish">')
    expect(html).toContain('name="api_key" value="a&#34;b"')
    expect(html).toContain('name="redirect_params" value="state=x&#38;y=&#34;"')
    expect([...html.matchAll(/<button name="user_id" value="(\w*)">/g)].map(([, id]) => id)).toEqual([
      ...['AB1234', 'CD5678', 'ZZ0001', ''],
    ])
  })

  it('redirects to the registered address with request_token, action, status and the decoded redirect_params', async () => {
    const url = await agree(sandbox, {}, 'state=a%2Fb+c&mine=1')
    expect(url.origin + url.pathname).toBe('http://localhost:8080/api/brokers/zerodha/callback')
    expect([...url.searchParams]).toEqual([
      ['request_token', expect.stringMatching(/^[0-9a-f]{32}$/)],
      ['action', 'login'],
      ['type', 'login'],
      ['status', 'success'],
      ['state', 'a/b c'],
      ['mine', '1'],
    ])
  })

  it('sends who refuses back without a token and with another status', async () => {
    const { searchParams } = await agree(sandbox, { userId: '' }, 'state=x')
    expect([searchParams.get('status'), searchParams.has('request_token'), searchParams.get('state')]).toEqual([
      ...['cancelled', false, 'x'],
    ])
  })
})

describe('a request token', () => {
  it('opens a session with the checksum of key, token and secret', async () => {
    const { status, body } = await exchangeToken(sandbox, 'sandbox', await tokenOf())
    expect(status).toBe(200)
    expect(body.data).toMatchObject({
      user_id: 'AB1234',
      broker: 'ZERODHA',
      exchanges: expect.arrayContaining(['NSE', 'BSE', 'NFO']),
      api_key: 'sandbox',
      access_token: expect.stringMatching(/^[0-9a-f]{32}$/),
      refresh_token: '',
      login_time: '2026-03-12 12:00:00',
    })
  })

  it('works once', async () => {
    const token = await tokenOf()
    expect((await exchangeToken(sandbox, 'sandbox', token)).status).toBe(200)
    expect(await exchangeToken(sandbox, 'sandbox', token)).toMatchObject(refusal(403, 'TokenException'))
  })

  it('works for three minutes', async () => {
    const [inTime, late] = [await tokenOf(), await tokenOf()]
    sandbox.wall.advance(3 * 60_000 - 1)
    expect((await exchangeToken(sandbox, 'sandbox', inTime)).status).toBe(200)
    sandbox.wall.advance(1)
    expect(await exchangeToken(sandbox, 'sandbox', late)).toMatchObject(refusal(403, 'TokenException'))
  })

  it.each([
    ['the wrong secret', (token: string) => checksumOf('sandbox', token, 'wrong')],
    ['another order', (token: string) => checksumOf(token, 'sandbox')],
    ['upper-case digits', (token: string) => checksumOf('sandbox', token).toUpperCase()],
  ])('is refused with a checksum of %s, and not spent', async (_what, checksum) => {
    const token = await tokenOf()
    expect(await exchangeToken(sandbox, 'sandbox', token, checksum(token))).toMatchObject(
      refusal(403, 'TokenException'),
    )
    expect((await exchangeToken(sandbox, 'sandbox', token)).status).toBe(200)
  })

  it('is of the key it was given to', async () => {
    expect(await exchangeToken(sandbox, 'other', await tokenOf())).toMatchObject(refusal(403, 'TokenException'))
  })

  it('is asked for with all of its fields', async () => {
    const body = new URLSearchParams({ api_key: 'sandbox', request_token: 'x' })
    const response = await fetch(`${sandbox.urls.zerodha.rest}/session/token`, { method: 'POST', body })
    expect(await answerOf(response)).toMatchObject(refusal(400, 'InputException'))
  })
})

describe('an access token', () => {
  it.each([
    ['2026-03-12T03:10:00', '2026-03-12T06:00:00'],
    ['2026-03-12T08:55:00', '2026-03-13T06:00:00'],
    ['2026-03-12T06:00:00', '2026-03-13T06:00:00'],
  ])('of %s dies at %s', async (login, end) => {
    sandbox.control.clock.set(ist(login))
    const user = await signIn(sandbox)
    sandbox.control.clock.freeze()
    sandbox.control.clock.set(ist(end) - 1)
    expect((await user.get('/user/profile')).status).toBe(200)
    sandbox.control.clock.set(ist(end))
    expect(await user.get('/user/profile')).toMatchObject(refusal(403, 'TokenException'))
  })

  it('dies on logout', async () => {
    const { apiKey, accessToken, get } = await signIn(sandbox)
    const query = new URLSearchParams({ api_key: apiKey, access_token: accessToken })
    const logout = () => fetch(`${sandbox.urls.zerodha.rest}/session/token?${query}`, { method: 'DELETE' })
    expect(await answerOf(await logout())).toEqual({ status: 200, body: { status: 'success', data: true } })
    expect(await get('/portfolio/holdings')).toMatchObject(refusal(403, 'TokenException'))
    expect(await answerOf(await logout())).toMatchObject(refusal(403, 'TokenException'))
  })

  it('dies on a second login of the same user with the same key, and of nobody else', async () => {
    const [first, otherUser, otherKey] = [
      await signIn(sandbox),
      await signIn(sandbox, { userId: 'CD5678' }),
      await signIn(sandbox, { apiKey: 'another' }),
    ]
    const second = await signIn(sandbox)
    expect(await first.get('/user/profile')).toMatchObject(refusal(403, 'TokenException'))
    for (const user of [second, otherUser, otherKey]) expect((await user.get('/user/profile')).status).toBe(200)
  })

  it('is of the key it was given to', async () => {
    const { accessToken } = await signIn(sandbox)
    expect(await getAs(sandbox, '/user/profile', `token other:${accessToken}`)).toMatchObject(
      refusal(403, 'TokenException'),
    )
  })

  it.each([undefined, 'token', 'token keyonly', 'token :x', 'Bearer sandbox:x', 'token a:b c'])(
    'that comes as %s is missing or malformed: 400 InputException',
    async (authorization) => {
      const answer = await getAs(sandbox, '/portfolio/holdings', authorization)
      expect(answer).toMatchObject(refusal(400, 'InputException'))
      expect(answer.body.message).toMatch(/api_key|access_token/)
    },
  )
})

describe('apps', () => {
  const listed = {
    apiKey: 'only-key',
    apiSecret: 's3cret',
    product: 'full',
    redirectUrl: 'https://app.example/back?tenant=7',
    users: ['CD5678'],
  } as const

  it('can be listed: then others are refused, users are limited, and secret and address are theirs', async () => {
    await sandbox.close()
    sandbox = await startQuietSandbox({ zerodha: { keys: [listed] } })
    const page = await fetch(`${sandbox.urls.zerodha.login}?v=3&api_key=only-key`)
    expect(await page.text()).not.toContain('AB1234')
    const stranger = await fetch(`${sandbox.urls.zerodha.login}?v=3&api_key=other`)
    expect(await answerOf(stranger)).toMatchObject(refusal(400, 'InputException'))
    const back = await agree(sandbox, { apiKey: 'only-key', userId: 'CD5678' })
    expect(back.href).toMatch(/^https:\/\/app\.example\/back\?tenant=7&request_token=/)
    const token = back.searchParams.get('request_token') ?? ''
    const { status, body } = await exchangeToken(sandbox, 'only-key', token, checksumOf('only-key', token, 's3cret'))
    expect([status, body.data.user_id]).toEqual([200, 'CD5678'])
  })

  it('of the free tier are refused quotes and candles with a permission, and keep their session', async () => {
    const user = await signIn(sandbox, { apiKey: 'personal-free' })
    for (const path of ['/quote?i=NSE:INFY', '/quote/ltp?i=NSE:INFY', '/instruments/historical/1/day']) {
      expect(await user.get(path)).toMatchObject(refusal(403, 'PermissionException'))
    }
    expect((await user.get('/portfolio/holdings')).status).toBe(200)
  })
})

it('answers unknown paths and methods as the vendor does', async () => {
  expect(await getAs(sandbox, '/orders')).toMatchObject(refusal(404, 'GeneralException'))
  expect(await getAs(sandbox, '/session/token')).toMatchObject(refusal(405, 'GeneralException'))
})
