import { describe, expect, it } from 'vitest'
import { createBanyanClient } from '../index.ts'

/** Answers every request with an empty object after `lateMs` and records what was asked. */
function clientWith(timeoutMs: number, lateMs = 0) {
  const asked: string[] = []
  const { brokers } = createBanyanClient({
    baseUrl: 'http://banyan.example',
    token: () => 't',
    timeoutMs,
    async fetch(input, { method, body, signal } = {}) {
      asked.push([method, String(input).replace('http://banyan.example', ''), body].filter(Boolean).join(' '))
      await new Promise((resolve, reject) => {
        setTimeout(resolve, lateMs)
        signal?.addEventListener('abort', () => reject(signal.reason))
      })
      return new Response('{}', { headers: { 'content-type': 'application/json' } })
    },
  })
  return { asked, brokers }
}

const app = { api_key: 'k', api_secret: 's' }

describe('broker calls', () => {
  it('ask what the server documents and name an account only where one is given', async () => {
    const { asked, brokers } = clientWith(5_000)
    await brokers.list()
    await brokers.beginSignIn('zerodha', 'k')
    await brokers.connect('icici', { ...app, claim: 'c' })
    await brokers.sync('zerodha')
    await brokers.sync('zerodha', { account: 'AB1234' })
    await brokers.disconnect('zerodha')
    await brokers.disconnect('zerodha', { account: 'AB1234' })
    expect(asked).toEqual([
      'GET /api/brokers',
      'POST /api/brokers/zerodha/sign-in {"api_key":"k"}',
      'POST /api/brokers/icici/connect {"api_key":"k","api_secret":"s","claim":"c"}',
      'POST /api/brokers/zerodha/sync {}',
      'POST /api/brokers/zerodha/sync {"broker_account":"AB1234"}',
      'DELETE /api/brokers/zerodha/connect',
      'DELETE /api/brokers/zerodha/connect?account=AB1234',
    ])
  })

  it('wait for a sync beyond the usual time', async () => {
    const { brokers } = clientWith(20, 60)
    await expect(brokers.list()).rejects.toMatchObject({ code: 'timeout' })
    await expect(brokers.sync('zerodha')).resolves.toEqual({})
    await expect(brokers.connect('zerodha', { ...app, request_token: 'r' })).resolves.toEqual({})
  })
})
