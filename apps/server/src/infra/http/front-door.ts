import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { BanyanError } from '@banyan/domain'
import type { AddressLimiter, LimitVerdict } from './address-limiter.ts'
import type { ClientAddresses } from './client-address.ts'
import type { Exchange, Exchanges } from './exchange.ts'
import { refusedHead } from './head-checks.ts'
import type { HttpLimits } from './http-limits.ts'
import { type Log, logFailure } from './log.ts'
import { type Surfaces, toProblem } from './problem.ts'
import type { DirectHandler } from './route-config.ts'
import { securityHeaders, strictTransport } from './security-headers.ts'

/** A route whose bytes lie ready, answered ahead of the router. */
export interface DirectRoute {
  readonly pattern: string
  readonly rateClass: string
  readonly cors: boolean
  readonly answer: DirectHandler
}

export const corsHeaders: readonly string[] = ['access-control-allow-origin', '*']

/**
 * Returns what every request passes first, also those the router refuses: the request id and the headers of every reply are
 * set here, heads are checked, and ready-made replies leave without the router. `draining` asks clients to leave.
 */
export function createFrontDoor(parts: {
  readonly exchanges: Exchanges
  readonly surfaces: Surfaces
  readonly limits: HttpLimits
  readonly limiter: AddressLimiter
  readonly addresses: ClientAddresses
  readonly directRoutes: ReadonlyMap<string, DirectRoute>
  readonly log: Log
  readonly isDraining: () => boolean
}) {
  const { exchanges, surfaces, limits, limiter, addresses, directRoutes, log } = parts

  const restOf = createStandardHeaders(surfaces, addresses)

  function refuse(request: IncomingMessage, response: ServerResponse, exchange: Exchange, error: unknown): void {
    const problem = toProblem(error, exchange.requestId)
    if (problem.code === 'internal_error') logFailure(log, error, exchange)
    const rendered = surfaces.forErrors(request.url ?? '').renderProblem(problem)
    setEach(response, Object.entries(rendered.headers).flat())
    response.statusCode = rendered.status
    response.setHeader('content-length', Buffer.byteLength(rendered.body))
    response.end(rendered.body)
  }

  function failDirect(
    request: IncomingMessage,
    response: ServerResponse,
    exchange: Exchange,
    route: DirectRoute,
    error: unknown,
  ): void {
    if (response.headersSent) {
      response.destroy()
      return
    }
    setEach(response, ['x-request-id', exchange.requestId, ...restOf(request, route.cors)])
    refuse(request, response, exchange, error)
  }

  /** Every closure and promise left out here shows in the snapshot's throughput; what lies ready is answered in one go. */
  function answerDirect(
    request: IncomingMessage,
    response: ServerResponse,
    exchange: Exchange,
    route: DirectRoute,
  ): void {
    exchange.route = route.pattern
    const headers = { requestId: exchange.requestId, rest: restOf(request, route.cors) }
    try {
      const verdict = route.rateClass === 'none' ? null : limiter.take(addresses.of(request), route.rateClass)
      const outcome =
        verdict instanceof Promise
          ? verdict.then((later) => answerWithin(later, request, response, headers, route))
          : answerWithin(verdict, request, response, headers, route)
      if (outcome instanceof Promise) outcome.catch((error) => failDirect(request, response, exchange, route, error))
    } catch (error) {
      failDirect(request, response, exchange, route, error)
    }
    if (isTakenByKernel(response)) exchanges.endAtOnce(exchange, response)
    else exchanges.follow(exchange, request, response)
  }

  return (routed: RequestListener) => (request: IncomingMessage, response: ServerResponse) => {
    const exchange = exchanges.begin(request)
    if (parts.isDraining() || isLastOfSocket(request.socket, limits)) response.shouldKeepAlive = false
    const direct = request.method === 'GET' ? directRoutes.get(pathOf(request.url ?? '')) : undefined
    const refusal = refusedHead(request, limits)
    if (direct && refusal === null) return answerDirect(request, response, exchange, direct)
    exchanges.follow(exchange, request, response)
    setEach(response, ['x-request-id', exchange.requestId, ...restOf(request, false)])
    if (refusal === null) return routed(request, response)
    response.shouldKeepAlive = false
    refuse(request, response, exchange, refusal)
  }
}

function answerWithin(
  retryAfterS: LimitVerdict,
  request: IncomingMessage,
  response: ServerResponse,
  headers: { readonly requestId: string; readonly rest: readonly string[] },
  route: DirectRoute,
): void | Promise<void> {
  if (retryAfterS !== null) throw new BanyanError('rate_limited', { retryAfterS })
  return route.answer(request, response, headers)
}

/** Returns the headers every reply has beside its request id: the same array while they are the same, so that routes can build on it. */
function createStandardHeaders(surfaces: Surfaces, addresses: ClientAddresses) {
  const built = new Map<readonly string[], (readonly string[] | undefined)[]>()
  const none: readonly string[] = []
  return (request: IncomingMessage, cors: boolean): readonly string[] => {
    const own = surfaces.find(request.url ?? '')?.headers?.() ?? none
    const isEncrypted = addresses.isEncrypted(request)
    const kind = (cors ? 1 : 0) + (isEncrypted ? 2 : 0)
    const known = built.get(own)?.[kind]
    if (known !== undefined) return known
    const made = [...securityHeaders, ...own, ...(isEncrypted ? strictTransport : []), ...(cors ? corsHeaders : [])]
    if (built.size > 64) built.clear() // a surface that makes a new array each time must not fill the memory
    const kinds = built.get(own) ?? []
    kinds[kind] = made
    built.set(own, kinds)
    return made
  }
}

/** True when the whole reply has left this process: nothing of it is waiting in the socket. */
function isTakenByKernel(response: ServerResponse): boolean {
  return response.writableEnded && response.socket?.writableLength === 0
}

function pathOf(url: string): string {
  const query = url.indexOf('?')
  return query === -1 ? url : url.slice(0, query)
}

const servedKey = Symbol('served')

/**
 * Counts a socket's requests. Node's own `maxRequestsPerSocket` announces the close but leaves it to the client, and answers one
 * that stays with an empty 503.
 */
function isLastOfSocket(socket: Socket & { [servedKey]?: number }, limits: HttpLimits): boolean {
  const served = (socket[servedKey] ?? 0) + 1
  socket[servedKey] = served
  return served >= limits.requestsPerSocket
}

function setEach(response: ServerResponse, headers: readonly string[]): void {
  for (let i = 0; i < headers.length; i += 2) response.setHeader(headers[i] ?? '', headers[i + 1] ?? '')
}
