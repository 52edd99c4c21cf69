import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createBreachedPasswords } from './breached-passwords.ts'

const password = 'canary correct horse battery staple'
const digest = createHash('sha1').update(password).digest('hex').toUpperCase()
const suffix = digest.slice(5)
const servers: Server[] = []

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function ask(baseUrl: string, deadline?: () => AbortSignal) {
  const failures: unknown[] = []
  const list = createBreachedPasswords({
    baseUrl,
    onFailure: (error) => failures.push(error),
    ...(deadline && { deadline }),
  })
  return { failures, answer: list.isKnown(password) }
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

describe('the breach check', () => {
  it('lets five characters of the hash leave, and nothing else of the password', async () => {
    const seen: IncomingMessage[] = []
    const url = await serve((request, reply) => {
      seen.push(request)
      reply.end(`0018A45C4D1DEF81644B54AB7F969B88D65:1\r\n${suffix}:7\r\n`)
    })
    expect(await ask(url).answer).toBe(true)
    expect(seen.map(({ method, url }) => [method, url])).toEqual([['GET', `/range/${digest.slice(0, 5)}`]])
    const head = (seen[0]?.rawHeaders.join(' ') ?? '').toUpperCase()
    expect(seen[0]?.headers['add-padding']).toBe('true')
    for (let i = 0; i <= digest.length - 6; i++) expect(head).not.toContain(digest.slice(i, i + 6))
    for (const word of password.toUpperCase().split(' ')) expect(head).not.toContain(word)
  })

  it('says "not known" when the list does not have it, or only as padding', async () => {
    for (const body of ['', '0018A45C4D1DEF81644B54AB7F969B88D65:1', `${suffix}:0\r\n`, `${suffix.slice(1)}:9`]) {
      const { answer, failures } = ask(await serve((_, reply) => reply.end(body)))
      expect([await answer, failures.length]).toEqual([false, 0])
    }
  })

  it('says "not known" when the service hangs, before or in the middle of its answer, and reports it', async () => {
    for (const begins of [false, true]) {
      const asked = Promise.withResolvers<void>()
      const url = await serve((_, reply) => {
        if (begins) reply.write('0018A45C4D1DEF81644B54AB7F969B88D65:1\r\n')
        asked.resolve()
      })
      const time = new AbortController()
      const { answer, failures } = ask(url, () => time.signal)
      await asked.promise
      expect(failures).toEqual([])
      time.abort(new Error('over'))
      expect([await answer, failures.length]).toEqual([false, 1])
    }
  })

  it('stops waiting by itself', async () => {
    const { answer, failures } = ask(await serve(() => undefined))
    expect(await answer).toBe(false)
    expect(failures[0]).toMatchObject({ name: 'TimeoutError' })
  })

  it('follows no redirect, reads no endless answer, and says "not known" to errors and to nobody at home', async () => {
    let followed = 0
    const elsewhere = await serve((_, reply) => {
      followed++
      reply.end(`${suffix}:9`)
    })
    const answers: RequestListener[] = [
      (request, reply) => reply.writeHead(302, { location: `${elsewhere}${request.url}` }).end(),
      (_, reply) => reply.writeHead(503).end(`${suffix}:9`),
      (_, reply) => reply.end(`${'A'.repeat(2 * 1024 ** 2)}\n${suffix}:9`),
      (request) => request.socket.destroy(),
    ]
    for (const listener of answers) {
      const { answer, failures } = ask(await serve(listener))
      expect([await answer, failures.length]).toEqual([false, 1])
    }
    const nobody = ask('http://127.0.0.1:1')
    expect([await nobody.answer, nobody.failures.length, followed]).toEqual([false, 1, 0])
  })
})
