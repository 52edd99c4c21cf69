import type { Clock, EpochMs } from '@banyan/domain'
import type { Timers } from '../timers.ts'
import { zerodhaAddresses } from './operations.ts'
import { shareOut } from './share-out.ts'
import {
  openTickerConnection,
  type TickerAccess,
  type TickerConnection,
  type TickerConnectionState,
} from './ticker-connection.ts'
import { tickerHostOf } from './ticker-host.ts'
import type { TickerMode, ZerodhaTick } from './ticker-packets.ts'

export interface ZerodhaTickerParts {
  /** Returns the session to connect with; null when nobody has signed in. */
  session(): TickerAccess | null
  readonly clock: Clock
  readonly timers: Timers
  /** `zerodhaAddresses.ticker` unless a stand-in takes its place. */
  readonly baseUrl?: string
  /** True when {@link baseUrl} may be a private address, as that of a stand-in. */
  readonly allowPrivate?: boolean
  /** `full` by default: without it a share's packet does not say when its price was made. */
  readonly mode?: TickerMode
  /** Whether ticks hold the five best bids and offers; they do not by default. */
  readonly withDepth?: boolean
  /** 0 ≤ x < 1; `Math.random` by default. */
  readonly random?: () => number
  /** Told what the vendor says is wrong, scrubbed; for the log. */
  onVendorError?(text: string): void
}

export interface TickListener {
  /** Called with the packets of one frame, in their order; never empty. */
  onTicks(ticks: readonly ZerodhaTick[], at: EpochMs): void
  /** Called when a connection shows a sign of life without a price. */
  onHeartbeat(at: EpochMs): void
  /** Called when one of the connections was lost or ended, so that some of what was pushed is ageing. */
  onDown(reason: string): void
}

/** Zerodha's stream of prices, over as many connections as the instruments need. It keeps itself up while the session lasts. */
export interface ZerodhaTicker {
  /**
   * Has exactly these instruments pushed from now on, by their tokens. Returns those for which there is no place, beyond 9,000. Throws
   * RangeError when one is not a whole number.
   */
  follow(tokens: readonly number[]): readonly number[]
  listen(listener: TickListener): () => void
  /** Connects anew with the session of now; does nothing without one. Called after each sign-in. */
  open(): void
  /** Ends all connections. Listeners stay. Safe to call twice. */
  close(): void
  /** State of each connection; none before {@link open} and after {@link close}. */
  states(): readonly TickerConnectionState[]
}

/** Throws when the address cannot be used. */
export function createZerodhaTicker(parts: ZerodhaTickerParts): ZerodhaTicker {
  const {
    clock,
    timers,
    baseUrl = zerodhaAddresses.ticker,
    mode = 'full',
    withDepth = false,
    random = Math.random,
  } = parts
  const host = tickerHostOf(baseUrl, parts.allowPrivate ?? false)
  // In boxes, so that one listener given twice is told twice and ended once each.
  const listeners = new Set<{ readonly listener: TickListener }>()
  const connections = new Map<number, TickerConnection>()
  let shares = shareOut([], []).shares
  let access: TickerAccess | null = null

  const connect = (session: TickerAccess, share: ReadonlySet<number>): TickerConnection =>
    openTickerConnection(
      {
        access: session,
        host,
        mode,
        clock,
        timers,
        withDepth,
        random,
        onFrame(ticks, at) {
          for (const { listener } of listeners) {
            if (ticks.length > 0) listener.onTicks(ticks, at)
            else listener.onHeartbeat(at)
          }
        },
        onVendorError: (text) => parts.onVendorError?.(text),
        onDown(reason) {
          for (const { listener } of listeners) listener.onDown(reason)
        },
      },
      share,
    )
  /** One connection shows that the vendor is alive even when nothing is followed; the others open when they have something to carry. */
  const carry = (): void => {
    shares.forEach((share, i) => {
      const connection = connections.get(i)
      if (connection !== undefined) connection.carry(share)
      else if (access !== null && (i === 0 || share.size > 0)) connections.set(i, connect(access, share))
    })
  }
  const close = (): void => {
    for (const connection of connections.values()) connection.close()
    connections.clear()
    access = null
  }

  return {
    follow(tokens) {
      for (const token of tokens)
        if (!Number.isSafeInteger(token)) throw new RangeError('a token must be a whole number')
      const shared = shareOut(tokens, shares)
      shares = shared.shares
      carry()
      return shared.left
    },
    listen(listener) {
      const box = { listener }
      listeners.add(box)
      return () => listeners.delete(box)
    },
    open() {
      close()
      access = parts.session()
      carry()
    },
    close,
    states: () => [...connections.values()].map((connection) => connection.state()),
  }
}
