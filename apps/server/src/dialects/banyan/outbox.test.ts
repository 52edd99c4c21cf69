import type { OutboxReply } from '@banyan/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readReply, sendRaw } from '../../infra/http/testing/raw-socket.ts'
import { type ApiCalls, createApiCalls, wordOf } from '../testing/api-calls.ts'
import { type IdentityServer, startIdentityServer } from '../testing/identity-server.ts'

let server: IdentityServer
let api: ApiCalls
beforeAll(async () => {
  server = await startIdentityServer()
  api = createApiCalls(server)
  await api.register('out@example.com')
  for (let i = 0; i < 3; i++) await api.post('/api/auth/password/forgot', { email: 'out@example.com' })
  await server.mails()
})
afterAll(() => server.close())

const asking = (fields: string) =>
  sendRaw(server.port, `GET /api/outbox HTTP/1.1\r\n${fields}Connection: close\r\n\r\n`).then(readReply)

describe('GET /api/outbox', () => {
  it('lists mails newest first for a program on this machine', async () => {
    const { status, headers, body } = await api.get<OutboxReply>('/api/outbox?limit=2')
    expect([status, headers.get('cache-control'), headers.get('access-control-allow-origin')]).toEqual([
      200,
      'no-store',
      null,
    ])
    expect(body.mails.length).toBe(2)
    expect(body.mails[0]).toEqual({
      id: expect.any(String),
      to: 'out@example.com',
      subject: expect.any(String),
      text: expect.stringContaining('/reset#token='),
      created_at: expect.stringMatching(/\+05:30$/),
    })
    expect((await api.get<OutboxReply>('/api/outbox')).body.mails.length).toBe(3)
    for (const limit of ['0', '101', 'x']) expect((await api.get(`/api/outbox?limit=${limit}`)).status).toBe(400)
  })

  it('is there only under this machine’s own names, and not behind a proxy', async () => {
    for (const host of ['localhost', 'LOCALHOST:8080', '127.0.0.1', '[::1]:8080'])
      expect([host, (await asking(`Host: ${host}\r\n`)).status]).toEqual([host, 200])
    for (const host of [
      'evil.example',
      'localhost.evil.example',
      '127.0.0.1.nip.example',
      'localhost:x',
      '192.0.2.1',
      '',
    ]) {
      const reply = await asking(`Host: ${host}\r\n`)
      expect([host, reply.status, reply.body['code']]).toEqual([host, 404, 'not_found'])
    }
    for (const field of ['X-Forwarded-For: 127.0.0.1', 'Forwarded: for=127.0.0.1', 'Via: 1.1 proxy'])
      expect((await asking(`Host: localhost\r\n${field}\r\n`)).status).toBe(404)
  })

  it('does not exist where mails leave this machine', async () => {
    const sending = await startIdentityServer({ parts: { outbox: null } })
    expect(wordOf(await createApiCalls(sending).get('/api/outbox'))).toBe('404 not_found')
    expect(sending.app.routes().some(({ url }) => url.includes('outbox'))).toBe(false)
    await sending.close()
  })
})
