import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A TCP relay that can freeze as a stopped server does (connections stay open, nothing moves) or be gone. */
export interface StallingProxy {
  readonly url: string
  /** Bytes clients have sent so far. */
  readonly bytesReceived: () => number
  freeze(): void
  thaw(): void
  /** Cuts all connections and refuses new ones until `restore`. */
  cut(): void
  restore(): void
  close(): Promise<void>
}

export async function createStallingProxy(target: string): Promise<StallingProxy> {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  let bytes = 0
  let frozen = false
  let gone = false
  const server = createServer((client) => {
    if (gone) return void client.destroy()
    const upstream = connect(Number(port || 6379), hostname)
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from)
      if (frozen) from.pause()
      from.on('data', (chunk) => {
        if (from === client) bytes += chunk.length
        to.write(chunk)
        if (frozen) from.pause()
      })
      from.on('error', () => to.destroy())
      from.on('close', () => {
        sockets.delete(from)
        to.destroy()
      })
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bytesReceived: () => bytes,
    freeze() {
      frozen = true
      for (const socket of sockets) socket.pause()
    },
    thaw() {
      frozen = false
      for (const socket of sockets) socket.resume()
    },
    cut() {
      gone = true
      for (const socket of sockets) socket.destroy()
    },
    restore() {
      gone = false
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
