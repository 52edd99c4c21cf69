import type { EpochMs, Secret } from '@banyan/domain'
import { reconnectDelayMs } from './reconnect-delay.ts'
import type { TickerHost } from './ticker-host.ts'
import type { TickerMode, ZerodhaTick } from './ticker-packets.ts'
import { openTickerSocket, type SocketEnd, type TickerSocket, type TickerSocketParts } from './ticker-socket.ts'

/** What of a session the ticker needs. */
export interface TickerAccess {
  isOpen(): boolean
  tickerAddress(base: string): Secret | null
}

export interface TickerConnectionParts extends TickerSocketParts {
  readonly access: TickerAccess
  readonly host: TickerHost
  readonly mode: TickerMode
  /** 0 ≤ x < 1. */
  random(): number
  /** A frame came; one without ticks is a sign of life. */
  onFrame(ticks: readonly ZerodhaTick[], at: EpochMs): void
  /** The vendor says that something is wrong; scrubbed. */
  onVendorError(text: string): void
  /** An open connection was lost, or any ended for good. The reason holds no secret. */
  onDown(reason: string): void
}

/** `waiting`: to connect again. `refused` and `over` are final: the token was not accepted, the session has ended. */
export type TickerConnectionState = 'connecting' | 'open' | 'waiting' | 'refused' | 'over'

/** One connection to the ticker, kept up while the session lasts. */
export interface TickerConnection {
  /** Has exactly these instruments pushed from now on, also after each reconnect. */
  carry(tokens: ReadonlySet<number>): void
  state(): TickerConnectionState
  /** Ends it; nothing is called back afterwards. Safe to call twice. */
  close(): void
}

const reasons: Readonly<Record<SocketEnd | 'over', string>> = {
  lost: "Zerodha's ticker broke the connection.",
  silent: "Zerodha's ticker was silent for 5 s.",
  malformed: "Zerodha's ticker sent what is not understood.",
  refused: "Zerodha's ticker refused the session: sign in again.",
  over: 'The session at Zerodha is over: sign in again.',
}
const lookAtSessionEveryMs = 1_000

/** Connects at once and returns the connection. */
export function openTickerConnection(parts: TickerConnectionParts, carried: ReadonlySet<number>): TickerConnection {
  const { access, timers, mode } = parts
  let tokens = carried
  let state: TickerConnectionState = 'connecting'
  let socket: TickerSocket | null = null
  let attempt = 0
  let stopWaiting: (() => void) | null = null

  const endFor = (end: 'refused' | 'over'): void => {
    close()
    state = end
    parts.onDown(reasons[end])
  }
  const connect = (): void => {
    const address = access.tickerAddress(parts.host.url)
    if (address === null) {
      endFor('over')
      return
    }
    state = 'connecting'
    socket = openTickerSocket(address, parts, {
      onOpen() {
        state = 'open'
        // The server forgets what was asked for before; without a mode it chooses one itself.
        socket?.subscribe(tokens, mode)
      },
      onFrame(ticks, at) {
        attempt = 0
        parts.onFrame(ticks, at)
      },
      onVendorError: (text) => parts.onVendorError(text),
      onEnd(end) {
        socket = null
        const wasOpen = state === 'open'
        if (end === 'refused') endFor('refused')
        else {
          waitToConnect()
          if (wasOpen) parts.onDown(reasons[end])
        }
      },
    })
  }
  const waitToConnect = (): void => {
    state = 'waiting'
    stopWaiting = timers.every(reconnectDelayMs(attempt++, parts.random), () => {
      stopWaiting?.()
      connect()
    })
  }
  const stopLooking = timers.every(lookAtSessionEveryMs, () => {
    if (!access.isOpen()) endFor('over')
  })
  const close = (): void => {
    stopLooking()
    stopWaiting?.()
    socket?.end()
    // Its address holds the token.
    socket = null
    state = 'over'
  }

  connect()
  return {
    carry(wanted) {
      const [added, removed] = [minus(wanted, tokens), minus(tokens, wanted)]
      tokens = wanted
      if (state !== 'open') return
      socket?.unsubscribe(removed)
      socket?.subscribe(added, mode)
    },
    state: () => state,
    close,
  }
}

function minus(tokens: ReadonlySet<number>, others: ReadonlySet<number>): ReadonlySet<number> {
  return new Set([...tokens].filter((token) => !others.has(token)))
}
