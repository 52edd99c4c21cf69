import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { ApiError, createBanyanClient } from '../index.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

/** Answers every request alike and records what was asked. */
async function serve(text: string, type = 'application/json', status = 200) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => {
      body += chunk
    })
    request.on('end', () => {
      const { authorization, 'content-type': sent } = request.headers
      asked.push([request.method, request.url, authorization, sent, body].filter((each) => each).join(' '))
      response.writeHead(status, { 'content-type': type }).end(text)
    })
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { asked, journal: createBanyanClient({ baseUrl, token: () => 't' }).journal }
}

const entry = { symbol: 'TCS', side: 'buy', quantity: 1, price: 2, opened_at: '2026-03-10T10:05:00+05:30' } as const

describe('journal calls', () => {
  it('ask what the server documents and leave out what was not given', async () => {
    const { asked, journal } = await serve('{}')
    await journal.list()
    await journal.list({ symbol: 'NSE:M&M', tag: 'swing', from: '2026-03-01', to: '2026-03-31', limit: 5, cursor: 'c' })
    await journal.create(entry)
    await journal.get('jrn_1')
    await journal.update('jrn_1', { rating: null })
    await journal.remove('a/b')
    await journal.statistics({ tag: 'swing' })
    await journal.importCsv('a,b\n1,2\n', { preview: true })
    await journal.importCsv('a')
    await journal.drafts()
    await journal.dismissDraft('dft_1')
    const json = 'Bearer t application/json'
    expect(asked).toEqual([
      'GET /api/journal Bearer t',
      'GET /api/journal?symbol=NSE%3AM%26M&tag=swing&from=2026-03-01&to=2026-03-31&limit=5&cursor=c Bearer t',
      `POST /api/journal ${json} ${JSON.stringify(entry)}`,
      'GET /api/journal/jrn_1 Bearer t',
      `PATCH /api/journal/jrn_1 ${json} {"rating":null}`,
      'DELETE /api/journal/a%2Fb Bearer t',
      'GET /api/journal/statistics?tag=swing Bearer t',
      'POST /api/journal/import?preview=true Bearer t text/csv; charset=utf-8 a,b\n1,2\n',
      'POST /api/journal/import Bearer t text/csv; charset=utf-8 a',
      'GET /api/journal/drafts Bearer t',
      'POST /api/journal/drafts/dft_1/dismiss Bearer t',
    ])
  })

  it('return an exported file as its text, without the byte order mark', async () => {
    const { asked, journal } = await serve('\ufeffid,notes\r\n1,"आज"\r\n', 'text/csv; charset=utf-8')
    expect(await journal.exportCsv({ from: '2026-01-01' })).toBe('id,notes\r\n1,"आज"\r\n')
    expect(asked).toEqual(['GET /api/journal/export?from=2026-01-01 Bearer t'])
  })

  it('reject when the server refuses an export or is another program', async () => {
    const refusal = { success: 'false', message: 'm', error: 'm', msg: 'm', code: 'invalid_token', request_id: 'req_1' }
    const refused = await serve(JSON.stringify(refusal), 'application/json', 401)
    await expect(refused.journal.exportCsv()).rejects.toMatchObject({ code: 'invalid_token', status: 401 })
    const other = await serve('<html>', 'text/html')
    const error = await other.journal.exportCsv().catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toMatchObject({ code: 'unexpected_response' })
  })
})
