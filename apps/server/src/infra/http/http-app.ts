import { createServer, type RequestListener, type Server } from 'node:http'
import fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify'
import type { SystemClock } from '../clock.ts'
import { createAccessLog } from './access-log.ts'
import {
  type AddressLimiter,
  type AddressLimits,
  createAddressLimiter,
  createOpenLimiter,
  type SharedCounters,
} from './address-limiter.ts'
import { type ClientAddresses, createClientAddresses } from './client-address.ts'
import { limitConnections } from './connection-limits.ts'
import { acceptCsvBodies } from './csv-body.ts'
import { drainServer } from './drain.ts'
import { createExchanges, exchangeOf } from './exchange.ts'
import { createFrontDoor, type DirectRoute } from './front-door.ts'
import { addGate } from './gate.ts'
import { type HttpLimits, httpLimits } from './http-limits.ts'
import { acceptJsonBodies } from './json-body.ts'
import type { Log } from './log.ts'
import { collectMethods } from './method-router.ts'
import type { Metrics } from './metrics.ts'
import { addDocs, addOpenApi } from './openapi.ts'
import { createParserErrorListener } from './parser-errors.ts'
import { addProbes, type ReadyCheck } from './probes.ts'
import { createSurfaces, type Surface } from './problem.ts'
import { createProblemSender } from './problem-replies.ts'
import { createRequestIds } from './request-id.ts'
import { type CredentialCheck, collectRoutes, type ListedRoute } from './route-config.ts'
import { addWebApp } from './web-app.ts'

export interface HttpAppOptions {
  readonly clock: SystemClock
  readonly log: Log
  readonly metrics: Metrics
  /** The APIs by address; the first one's error shape also serves addresses of none. */
  readonly surfaces: readonly [Surface, ...Surface[]]
  readonly addressLimits: AddressLimits
  /** Returns the checks that routes name as their `credential`. */
  credentialChecks?(tools: HttpTools): Readonly<Record<string, CredentialCheck>>
  /** Origins whose pages may call every route, without cookies. */
  readonly corsOrigins?: readonly string[]
  /** Counters all instances share, or null. */
  readonly sharedCounters: SharedCounters | null
  /** `off` lifts address limits, for benchmarks on loopback. */
  readonly rateLimit: 'on' | 'off'
  readonly trustProxy: readonly string[] | true
  readonly readyChecks: readonly ReadyCheck[]
  /** Folder of the built web app; null or a folder without index.html serves a sentence instead. */
  readonly webFolder: string | null
  readonly version: string
  readonly limits?: Partial<HttpLimits>
}

/** What dialects ask of the server around them. */
export interface HttpTools {
  /** Tells who a request came from. */
  readonly addresses: ClientAddresses
  /** Counts by more than addresses where a contract asks for it: any text in place of the address. */
  readonly limiter: AddressLimiter
}

export interface HttpApp extends HttpTools {
  /** Dialects register their routes here, before {@link listen}. */
  readonly fastify: FastifyInstance
  /** Returns every route registered so far. */
  routes(): readonly ListedRoute[]
  /** Starts listening and returns the port. Rejects when a route is not declared or the port is taken (EADDRINUSE). */
  listen(host: string, port: number): Promise<number>
  /** Makes `/readyz` fail and asks clients to leave; requests are still answered. */
  beginDrain(): void
  /** Stops as {@link drainServer} does, then closes the application. */
  close(): Promise<void>
}

