import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Timers } from '@banyan/brokers'
import { WebSocketServer } from 'ws'
import type { SandboxClock } from '../core/upstream.ts'
import type { VendorFaults } from '../core/vendor-faults.ts'
import type { Credentials } from './credentials.ts'
import { heartbeat } from './packets.ts'
import type { TickPackets } from './tick-packets.ts'
import { createListener, type TickerListener } from './ticker-listener.ts'

const tickEveryMs = 1_000
const heartbeatEveryMs = 2_000
const connectionsPerKey = 3

export interface TickerParts {
  readonly clock: SandboxClock
  readonly timers: Timers
  readonly packets: TickPackets
  readonly faults: VendorFaults
  /** Tells whether these credentials may listen now. */
  mayListen(credentials: Credentials): boolean
}

/** The vendor's stream of prices, on WebSockets. */
export interface Ticker {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Cuts off connections as long as a fault says so. */
  applyDrops(): void
  close(): void
}

export function createTicker({ clock, timers, packets, faults, mayListen }: TickerParts): Ticker {
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: false })
  const listeners = new Set<TickerListener>()

  const push = (listener: TickerListener) => {
    // Stale prices are sent again and again; a feed that is frozen sends none.
    if (!faults.isOn('freeze') && !faults.isOn('ticker_silence')) listener.push(clock.now(), faults.isOn('stale'))
  }
  const tick = (listener: TickerListener) => {
    if (!mayListen(listener.credentials)) listener.cut()
    else if (faults.use('ticker_bad_frame')) listener.send(badFrame)
    else push(listener)
  }
  const beat = () => {
    if (faults.isOn('ticker_silence')) return
    for (const listener of listeners) listener.send(heartbeat)
  }
  const cutAll = () => {
    for (const listener of listeners) listener.cut()
  }
  const applyDrops = () => {
    if (listeners.size > 0 && faults.use('ticker_drop')) cutAll()
  }
  const stops = [timers.every(tickEveryMs, () => listeners.forEach(tick)), timers.every(heartbeatEveryMs, beat)]
  return {
    applyDrops,
    upgrade(request, socket, head) {
      const credentials = credentialsInUrl(request.url ?? '/')
      const held = [...listeners].filter((listener) => listener.credentials.apiKey === credentials.apiKey)
      if (faults.use('ticker_403') || !mayListen(credentials)) return refuse(socket, '403 Forbidden')
      if (held.length >= connectionsPerKey) return refuse(socket, '429 Too Many Requests')
      server.handleUpgrade(request, socket, head, (webSocket) => {
        const listener = createListener({ socket: webSocket, credentials, packets, onChange: push })
        listeners.add(listener)
        webSocket.on('close', () => listeners.delete(listener))
        applyDrops()
      })
    },
    close() {
      for (const stop of stops) stop()
      cutAll()
      server.close()
    },
  }
}

/** Says that it holds a packet of 44 bytes and has 8 of them. */
const badFrame = Buffer.from('0001002c0000000000000000', 'hex')

function credentialsInUrl(url: string): Credentials {
  const { searchParams } = new URL(url, 'ws://sandbox')
  return { apiKey: searchParams.get('api_key') ?? '', accessToken: searchParams.get('access_token') ?? '' }
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
