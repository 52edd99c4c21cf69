import { afterEach, describe, expect, it } from 'vitest'
import { closeServers, errorOf, type Reply, type Step, serveScript } from '../../testing/scripted-server.ts'
import { makeSelfSigned } from '../../testing/self-signed.ts'
import { ConnectionError, SynapsewaveError, type SynapsewaveOptions, SynapsewaveSession } from '../index.ts'

afterEach(closeServers)

const OPTIONS = { userId: 'AB1234', apiKey: 'API-KEY', accessToken: 'ACCESS.JWT' }
const refusal = (status: number, errors: string, headers = {}): Reply => ({
  status,
  headers,
  body: { status: 'error', code: 'e-101', message: `sentence of ${errors}`, errors },
})

async function start(steps: Step[], more: Partial<SynapsewaveOptions> = {}) {
  const server = await serveScript(steps)
  const session = new SynapsewaveSession({ ...OPTIONS, baseUrl: `${server.origin}/interactive`, ...more })
  return { server, session }
}

/** Number, status and whether `Retry-After` comes with it: synapsewave.md §4. */
const ERRORS: [string, number, number?][] = [
  ...[14, 17, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 38, 39].map((n): [string, number] => [`e-${n}`, 400]),
  ...[31, 32].map((n): [string, number] => [`e-${n}`, 403]),
  ...[33, 34, 35].map((n): [string, number] => [`e-${n}`, 401]),
  ...[36, 37].map((n): [string, number, number] => [`e-${n}`, 429, 17]),
  ...[40, 41, 42, 43, 50].map((n, i): [string, number] => [`e-${n}`, [404, 405, 413, 415, 500][i] ?? 0]),
  ['e-51', 503, 9],
]

describe('a refusal', () => {
  it.each(ERRORS)('%s with status %d is told as it is', async (code, status, retryAfterS) => {
    const headers = { 'x-request-id': 'req_1', ...(retryAfterS && { 'retry-after': String(retryAfterS) }) }
    const { server, session } = await start([refusal(status, code, headers)])
    const error = await errorOf(session.profile())
    expect(error).toBeInstanceOf(SynapsewaveError)
    expect(error).toMatchObject({
      name: 'SynapsewaveError',
      message: `sentence of ${code}`,
      status,
      code,
      requestId: 'req_1',
      retryAfterS: retryAfterS ?? null,
    })
    expect(server.asked).toHaveLength(1)
  })

  it('comes in the envelope of set-fingerprint too', async () => {
    const body = { status: false, result: [{ message: 'Incorrect OTP.', errors: 'e-22' }] }
    const { session } = await start([{ status: 400, body }])
    const error = await errorOf(session.setFingerprint({ tenantId: 't', groupId: 'g', udid: 'u', otp: '1' }))
    expect(error).toMatchObject({ message: 'Incorrect OTP.', status: 400, code: 'e-22' })
  })

  it.each(['e-34', 'e-35'])('%s ends the session, and validate says so', async (code) => {
    const one = await start([refusal(401, code)])
    expect(await errorOf(one.session.logout())).toMatchObject({ code })
    const two = await start([refusal(401, code)])
    expect(await two.session.validate()).toBe(false)
    expect([one.session.accessToken, two.session.accessToken]).toEqual([undefined, undefined])
  })

  it.each(['e-31', 'e-32', 'e-33', 'e-36', 'e-50'])('%s does not', async (code) => {
    const { session } = await start([refusal(400, code)])
    expect(await errorOf(session.validate())).toMatchObject({ code })
    expect(session.accessToken).toBe('ACCESS.JWT')
  })
})

describe('an answer that is not the contract’s', () => {
  it.each<[string, Reply]>([
    ['a page', { body: '<h1>Hello' }],
    ['an empty one', {}],
    ['an array', { body: [] }],
    ['null', { body: 'null' }],
    ['no envelope', { body: { data: {} } }],
    ['a success without its data', { body: { status: 'success' } }],
    ['an error without its number', { status: 400, body: { status: 'error', message: 'm' } }],
    ['an error without a sentence', { status: 400, body: { status: 'error', errors: 'e-20' } }],
    ['an empty result', { body: { status: true, result: [] } }],
    ['a success with another status', { status: 502, body: { status: 'success', data: {} } }],
    ['an answer of more than 1 MiB', { body: '{"status":"success","data":{}}'.padEnd((1 << 20) + 1) }],
  ])('is %s', async (_, reply) => {
    const { session } = await start([reply])
    expect(await errorOf(session.profile())).toMatchObject({
      name: 'SynapsewaveError',
      code: 'unexpected_response',
      status: reply.status ?? 200,
    })
  })

  it.each<[string, (session: SynapsewaveSession) => Promise<unknown>]>([
    ['login', (s) => s.login({ loginType: 'TP_TOKEN', password: 'x' })],
    ['register', (s) => s.register({ password: 'x' })],
    ['verifyOtp', (s) => s.verifyOtp('123456')],
    ['sendOtp', (s) => s.sendOtp()],
    ['registerTotp', (s) => s.registerTotp({ otp: 'x' })],
    ['validate', (s) => s.validate()],
  ])('is what lacks the data of %s', async (_, call) => {
    for (const data of [undefined, null, 7, ['x']]) {
      const { session } = await start([{ body: { status: 'success', data } }])
      expect(await errorOf(call(session))).toMatchObject({ code: 'unexpected_response', status: 200 })
    }
  })

  it.each([undefined, '', 'two\r\nlines', 7])('is a token that no header can carry: %j', async (token) => {
    const reply = { body: { status: 'success', data: { access_token: token, register_token: token } } }
    const { session } = await start([reply, reply])
    const login = session.login({ loginType: 'TP_TOKEN', password: 'x' })
    expect(await errorOf(login)).toMatchObject({ code: 'unexpected_response' })
    expect(await errorOf(session.register({ password: 'x' }))).toMatchObject({ code: 'unexpected_response' })
    expect(session.accessToken).toBe('ACCESS.JWT')
  })
})

describe('no answer', () => {
  it('is a timeout, a dropped connection, a certificate nobody vouches for; none is tried again', async () => {
    const late = await start(['withhold'], { timeoutMs: 50 })
    const lost = await start(['drop'])
    const broken = await start(['break'])
    const tls = await serveScript([], makeSelfSigned())
    const secure = new SynapsewaveSession({ ...OPTIONS, baseUrl: `${tls.origin}/interactive` })
    const timeout = await errorOf(late.session.profile())
    expect(timeout).toBeInstanceOf(ConnectionError)
    expect(timeout).toMatchObject({ code: 'timeout' })
    expect(await errorOf(lost.session.profile())).toMatchObject({ code: 'unreachable', partial: false })
    expect(await errorOf(broken.session.profile())).toMatchObject({ code: 'unreachable', partial: true })
    expect(await errorOf(secure.profile())).toMatchObject({ code: 'unreachable' })
    expect([lost, broken].map(({ server }) => server.asked.length)).toEqual([1, 1])
  })
})

it('a redirect to another origin is not followed: nothing is sent there', async () => {
  const foreign = await serveScript([])
  const away = { status: 307, headers: { location: `${foreign.origin}/interactive` } }
  const { server, session } = await start([away])
  expect(await errorOf(session.login({ loginType: 'TP_TOKEN', password: 'x' }))).toMatchObject({
    code: 'unexpected_response',
    status: 307,
  })
  expect([server.asked.length, foreign.asked.length]).toEqual([1, 0])
})
