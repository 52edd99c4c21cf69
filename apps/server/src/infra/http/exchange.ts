import type { IncomingMessage, ServerResponse } from 'node:http'
import type { SystemClock } from '../clock.ts'

/** One request and its reply, from head to last byte. */
export interface Exchange {
  readonly requestId: string
  readonly method: string
  /** Pattern of the route that answers, never the address itself; `unrouted` until one was found. */
  route: string
  readonly startedMs: number
}

export interface ExchangeListener {
  onEnd(exchange: Exchange, status: number, durationMs: number): void
}

const exchangeKey = Symbol('exchange')
type Marked = { [exchangeKey]?: Exchange }

/** Returns the exchange a request or response belongs to; undefined when it did not come through the front door. */
export function exchangeOf(part: IncomingMessage | ServerResponse): Exchange | undefined {
  return (part as Marked)[exchangeKey]
}

/** Follows every request to its end: tells the log and the figures about it, and knows who is still being answered. */
export function createExchanges(options: {
  readonly clock: SystemClock
  readonly nextId: () => string
  readonly listeners: readonly ExchangeListener[]
}) {
  const { clock, nextId, listeners } = options
  const open = new Set<ServerResponse>()

  function tell(exchange: Exchange, status: number): void {
    const ms = clock.elapsedMs() - exchange.startedMs
    for (const listener of listeners) listener.onEnd(exchange, status, ms)
  }

  function onClose(this: ServerResponse): void {
    open.delete(this)
    const exchange = exchangeOf(this)
    // 499 is the usual word for a client that left before its answer was out.
    if (exchange) tell(exchange, this.writableFinished ? this.statusCode : 499)
  }

  return {
    /** Responses not yet sent to the last byte. */
    open: open as ReadonlySet<ServerResponse>,
    /** Begins an exchange; its end is told by `follow` or `endAtOnce`. */
    begin(request: IncomingMessage): Exchange {
      return { requestId: nextId(), method: request.method ?? '', route: 'unrouted', startedMs: clock.elapsedMs() }
    },
    /** Marks request and response as the exchange's and tells its end when the response closes. */
    follow(exchange: Exchange, request: IncomingMessage, response: ServerResponse): void {
      ;(request as Marked)[exchangeKey] = exchange
      ;(response as Marked)[exchangeKey] = exchange
      open.add(response)
      response.on('close', onClose)
    },
    /** Tells the end of an exchange whose last byte the kernel has taken already: following it would cost a tenth of such an answer. */
    endAtOnce(exchange: Exchange, response: ServerResponse): void {
      tell(exchange, response.statusCode)
    },
  }
}
export type Exchanges = ReturnType<typeof createExchanges>
