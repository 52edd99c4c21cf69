import { type BrokerSession, UpstreamError } from '@banyan/brokers'
import { parseTimestamp, Secret } from '@banyan/domain'
import { describe, expect, it } from 'vitest'
import { type AppCredentials, createSourceSession } from './index.ts'

const start = parseTimestamp('2026-03-12T08:55:00+05:30') ?? 0
const end = parseTimestamp('2026-03-13T06:00:00+05:30') ?? 0
const app: AppCredentials = { apiKey: new Secret('key'), apiSecret: new Secret('secret') }

function open(given: AppCredentials | null = app) {
  let now = start
  let failure: unknown = null
  const ended = new Set<string>()
  const source = createSourceSession({
    app: given,
    clock: { now: () => now },
    broker: {
      name: 'Zerodha',
      async open({ code }): Promise<BrokerSession & { isOpen(): boolean }> {
        if (failure !== null) throw failure
        const name = code.reveal()
        const none = async () => ({ rows: [], warnings: [] })
        return {
          account: name,
          expiresAt: end,
          isOpen: () => !ended.has(name),
          holdings: none,
          positions: none,
          close: async () => undefined,
        }
      },
    },
  })
  return {
    source,
    ended,
    at(instant: number) {
      now = instant
    },
    fail(error: unknown) {
      failure = error
    },
  }
}

const none = { valid: false, expiresAt: null, activatedAt: null }

describe('the session that feeds prices', () => {
  it('is none at first, also without an app', () => {
    expect(open().source.status()).toEqual({ configured: true, ...none, checkedAt: null })
    expect(open(null).source.status()).toEqual({ configured: false, ...none, checkedAt: null })
  })

  it('is valid from its activation to its end', async () => {
    const { source, at } = open()
    const valid = { configured: true, valid: true, expiresAt: end, activatedAt: start }
    expect(await source.activate(new Secret('code'))).toEqual({ ...valid, checkedAt: start })
    at(end - 1)
    expect([source.current()?.account, source.status()]).toEqual(['code', { ...valid, checkedAt: end - 1 }])
    at(end)
    expect([source.current(), source.status()]).toEqual([null, { configured: true, ...none, checkedAt: end }])
  })

  it('is over when the broker says so: somebody signed in with the same key elsewhere', async () => {
    const { source, ended } = open()
    await source.activate(new Secret('first'))
    ended.add('first')
    expect([source.current(), source.status().valid]).toEqual([null, false])
  })

  it('stays when a new sign-in fails, and tells how it failed', async () => {
    const { source, fail } = open()
    await source.activate(new Secret('first'))
    const at = { provider: 'zerodha', operation: 'open-session' }
    fail(new UpstreamError('auth_required', at, { vendorText: 'Token is invalid.' }))
    await expect(source.activate(new Secret('second'))).rejects.toMatchObject({
      code: 'broker_rejected',
      message: 'Zerodha refused: Token is invalid.',
    })
    fail(new DOMException('late', 'TimeoutError'))
    await expect(source.activate(new Secret('second'))).rejects.toMatchObject({ code: 'broker_timeout' })
    fail(new RangeError('ours'))
    await expect(source.activate(new Secret('second'))).rejects.toThrow(RangeError)
    expect(source.current()?.account).toBe('first')
  })

  it('is not opened without an app, and says what is missing', async () => {
    await expect(open(null).source.activate(new Secret('code'))).rejects.toMatchObject({
      code: 'provider_not_configured',
      message: 'The operator has set no key and secret of an app at Zerodha.',
    })
  })
})
