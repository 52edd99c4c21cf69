import { createServer, type IncomingHttpHeaders, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { onTestFinished, vi } from 'vitest'

interface SeenRequest {
  readonly method: string
  /** Path and query as they came. */
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A server in a vendor's place. It ends with the test. */
export interface StandIn {
  readonly address: string
  readonly requests: readonly SeenRequest[]
  /** Connections ever made to it. */
  connections(): number
  /** Waits until no connection is left. */
  noneLeft(): Promise<void>
}

export type Answer = (response: ServerResponse, request: SeenRequest) => void

/** Answers each request with `answer`; over TLS when it is given a key and a certificate. */
export async function startStandIn(answer: Answer, tls?: { key: string; cert: string }): Promise<StandIn> {
  const requests: SeenRequest[] = []
  const sockets = new Set<Socket>()
  let connections = 0
  const listener: RequestListener = (request, response) => {
    const { method = '', url = '', headers } = request
    buffer(request).then(
      (body) => {
        const seen = { method, url, headers, body: body.toString('utf8') }
        requests.push(seen)
        answer(response, seen)
      },
      () => response.destroy(),
    )
  }
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener)
  server.on('connection', (socket: Socket) => {
    connections += 1
    sockets.add(socket)
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  const { port } = server.address() as AddressInfo
  return {
    address: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    requests,
    connections: () => connections,
    async noneLeft() {
      await vi.waitUntil(() => sockets.size === 0, { timeout: 5_000 })
    },
  }
}

/** Answers with JSON. */
export function json(value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Answer {
  return (response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value))
}
