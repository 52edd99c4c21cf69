import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text as readText } from 'node:stream/consumers'
import { inspect } from 'node:util'
import { Secret } from '@banyan/domain'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { createNoSms } from './no-sms.ts'
import { createWebhookSms } from './webhook-sms.ts'

const message = { to: '+919876543210', text: 'Your code is 482913.' }
const servers: Server[] = []

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/send?token=canary-token`
}

/** A gateway that takes every message. */
async function createGateway() {
  const taken: { request: IncomingMessage; body: string }[] = []
  const url = await serve((request, reply) => {
    void readText(request).then((body) => {
      taken.push({ request, body })
      reply.writeHead(202).end('queued')
    })
  })
  return { taken, url }
}

function sender(url: string, options: { key?: string; deadline?: () => AbortSignal } = {}) {
  const { key, deadline } = options
  const signingSecret = key === undefined ? null : new Secret(key)
  return createWebhookSms({ url: new Secret(url), signingSecret, ...(deadline && { deadline }) })
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

describe('the SMS webhook', () => {
  it('is given number and text as JSON, with a signature over exactly the bytes sent', async () => {
    const { taken, url } = await createGateway()
    await sender(url, { key: 'shared secret' }).send(message)
    const [{ request, body } = { request: null, body: '' }] = taken
    expect(JSON.parse(body)).toEqual(message)
    expect([request?.method, request?.url]).toEqual(['POST', '/send?token=canary-token'])
    expect(request?.headers['content-type']).toBe('application/json')
    const hex = createHmac('sha256', 'shared secret').update(body).digest('hex')
    expect(request?.headers['x-banyan-signature']).toBe(`sha256=${hex}`)
    await sender(url).send(message)
    expect(taken[1]?.request.headers['x-banyan-signature']).toBeUndefined()
  })

  it('gets any text as it is, signed over its UTF-8 bytes', async () => {
    const { taken, url } = await createGateway()
    const sms = sender(url, { key: 'k' })
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        await sms.send({ to: message.to, text })
        const last = taken.at(-1)
        expect(JSON.parse(last?.body ?? '')).toEqual({ to: message.to, text })
        const hex = createHmac('sha256', 'k')
          .update(last?.body ?? '')
          .digest('hex')
        expect(last?.request.headers['x-banyan-signature']).toBe(`sha256=${hex}`)
      }),
      { numRuns: 50 },
    )
  })

  it('gets a user and password of its address as Basic authentication', async () => {
    const { taken, url } = await createGateway()
    await sender(url.replace('http://', 'http://user%40x:p%3Aw@')).send(message)
    expect(taken[0]?.request.headers.authorization).toBe(`Basic ${Buffer.from('user@x:p:w').toString('base64')}`)
  })

  it('that refuses, redirects, breaks off or is away makes the message fail once, as unavailable, quoting neither address nor text', async () => {
    let calls = 0
    let followed = 0
    const elsewhere = await serve((_, reply) => {
      followed++
      reply.end()
    })
    const answers: RequestListener[] = [
      (_, reply) => reply.writeHead(500).end(),
      (_, reply) => reply.writeHead(401).end('{"error":"canary-token"}'),
      (_, reply) => reply.writeHead(307, { location: elsewhere }).end(),
      (request) => request.socket.destroy(),
    ]
    const urls = await Promise.all(
      answers.map((answer) =>
        serve((request, reply) => {
          calls++
          answer(request, reply)
        }),
      ),
    )
    for (const url of [...urls, 'http://127.0.0.1:1/?token=canary-token']) {
      const error: unknown = await sender(url)
        .send(message)
        .catch((reason: unknown) => reason)
      expect(error).toMatchObject({ code: 'unavailable', message: 'The SMS could not be sent.' })
      expect(inspect(error)).not.toMatch(/canary|482913|9876543210/)
    }
    expect([calls, followed]).toEqual([answers.length, 0])
  })

  it('that hangs is given up at the deadline and its connection closed', async () => {
    const asked = Promise.withResolvers<void>()
    const closed = Promise.withResolvers<void>()
    const url = await serve((request) => {
      request.socket.once('close', () => closed.resolve())
      asked.resolve()
    })
    const time = new AbortController()
    const sending = sender(url, { deadline: () => time.signal }).send(message)
    const refused = expect(sending).rejects.toMatchObject({ code: 'unavailable' })
    await asked.promise
    time.abort(new Error('over'))
    await refused
    await closed.promise
  })

  it('may answer without end: nothing of it is read', async () => {
    const closed = Promise.withResolvers<void>()
    const url = await serve((request, reply) => {
      request.socket.once('close', () => closed.resolve())
      reply.writeHead(200)
      const more = () => {
        while (!reply.destroyed && reply.write('x'.repeat(65_536)));
      }
      reply.on('drain', more)
      more()
    })
    await sender(url).send(message)
    await expect(closed.promise).resolves.toBeUndefined()
  })

  it('is called ten times at once at most', async () => {
    const open: (() => void)[] = []
    const url = await serve((_, reply) => open.push(() => reply.end()))
    const sms = sender(url)
    const sendings = Promise.allSettled(Array.from({ length: 40 }, () => sms.send(message)))
    const atOnce: number[] = []
    let taken = 0
    while (taken < 30) {
      await new Promise((resolve) => setTimeout(resolve, 20))
      const ends = open.splice(0)
      for (const end of ends) end()
      atOnce.push(ends.length)
      taken += ends.length
    }
    expect(Math.max(...atOnce)).toBeLessThanOrEqual(10)
    expect((await sendings).filter(({ status }) => status === 'rejected')).toHaveLength(10)
  })
})

it('an address that is none is refused at the start without being quoted', () => {
  expect(() => sender('canary-token')).toThrow('the address of the SMS gateway is not a URL')
})

it('a server without a gateway says so and sends nothing', async () => {
  const sms = createNoSms()
  expect(sms.isConfigured).toBe(false)
  await expect(sms.send(message)).rejects.toMatchObject({ code: 'unavailable' })
})
