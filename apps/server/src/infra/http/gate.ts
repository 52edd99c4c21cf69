import { BanyanError } from '@banyan/domain'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { AddressLimiter } from './address-limiter.ts'
import type { ClientAddresses } from './client-address.ts'
import { exchangeOf } from './exchange.ts'
import { corsHeaders } from './front-door.ts'
import { refusePackedBody } from './json-body.ts'
import type { RouteMethods } from './method-router.ts'
import { isBelow, type Surfaces } from './problem.ts'
import type { CredentialCheck } from './route-config.ts'
import { isNavigation } from './web-app.ts'

interface GateParts {
  readonly methods: RouteMethods
  readonly limiter: AddressLimiter
  readonly addresses: ClientAddresses
  readonly surfaces: Surfaces
  /** Sends the web app's page; null when it is not built. */
  readonly sendPage: ((reply: FastifyReply) => void) | null
  readonly credentialChecks: Readonly<Record<string, CredentialCheck>>
  readonly corsOrigins: readonly string[]
}

/** Addresses that never fall back to the web app's page. */
const reservedPrefixes = ['/docs', '/metrics', '/livez', '/readyz', '/openapi.json', '/assets']

/**
 * Decides before a body is read, in the contract's order: no such route (404), not this method (405), too many requests (429),
 * who calls (400, 401, 403), a packed body (415).
 */
export function addGate(app: FastifyInstance, parts: GateParts): void {
  app.addHook('onRequest', (request, reply, done) => {
    if (request.is404) {
      answerUnrouted(request, reply, parts, done)
      return
    }
    const { rateClass = 'none', cors, credential = 'none' } = request.routeOptions.config
    const exchange = exchangeOf(reply.raw)
    if (exchange) exchange.route = request.routeOptions.url ?? 'unrouted'
    if (cors === 'public') allowAnyOrigin(reply)
    else allowListedOrigin(request, reply, parts.corsOrigins)
    const finish = () => done(refusePackedBody(request) ?? undefined)
    const go = (retryAfterS: number | null) => {
      if (retryAfterS !== null) return done(new BanyanError('rate_limited', { retryAfterS }))
      const checked = startCheck(parts.credentialChecks[credential], request, reply)
      if (checked === undefined) finish()
      else checked.then(finish, done)
    }
    const verdict = rateClass === 'none' ? null : parts.limiter.take(parts.addresses.of(request.raw), rateClass)
    if (verdict instanceof Promise) verdict.then(go).catch(done)
    else go(verdict)
  })
}

/** Starts a route's check; undefined when there is nothing to wait for. What it throws at once is a rejection, too. */
function startCheck(
  check: CredentialCheck | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> | undefined {
  try {
    return check?.(request, reply) ?? undefined
  } catch (error) {
    return Promise.reject(error)
  }
}

function answerUnrouted(
  request: FastifyRequest,
  reply: FastifyReply,
  parts: GateParts,
  done: (error?: Error) => void,
): void {
  const address = parts.methods.find(request.url)
  const mayAsk = address?.isPublic || isListed(request.headers.origin, parts.corsOrigins)
  if (address && mayAsk && isPreflight(request)) {
    if (address.isPublic) allowAnyOrigin(reply)
    else allowListedOrigin(request, reply, parts.corsOrigins)
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
  reply
    .code(204)
    .header('access-control-allow-methods', methods.join(', '))
    .header('access-control-allow-headers', readHeaders)
    .header('access-control-max-age', '600')
    .send()
}

function allowAnyOrigin(reply: FastifyReply): void {
  for (let i = 0; i < corsHeaders.length; i += 2) reply.header(corsHeaders[i] ?? '', corsHeaders[i + 1])
}

/** Headers any of the APIs reads; the last six are the Kotak client's. */
const readHeaders = [
  'authorization, content-type, if-none-match, x-api-key',
  'consumerkey, ip, appid, userid, onetimetoken, sessiontoken',
].join(', ')

/** The origin is echoed only when the operator listed it, letter by letter; `null` is never listed. Cookies stay out: nothing allows credentials. */
function allowListedOrigin(request: FastifyRequest, reply: FastifyReply, listed: readonly string[]): void {
  if (listed.length === 0) return
  reply.header('vary', 'Origin')
  const { origin } = request.headers
  if (isListed(origin, listed)) reply.header('access-control-allow-origin', origin)
}

function isListed(origin: string | undefined, listed: readonly string[]): boolean {
  return origin !== undefined && listed.includes(origin)
}

function isReserved(url: string, surfaces: Surfaces): boolean {
  return [...surfaces.prefixes, ...reservedPrefixes].some((prefix) => isBelow(url, prefix))
}
