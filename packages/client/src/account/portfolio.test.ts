import { describe, expect, it } from 'vitest'
import { createBanyanClient } from '../index.ts'

/** Answers every request with an empty object after `lateMs` and records what was asked. */
function clientWith(timeoutMs: number, lateMs = 0) {
  const asked: string[] = []
  const { portfolio } = createBanyanClient({
    baseUrl: 'http://banyan.example',
    token: () => 't',
    timeoutMs,
    async fetch(input, { method, body, signal } = {}) {
      asked.push([method, String(input).replace('http://banyan.example', ''), body].filter(Boolean).join(' '))
      signal?.throwIfAborted()
      await new Promise((resolve, reject) => {
        setTimeout(resolve, lateMs)
        signal?.addEventListener('abort', () => reject(signal.reason))
      })
      return new Response('{}', { headers: { 'content-type': 'application/json' } })
    },
  })
  return { asked, portfolio }
}

const app = { api_key: 'k', api_secret: 's' }

describe('portfolio calls', () => {
  it('ask what the server documents and leave out what was not given', async () => {
    const { asked, portfolio } = clientWith(5_000)
    await portfolio.syncZerodha({ ...app, request_token: 'r' })
    await portfolio.syncIcici({ ...app, api_session: 'a' })
    await portfolio.book()
    await portfolio.returns()
    await portfolio.holdings()
    await portfolio.positions()
    await portfolio.positions({ type: 'day' })
    await portfolio.pnl()
    await portfolio.pnl({ days: 365 })
    await portfolio.importCsv('a,b', { preview: true })
    await portfolio.importCsv('a,b', { account: 'AB 1', rejected: 'skip' })
    await portfolio.remove()
    expect(asked).toEqual([
      'POST /api/portfolio/sync {"api_key":"k","api_secret":"s","request_token":"r"}',
      'POST /api/portfolio/icici-sync {"api_key":"k","api_secret":"s","api_session":"a"}',
      'GET /api/portfolio/book',
      'GET /api/portfolio/returns',
      'GET /api/portfolio/holdings',
      'GET /api/portfolio/positions',
      'GET /api/portfolio/positions?type=day',
      'GET /api/portfolio/pnl',
      'GET /api/portfolio/pnl?days=365',
      'POST /api/portfolio/import?preview=true a,b',
      'POST /api/portfolio/import?rejected=skip&account=AB+1 a,b',
      'DELETE /api/portfolio',
    ])
  })

  it('wait for a sync beyond the usual time, and end it when the caller does', async () => {
    const { portfolio } = clientWith(20, 60)
    await expect(portfolio.holdings()).rejects.toMatchObject({ code: 'timeout' })
    await expect(portfolio.syncZerodha({ ...app, request_token: 'r' })).resolves.toEqual({})
    const reason = new Error('changed my mind')
    const aborted = portfolio.syncZerodha({ ...app, request_token: 'r' }, { signal: AbortSignal.abort(reason) })
    await expect(aborted).rejects.toBe(reason)
  })
})
