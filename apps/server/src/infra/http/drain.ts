import type { Server } from 'node:http'
import { Server as NetServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { SystemClock } from '../clock.ts'
import type { Exchanges } from './exchange.ts'
import { exchangeOf } from './exchange.ts'
import type { HttpLimits } from './http-limits.ts'
import { plainProblem, type Surfaces } from './problem.ts'

const pollMs = 20

/** How long a client that keeps its connection may take to send its next request, which is then answered with `Connection: close`. */
const lastRequestMs = 1_000

/**
 * Stops a server without breaking an answer: no new connections, running requests finish, idle connections go. Requests that
 * take longer than their time are told 503, and what then still lives is cut: Fastify's own close waits for half a request without
 * end, and forced it cuts live ones.
 */
export async function drainServer(parts: {
  readonly server: Server
  readonly exchanges: Exchanges
  readonly surfaces: Surfaces
  readonly limits: HttpLimits
  readonly clock: SystemClock
}): Promise<void> {
  const { server, exchanges, limits, clock } = parts
  const started = clock.elapsedMs()
  const isOver = (limitMs: number) => clock.elapsedMs() - started >= limitMs
  for (const response of exchanges.open) response.shouldKeepAlive = false
  let closed = false
  // Not the HTTP server's own close, which at once destroys idle connections: the next request may be under way on them.
  NetServer.prototype.close.call(server, () => {
    closed = true
  })
  while (!closed && !isOver(limits.drainRequestsMs)) {
    if (isOver(lastRequestMs)) server.closeIdleConnections()
    await wait(pollMs)
  }
  tellUnfinished(exchanges, parts.surfaces)
  while (!closed && exchanges.open.size > 0 && !isOver(limits.drainAllMs)) await wait(pollMs)
  server.closeAllConnections()
}

function tellUnfinished(exchanges: Exchanges, surfaces: Surfaces): void {
  for (const response of exchanges.open) {
    if (response.headersSent) continue
    const problem = plainProblem('unavailable', exchangeOf(response)?.requestId ?? '')
    const { status, headers, body } = surfaces.forErrors(response.req.url ?? '').renderProblem(problem)
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    response.statusCode = status
    response.end(body)
  }
}
