import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { formatIst } from '@banyan/domain'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { ist, type QuietSandbox, startQuietSandbox } from '../testing/quiet-sandbox.ts'
import { faultKinds } from './fault.ts'

let sandbox: QuietSandbox
beforeAll(async () => {
  sandbox = await startQuietSandbox()
})
afterEach(async () => {
  await sandbox.control.clearFaults()
})
afterAll(() => sandbox.close())

const ask = async (path: string, method = 'GET', body?: unknown, base = sandbox.urls.yahoo) => {
  const response = await fetch(`${base}/_sandbox/${path}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
  return { status: response.status, body: (await response.json()) as unknown }
}

it('tells, sets, moves, stops and starts the clock', async () => {
  expect((await ask('clock')).body).toMatchObject({ now: '2026-03-12T12:00:00+05:30', frozen: false })
  await ask('clock', 'POST', { set: '2026-03-13T09:15:00+05:30', frozen: true })
  sandbox.wall.advance(5_000)
  expect((await ask('clock', 'POST', { advance_ms: 60_000 })).body).toEqual({
    now: '2026-03-13T09:16:00+05:30',
    epoch_ms: ist('2026-03-13T09:16:00'),
    frozen: true,
  })
  await ask('clock', 'POST', { frozen: false })
  sandbox.wall.advance(2_000)
  expect(formatIst(sandbox.control.clock.now())).toBe('2026-03-13T09:16:02+05:30')
})

it.each([[{ set: '2026-03-13 09:15:00' }], [{ advance_ms: -1 }], [{ frozen: 'yes' }], [{ speed: 2 }], [[1]]])(
  'refuses to follow %j, and leaves the clock alone',
  async (body) => {
    const before = sandbox.control.clock.now()
    const { status, body: answer } = await ask('clock', 'POST', body)
    expect(status).toBe(400)
    expect(answer).toMatchObject({ error: expect.stringMatching(/set|JSON object/) })
    expect(sandbox.control.clock.now()).toBe(before)
  },
)

it('sets faults of its own provider or of another, lists them and clears them', async () => {
  await ask('faults', 'POST', { fault: 'status:503', count: 2 })
  await ask('faults', 'POST', { fault: 'slow:100', provider: 'zerodha', duration_ms: 9_000, operation: 'holdings' })
  expect((await ask('faults')).body).toEqual([
    { provider: 'zerodha', fault: 'slow:100', operation: 'holdings', left: null, duration_ms: 9_000 },
    { provider: 'yahoo', fault: 'status:503', operation: null, left: 2, duration_ms: null },
  ])
  expect((await ask('faults?provider=zerodha', 'DELETE')).body).toHaveLength(1)
  expect((await ask('faults', 'DELETE')).body).toEqual([])
})

it.each([
  [{ fault: 'explode' }, /not known/],
  [{ fault: 'hang', count: '2' }, /whole numbers/],
  [{ fault: 'hang', provider: 'kite' }, /provider must be one of zerodha/],
  [{ count: 2 }, /must hold fault/],
  [{ fault: 'hang', often: 2 }, /may hold/],
])('refuses the fault %j, saying why', async (body, reason) => {
  const { status, body: answer } = await ask('faults', 'POST', body)
  expect(status).toBe(400)
  expect(answer).toMatchObject({ error: expect.stringMatching(reason) })
  expect((await ask('faults')).body).toEqual([])
})

it('refuses a fault of the ticker where there is none, and keeps nothing of it', async () => {
  const { status, body } = await ask('faults', 'POST', { fault: 'ticker_drop', provider: 'icici' })
  expect([status, body]).toEqual([400, { error: 'icici has no fault ticker_drop' }])
  expect((await ask('faults')).body).toEqual([])
})

it('takes every fault line of the guide, which shows every fault there is', async () => {
  const guide = readFileSync(new URL('../../../../docs/guides/sandbox.md', import.meta.url), 'utf8')
  const lines = [...guide.matchAll(/^fault '(\{.*\})'/gm)].map(([, json = '']) => JSON.parse(json) as { fault: string })
  expect(new Set(lines.map(({ fault }) => fault.split(':')[0]))).toEqual(new Set(faultKinds))
  for (const line of lines) expect((await ask('faults', 'POST', { ...line, provider: 'zerodha' })).status).toBe(200)
})

it('shows the calls of all providers in their order, and not its own', async () => {
  await ask('log', 'DELETE')
  await fetch(`${sandbox.urls.zerodha.rest}/nowhere`)
  sandbox.wall.advance(1)
  await fetch(`${sandbox.urls.exchange}/nowhere`)
  const { body } = await ask('log')
  expect(body).toMatchObject([
    { provider: 'zerodha', method: 'GET', path: '/nowhere', operation: null, status: 404, fault: null },
    { provider: 'exchange', path: '/nowhere' },
  ])
  expect((await ask('log?provider=exchange')).body).toHaveLength(1)
})

it('knows no other route', async () => {
  expect((await ask('nowhere')).status).toBe(404)
  expect((await ask('clock', 'DELETE')).status).toBe(404)
})

it('does nothing for pages of other hosts, or for what a page may post without asking', async () => {
  const { hostname, port } = new URL(sandbox.urls.yahoo)
  const status = await new Promise((resolve, reject) => {
    const call = request({ hostname, port, path: '/_sandbox/log', headers: { host: 'evil.example' } }, (response) =>
      resolve(response.resume().statusCode),
    )
    call.on('error', reject).end()
  })
  expect(status).toBe(403)
  const plain = await fetch(`${sandbox.urls.yahoo}/_sandbox/faults`, { method: 'POST', body: '{"fault":"hang"}' })
  expect(plain.status).toBe(415)
  expect((await ask('faults')).body).toEqual([])
})
