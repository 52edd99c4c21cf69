import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createCallLog } from './call-log.ts'
import type { SandboxCall } from './upstream.ts'

const call = (parts: Partial<SandboxCall> = {}): SandboxCall => ({
  method: 'GET',
  path: '/portfolio/holdings',
  query: new URLSearchParams(),
  rawQuery: '',
  headers: {},
  hasContentLength: false,
  body: Buffer.alloc(0),
  now: 0,
  ...parts,
})
const plain = { operation: 'holdings', status: 200, fault: null }

it('shows no secret, however it was encoded', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Za-z0-9+=!/"%& -]{6,40}$/), (secret) => {
      const log = createCallLog('zerodha')
      const rawQuery = new URLSearchParams({ access_token: secret, also: 'shown' }).toString()
      const lower = encodeURIComponent(secret).replaceAll(/%../g, (hex) => hex.toLowerCase())
      log.add(
        call({
          path: `/x/${encodeURIComponent(secret)}/${lower}`,
          rawQuery,
          headers: { authorization: `token key:${secret}`, 'x-session': secret, 'x-kite-version': '3' },
          body: Buffer.from(JSON.stringify({ secret })),
        }),
        plain,
        [secret],
      )
      const [logged] = log.list()
      const shown = JSON.stringify([logged?.path, logged?.query, logged?.headers, logged?.body])
      for (const form of [secret, encodeURIComponent(secret), lower]) expect(shown).not.toContain(form)
      expect(logged?.query).toMatch(/^access_token=\[masked:[0-9a-f]{8}\]&also=shown$/)
      expect(logged?.headers['x-kite-version']).toBe('3')
    }),
  )
})

it('gives equal secrets equal marks, so that two sessions can be told apart', () => {
  const log = createCallLog('zerodha')
  for (const token of ['first-token', 'second-token', 'first-token']) {
    log.add(call({ headers: { authorization: `token key:${token}` } }), plain, [token])
  }
  const [a, b, c] = log.list().map(({ headers }) => headers['authorization'])
  expect(a).toBe(c)
  expect(a).not.toBe(b)
})

it('masks a short secret only where it stands alone', () => {
  const log = createCallLog('zerodha')
  log.add(call({ rawQuery: 'api_key=k&kind=k' }), plain, ['k'])
  expect(log.list()[0]?.query).toMatch(/^api_key=\[masked:\w+\]&kind=\[masked:\w+\]$/)
})

it('keeps the last ten thousand calls', () => {
  const log = createCallLog('zerodha')
  for (let i = 0; i < 20_500; i++) log.add(call({ now: i }), plain, [])
  expect(log.list()).toHaveLength(10_000)
  expect(log.list()[0]?.at).toBe(10_500)
})
