import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBanyanClient } from './index.ts'

describe('calls of the pattern engine', () => {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  })
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })

  it('ask the documented paths, carry an ampersand, and leave out what was not given', async () => {
    const client = createBanyanClient({ baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
    await client.patterns()
    await client.instrumentPatterns('NSE:M&M')
    await client.instrumentPatterns('TCS', { interval: 'week' })
    await client.matches('NSE:M&M', { metric: 'pearson', k: 3 })
    await client.signals()
    await client.signals({ timeframe: '1d', verdict: 'edge', symbol: 'M&M', limit: 5, cursor: 'abc' })
    await client.signals({ sort: '-detected_at' })
    await client.analysis('NSE:M&M')
    expect(asked).toEqual([
      '/api/patterns',
      '/api/patterns/NSE%3AM%26M',
      '/api/patterns/TCS?interval=week',
      '/api/patterns/NSE%3AM%26M/matches?metric=pearson&k=3',
      '/api/signals',
      '/api/signals?symbol=M%26M&timeframe=1d&verdict=edge&limit=5&cursor=abc',
      '/api/signals?sort=-detected_at',
      '/api/analysis/NSE%3AM%26M',
    ])
  })
})
