import { type Clock, type EpochMs, Secret } from '@banyan/domain'
import { type RawData, WebSocket } from 'ws'
import { scrub } from '../http/scrub.ts'
import type { Timers } from '../timers.ts'
import { rowOf } from '../vendor-cells.ts'
import type { TickerHost } from './ticker-host.ts'
import { decodeFrame, type TickerMode, type ZerodhaTick } from './ticker-packets.ts'

export interface TickerSocketParts {
  readonly host: Pick<TickerHost, 'lookup'>
  readonly clock: Clock
  readonly timers: Timers
  readonly withDepth: boolean
}

/** Why a socket ended: the token was refused, nothing came for 5 s, too much was not understood, or anything else. */
export type SocketEnd = 'refused' | 'silent' | 'malformed' | 'lost'

export interface TickerSocketEvents {
  onOpen(): void
  /** A frame came; one without ticks is a sign of life. */
  onFrame(ticks: readonly ZerodhaTick[], at: EpochMs): void
  /** The vendor says that something is wrong; scrubbed. */
  onVendorError(text: string): void
  /** It ended by itself; called once, and nothing after it. */
  onEnd(end: SocketEnd): void
}

/** An open socket; what is said before it is open or after it ended is an error of the caller. */
export interface TickerSocket {
  /** Has the instruments pushed in the mode. The vendor ignores tokens written as text, in silence. */
  subscribe(tokens: ReadonlySet<number>, mode: TickerMode): void
  unsubscribe(tokens: ReadonlySet<number>): void
  /** Ends it without a further event. Safe to call twice. */
  end(): void
}

/** The vendor sends a byte every couple of seconds. To connect may take as long as to be silent. */
const silenceMs = 5_000
const watchEveryMs = 250
const badFrames = { atMost: 3, withinMs: 10_000 }

// The longest frame: 3,000 full packets are 0.6 MB.
const options = {
  handshakeTimeout: silenceMs,
  maxPayload: 4 * 1024 * 1024,
  perMessageDeflate: false,
  followRedirects: false,
}

/** Opens one socket. Its address holds a token, so nothing the library says about it goes further. */
export function openTickerSocket(address: Secret, parts: TickerSocketParts, events: TickerSocketEvents): TickerSocket {
  const socket = new WebSocket(address.reveal(), { ...options, lookup: parts.host.lookup })
  const bad = createBadFrameCount(parts.clock)
  let lastFrameAt = parts.clock.now()
  let over = false

  const stopWatching = parts.timers.every(watchEveryMs, () => {
    if (parts.clock.now() - lastFrameAt >= silenceMs) endItself('silent')
  })
  const end = (): void => {
    over = true
    stopWatching()
    socket.terminate()
  }
  const endItself = (why: SocketEnd): void => {
    if (over) return
    end()
    events.onEnd(why)
  }

  socket.on('open', () => {
    if (over) return
    lastFrameAt = parts.clock.now()
    events.onOpen()
  })
  socket.on('message', (data, isBinary) => {
    if (over) return
    lastFrameAt = parts.clock.now()
    const frame = readFrame(data, isBinary, parts.withDepth)
    if (frame === null) {
      if (bad.isTooMany()) endItself('malformed')
      return
    }
    if (frame.error !== null) events.onVendorError(scrub(frame.error, secretsIn(address)))
    events.onFrame(frame.ticks, lastFrameAt)
  })
  socket.on('unexpected-response', (request, response) => {
    request.destroy()
    endItself(response.statusCode === 403 ? 'refused' : 'lost')
  })
  socket.on('error', () => endItself('lost'))
  socket.on('close', () => endItself('lost'))
  const say = (action: string, tokens: ReadonlySet<number>, values: unknown) => {
    if (tokens.size > 0) socket.send(JSON.stringify({ a: action, v: values }))
  }
  return {
    subscribe(tokens, mode) {
      say('subscribe', tokens, [...tokens])
      say('mode', tokens, [mode, [...tokens]])
    },
    unsubscribe: (tokens) => say('unsubscribe', tokens, [...tokens]),
    end,
  }
}

interface Frame {
  readonly ticks: readonly ZerodhaTick[]
  readonly error: string | null
}

/** Returns what a frame says; null when it is not understood. A heartbeat and any well-formed text are a sign of life. */
function readFrame(data: RawData, isBinary: boolean, withDepth: boolean): Frame | null {
  const bytes = Buffer.isBuffer(data) ? data : Buffer.concat(Array.isArray(data) ? data : [Buffer.from(data)])
  try {
    if (isBinary) return { ticks: decodeFrame(bytes, { withDepth }), error: null }
    // Of the types `order`, `message` and `error` only the last is ours.
    const { type, data: told } = rowOf(JSON.parse(bytes.toString('utf8')), 'a message')
    return typeof type === 'string' ? { ticks: [], error: type === 'error' ? String(told) : null } : null
  } catch {
    return null
  }
}

/** The key and the token are the values of the address's query. */
function secretsIn(address: Secret): readonly Secret[] {
  return [...new URL(address.reveal()).searchParams.values()].map((value) => new Secret(value))
}

function createBadFrameCount(clock: Clock) {
  let times: EpochMs[] = []
  return {
    /** Counts one more. */
    isTooMany(): boolean {
      const now = clock.now()
      times = [...times.filter((time) => now - time < badFrames.withinMs), now]
      return times.length >= badFrames.atMost
    },
  }
}
