import { istMidnight } from '@banyan/domain'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Sandbox } from '../index.ts'
import { type BreezeClient, createBreezeClient, key, send, start, startStill } from './testing/breeze-client.ts'

let sandbox: Sandbox
let client: BreezeClient
beforeAll(async () => {
  sandbox = await startStill({
    icici: {
      keys: [
        { apiKey: key, apiSecret: `${key}-secret`, redirectUrl: 'http://localhost:9/back?a=1&b=2' },
        { apiKey: 'by+query', apiSecret: 's', redirectUrl: 'http://localhost:9/back?a=1', returnsBy: 'query' },
        { apiKey: 'one', apiSecret: 's', users: ['BANYAN02'] },
      ],
    },
  })
  client = createBreezeClient(sandbox)
})
afterAll(() => sandbox.close())
beforeEach(() => sandbox.control.clock.set(start))

const pageOf = (apiKey: string) => `${sandbox.urls.icici}/apiuser/login?api_key=${encodeURIComponent(apiKey)}`
const press = (apiKey: string, userId: string) =>
  fetch(pageOf(apiKey), { method: 'POST', body: new URLSearchParams({ user_id: userId }), redirect: 'manual' })

describe('the login page', () => {
  it('has a button for everybody who may sign in with the key, and names no secret', async () => {
    const page = await (await fetch(pageOf(key))).text()
    expect([...page.matchAll(/value="(\w+)"/g)].map(([, id]) => id)).toEqual(['BANYAN01', 'BANYAN02', 'BANYAN00'])
    expect(page).not.toContain('-secret')
    expect(await (await fetch(pageOf('one'))).text()).not.toContain('BANYAN01')
  })

  it('posts the code to the redirect URL as API_Session, from its own site', async () => {
    const page = await (await press(key, 'BANYAN01')).text()
    expect(page).toContain('<form method="post" action="http://localhost:9/back?a=1&#38;b=2">')
    expect(page).toMatch(/<input type="hidden" name="API_Session" value="[\w]{32}">/)
    expect(page).toContain('document.forms[0].submit()')
  })

  it('sends the code by query where the key says so', async () => {
    const reply = await press('by+query', 'BANYAN01')
    expect(reply.status).toBe(302)
    expect(reply.headers.get('location')).toMatch(/^http:\/\/localhost:9\/back\?a=1&apisession=\w{32}$/)
  })

  it('gives no code for a key or a user nobody knows', async () => {
    const unknown = (await (await press('other', 'BANYAN01')).json()) as { Error: string }
    expect(unknown.Error).toBe('Public Key does not exist')
    expect(await (await press(key, 'NOBODY')).text()).not.toContain('API_Session')
    expect(await (await press('one', 'BANYAN01')).text()).not.toContain('API_Session')
  })

  it('takes a plus sign that is not encoded for a space, as forms do', async () => {
    const reply = await fetch(`${sandbox.urls.icici}/apiuser/login?api_key=${key}`)
    expect(await reply.text()).toContain('Public Key does not exist')
  })
})

describe('customerdetails', () => {
  it('turns a code into a session, once', async () => {
    const code = await client.signIn()
    const { status, envelope } = await client.customerDetails(code)
    expect([status, envelope.Status, envelope.Error]).toEqual([200, 200, null])
    expect(envelope.Success).toMatchObject({
      idirect_userid: 'BANYAN01',
      idirect_lastlogin_time: '11-Mar-2026 11:30:00',
      segments_allowed: { Trading: 'Y', Equity: 'Y', Derivatives: 'Y', Currency: 'N' },
      exg_trade_date: { NSE: '11-Mar-2026' },
    })
    const { session_token: token } = envelope.Success as { session_token: string }
    expect(Buffer.from(token, 'base64').toString()).toMatch(/^BANYAN01:\w{32}$/)
    expect(await client.customerDetails(code)).toEqual({
      status: 200,
      envelope: { Success: null, Status: 500, Error: 'Resource not available.' },
    })
  })

  it('refuses the code of yesterday and that of another app', async () => {
    const [stale, foreign] = [await client.signIn(), await client.signIn()]
    const other = createBreezeClient(sandbox, 'by+query', 's')
    expect((await other.customerDetails(foreign)).envelope.Error).toBe('Resource not available.')
    sandbox.control.clock.set(istMidnight('2026-03-12'))
    expect((await client.customerDetails(stale)).envelope.Error).toBe('Resource not available.')
  })

  it('BZ-2 refuses a body that is not framed by Content-Length', async () => {
    const code = await client.signIn()
    const { status, envelope } = await client.customerDetails(code, { headers: {}, body: '' })
    expect([status, envelope.Error]).toEqual([411, 'Content-Length is missing'])
    // To the server the bytes that follow are a broken next request.
    expect((await client.customerDetails(code, { headers: {} })).status).toBe(400)
    expect((await client.customerDetails(code)).envelope.Status).toBe(200)
  })

  it('is asked with GET and JSON', async () => {
    expect((await client.customerDetails('x', { method: 'POST' })).status).toBe(405)
    const odd = { headers: { 'content-length': '4' }, body: 'null' }
    expect((await client.customerDetails('x', odd)).envelope.Error).toBe('Request Object is Invalid')
  })

  it('does not know a key that nobody has', async () => {
    const stranger = createBreezeClient(sandbox, 'nobody', 's')
    expect((await stranger.customerDetails('x')).envelope.Error).toBe('Public Key does not exist')
  })
})

describe('a session', () => {
  it('BZ-6 opened at 23:50 IST ends at 00:00', async () => {
    sandbox.control.clock.set(istMidnight('2026-03-12') - 10 * 60_000)
    const token = await client.open()
    sandbox.control.clock.set(istMidnight('2026-03-12') - 1_000)
    expect((await client.call('dematholdings', {}, token)).status).toBe(200)
    sandbox.control.clock.set(istMidnight('2026-03-12'))
    expect(await client.call('dematholdings', {}, token)).toEqual({
      status: 401,
      envelope: { Success: null, Status: 5, Error: 'Invalid session' },
    })
  })

  it('is worth nothing with another key, decoded, or invented', async () => {
    const token = await client.open()
    const other = createBreezeClient(sandbox, 'by+query', 's')
    const errorOf = async (call: Promise<{ envelope: { Error: string | null } }>) => (await call).envelope.Error
    expect(await errorOf(other.call('dematholdings', {}, token))).toBe('Invalid session')
    expect(await errorOf(client.call('dematholdings', {}, Buffer.from(token, 'base64').toString()))).toBe(
      'Invalid session',
    )
    expect(await errorOf(client.call('dematholdings', {}, 'x'))).toBe('Invalid session')
    expect(await errorOf(client.history({}, ''))).toBe('Invalid session')
  })

  it('does not end when the same person opens another', async () => {
    const [first, second] = [await client.open(), await client.open()]
    expect(first).not.toBe(second)
    for (const token of [first, second]) expect((await client.call('dematholdings', {}, token)).status).toBe(200)
  })
})

describe('a path nobody knows', () => {
  it.each(['order', 'funds', 'margin'])('%s is answered in the vendor’s shape', async (operation) => {
    const { status, envelope } = await send(`${sandbox.urls.icici}/breezeapi/api/v1/${operation}`, {})
    expect([status, envelope.Success, envelope.Status]).toEqual([404, null, 404])
  })
})
