import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'

interface TickerClient {
  /** Query of the address it came to. */
  readonly query: Readonly<Record<string, string>>
  /** Everything it said, parsed. */
  readonly said: readonly { readonly a: string; readonly v: unknown }[]
  send(data: Buffer | string): void
  isOpen(): boolean
  /** Cuts it off without a closing handshake. */
  drop(): void
}

/** A ticker on a real socket that says what it is told to. */
export interface TickerServer {
  readonly url: string
  /** Connections accepted so far, in their order. */
  readonly clients: readonly TickerClient[]
  /** Upgrades asked for so far, accepted or not. */
  asked(): number
  /** Answers upgrades with that status from now on; null accepts them. */
  refuse(status: number | null): void
  close(): Promise<void>
}

export async function startTickerServer(): Promise<TickerServer> {
  const http = createServer()
  const sockets = new WebSocketServer({ noServer: true })
  const clients: TickerClient[] = []
  let refusal: number | null = null
  let asked = 0

  http.on('upgrade', (request, socket, head) => {
    asked += 1
    if (refusal !== null) socket.end(`HTTP/1.1 ${refusal} Refused\r\nConnection: close\r\n\r\n`)
    else sockets.handleUpgrade(request, socket, head, (client) => clients.push(clientOf(client, request)))
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  return {
    url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}`,
    clients,
    asked: () => asked,
    refuse: (status) => {
      refusal = status
    },
    async close() {
      for (const client of sockets.clients) client.terminate()
      http.close()
      await once(http, 'close')
    },
  }
}

function clientOf(socket: WebSocket, request: IncomingMessage): TickerClient {
  const said: { a: string; v: unknown }[] = []
  socket.on('message', (data) => said.push(JSON.parse(String(data))))
  return {
    query: Object.fromEntries(new URL(request.url ?? '/', 'ws://localhost').searchParams),
    said,
    send: (data) => socket.send(data, { binary: typeof data !== 'string' }),
    isOpen: () => socket.readyState === socket.OPEN,
    drop: () => socket.terminate(),
  }
}
