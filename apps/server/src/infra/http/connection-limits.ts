import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { type ClientAddresses, limitKey } from './client-address.ts'
import type { HttpLimits } from './http-limits.ts'

/** Bounds open sockets, in all and per address; listed proxies carry many clients and are bound by the total alone. */
export function limitConnections(server: Server, limits: HttpLimits, addresses: ClientAddresses): void {
  const open = new Map<string, number>()
  server.maxConnections = limits.sockets
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? ''
    if (addresses.isTrusted(address)) return
    const key = limitKey(address)
    const count = (open.get(key) ?? 0) + 1
    if (count > limits.socketsPerAddress) {
      socket.destroy()
      return
    }
    open.set(key, count)
    socket.once('close', () => {
      const left = (open.get(key) ?? 1) - 1
      if (left === 0) open.delete(key)
      else open.set(key, left)
    })
  })
}
