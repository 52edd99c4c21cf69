import type { EpochMs } from '@banyan/domain'
import type { WebSocket } from 'ws'
import type { Credentials } from './credentials.ts'
import { encodeFrame } from './packets.ts'
import type { TickPackets } from './tick-packets.ts'
import { createSubscriptions } from './ticker-subscriptions.ts'

/** One connection of the ticker. */
export interface TickerListener {
  readonly credentials: Credentials
  /** Sends a packet of each instrument that moved since the last time, or `again` of all, in one frame; nothing when there is none. */
  push(now: EpochMs, again: boolean): void
  send(frame: Buffer): void
  /** Cuts it off without a handshake. */
  cut(): void
}

export interface TickerListenerParts {
  readonly socket: WebSocket
  readonly credentials: Credentials
  readonly packets: TickPackets
  /** Called when what it listens to has changed. */
  onChange(listener: TickerListener): void
}

/** Greets the client and follows what it says. */
export function createListener({ socket, credentials, packets, onChange }: TickerListenerParts): TickerListener {
  const subscriptions = createSubscriptions()
  /** What was sent last of each token. */
  const sent = new Map<number, Buffer>()
  const listener: TickerListener = {
    credentials,
    push(now, again) {
      const fresh: Buffer[] = []
      for (const [token, mode] of subscriptions.modes()) {
        const packet = packets.packetOf(token, mode, now)
        if (packet === null || (!again && sent.get(token)?.equals(packet))) continue
        sent.set(token, packet)
        fresh.push(packet)
      }
      if (fresh.length > 0) socket.send(encodeFrame(fresh))
    },
    send: (frame) => socket.send(frame),
    cut: () => socket.terminate(),
  }
  socket.on('error', () => socket.terminate())
  socket.on('message', (data) => {
    const { problem, changed } = subscriptions.follow(String(data))
    if (problem !== null) socket.send(text('error', problem))
    for (const token of changed) sent.delete(token)
    if (changed.length > 0) onChange(listener)
  })
  socket.send(text('message', 'Welcome to the sandbox.'))
  socket.send(text('order', { order_id: '1', status: 'COMPLETE', user_id: 'sandbox' }))
  return listener
}

function text(type: 'message' | 'error' | 'order', data: unknown): string {
  return JSON.stringify({ type, data })
}