/** Returns the HTTP application with every bound set. Requests made with `fastify.inject` bypass the front door. */
export async function createHttpApp(options: HttpAppOptions): Promise<HttpApp> {
  const limits = { ...httpLimits, ...options.limits }
  const { clock, log } = options
  const surfaces = createSurfaces(options.surfaces)
  const addresses = createClientAddresses(options.trustProxy)
  const limiter = createLimiter(options)
  const nextId = createRequestIds()
  const exchanges = createExchanges({
    clock,
    nextId,
    listeners: [createAccessLog(log, clock), options.metrics.exchanges],
  })
  const directRoutes = new Map<string, DirectRoute>()
  let draining = false
  const isDraining = () => draining
  const door = createFrontDoor({ exchanges, surfaces, limits, limiter, addresses, directRoutes, log, isDraining })
  const sendProblem = createProblemSender(surfaces, log)

  const app = createFastify(limits, {
    serverFactory: (handler) => createBoundedServer(door(handler), limits),
    clientErrorHandler: createParserErrorListener({ surfaces, nextId, log }),
    frameworkErrors: sendProblem,
    rewriteUrl: (request) => surfaces.rewrite(request.url ?? ''),
    genReqId: (request) => exchangeOf(request)?.requestId ?? nextId(),
  })
  const { corsOrigins = [] } = options
  const credentialChecks = options.credentialChecks?.({ addresses, limiter }) ?? {}
  app.decorateRequest('caller', null)
  const routes = collectRoutes(app, new Set(Object.keys(options.addressLimits)), new Set(Object.keys(credentialChecks)))
  const methods = collectMethods(app, limits)
  collectDirectRoutes(app, directRoutes)
  acceptJsonBodies(app, limits)
  acceptCsvBodies(app, limits)
  app.setErrorHandler(sendProblem)
  limitConnections(app.server, limits, addresses)
  await addOpenApi(app, openApiInfo(options.version))
  const sendPage = await addWebApp(app, options.webFolder)
  addGate(app, { methods, limiter, addresses, surfaces, sendPage, credentialChecks, corsOrigins })
  await addDocs(app)
  addProbes(app, options.readyChecks, isDraining)

  return {
    fastify: app,
    addresses,
    limiter,
    routes,
    listen: (host, port) => listen(app, host, port),
    beginDrain() {
      draining = true
    },
    async close() {
      draining = true
      if (app.server.listening) await drainServer({ server: app.server, exchanges, surfaces, limits, clock })
      await app.close()
    },
  }
}

function createLimiter(options: HttpAppOptions): AddressLimiter {
  if (options.rateLimit === 'off') return createOpenLimiter()
  return createAddressLimiter({ limits: options.addressLimits, clock: options.clock, shared: options.sharedCounters })
}

/** Fastify's defaults are no handler timeout, 1 MiB bodies, coerced and stripped input, and 404 for a path part over 100. */
function createFastify(limits: HttpLimits, own: FastifyServerOptions): FastifyInstance {
  return fastify({
    ...own,
    logger: false,
    handlerTimeout: limits.handlerMs,
    bodyLimit: limits.bodyBytes,
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    routerOptions: { maxParamLength: limits.pathParameterBytes },
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false, allErrors: true } },
  })
}

function createBoundedServer(listener: RequestListener, limits: HttpLimits): Server {
  const server = createServer(
    {
      headersTimeout: limits.headMs,
      requestTimeout: limits.requestMs,
      keepAliveTimeout: limits.keepAliveMs,
      connectionsCheckingInterval: limits.checkMs,
      maxHeaderSize: limits.headBytes,
      // Node's own 400 for a missing Host has no body; the head checks answer instead.
      requireHostHeader: false,
      insecureHTTPParser: false,
    },
    listener,
  )
  // One more than allowed, so that too many are seen instead of cut off unseen.
  server.maxHeadersCount = limits.headFields + 1
  // Without a listener Node answers 417 with an empty body.
  server.on('checkExpectation', listener)
  return server
}

function collectDirectRoutes(app: FastifyInstance, directRoutes: Map<string, DirectRoute>): void {
  app.addHook('onRoute', (route) => {
    const { direct, rateClass = 'none', cors } = route.config ?? {}
    if (direct && route.method === 'GET')
      directRoutes.set(route.url, { pattern: route.url, rateClass, cors: cors === 'public', answer: direct })
  })
}

async function listen(app: FastifyInstance, host: string, port: number): Promise<number> {
  await app.listen({ host, port })
  const address = app.server.address()
  return typeof address === 'object' && address !== null ? address.port : port
}

function openApiInfo(version: string) {
  return {
    title: 'Banyan',
    version,
    description:
      'Market data of Indian exchanges from a server of your own. Prices carry their source, time, age and delay class; unknown is null.',
  }
}
