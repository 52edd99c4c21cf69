import { BanyanError } from '@banyan/domain'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { AddressLimiter } from './address-limiter.ts'
import type { ClientAddresses } from './client-address.ts'
import { exchangeOf } from './exchange.ts'
import { corsHeaders } from './front-door.ts'
import { refusePackedBody } from './json-body.ts'
import type { RouteMethods } from './method-router.ts'
import { isBelow, type Surfaces } from './problem.ts'
import { isNavigation } from './web-app.ts'

interface GateParts {
  readonly methods: RouteMethods
  readonly limiter: AddressLimiter
  readonly addresses: ClientAddresses
  readonly surfaces: Surfaces
  /** Sends the web app's page; null when it is not built. */
  readonly sendPage: ((reply: FastifyReply) => void) | null
}

/** Addresses that never fall back to the web app's page. */
const reservedPrefixes = ['/docs', '/metrics', '/livez', '/readyz', '/openapi.json', '/assets']

/**
 * Decides before a body is read, in the contract's order: no such route (404), not this method (405), too many requests (429),
 * a packed body (415).
 */
export function addGate(app: FastifyInstance, parts: GateParts): void {
  app.addHook('onRequest', (request, reply, done) => {
    if (request.is404) {
      answerUnrouted(request, reply, parts, done)
      return
    }
    const { rateClass = 'none', cors } = request.routeOptions.config
    const exchange = exchangeOf(reply.raw)
    if (exchange) exchange.route = request.routeOptions.url ?? 'unrouted'
    if (cors === 'public') allowAnyOrigin(reply)
    const verdict = rateClass === 'none' ? null : parts.limiter.take(parts.addresses.of(request.raw), rateClass)
    const go = (retryAfterS: number | null) => {
      if (retryAfterS !== null) done(new BanyanError('rate_limited', { retryAfterS }))
      else done(refusePackedBody(request) ?? undefined)
    }
    if (verdict instanceof Promise) verdict.then(go, done)
    else go(verdict)
  })
}

function answerUnrouted(
  request: FastifyRequest,
  reply: FastifyReply,
  parts: GateParts,
  done: (error?: Error) => void,
): void {
  const address = parts.methods.find(request.url)
  if (address?.isPublic && isPreflight(request)) {
    answerPreflight(reply, address.methods)
  } else if (address) {
    reply.header('allow', address.methods.join(', '))
    done(new BanyanError('method_not_allowed'))
  } else if (parts.sendPage && isNavigation(request) && !isReserved(request.url, parts.surfaces)) {
    parts.sendPage(reply)
  } else {
    done(new BanyanError('not_found'))
  }
}

function isPreflight(request: FastifyRequest): boolean {
  return request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined
}

/**
 * Answers a browser's question before a cross-origin call of a public route. @fastify/cors is not used because it answers OPTIONS
 * for addresses that do not exist.
 */
function answerPreflight(reply: FastifyReply, methods: readonly string[]): void {
  allowAnyOrigin(reply)
  reply
    .code(204)
    .header('access-control-allow-methods', methods.join(', '))
    .header('access-control-allow-headers', 'content-type, if-none-match')
    .header('access-control-max-age', '600')
    .send()
}

function allowAnyOrigin(reply: FastifyReply): void {
  for (let i = 0; i < corsHeaders.length; i += 2) reply.header(corsHeaders[i] ?? '', corsHeaders[i + 1])
}

function isReserved(url: string, surfaces: Surfaces): boolean {
  return [...surfaces.prefixes, ...reservedPrefixes].some((prefix) => isBelow(url, prefix))
}
