import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify'

/**
 * Answers a request on the raw response, without Fastify's reply, and ends it. What it throws or rejects with is rendered like any
 * other failure, as long as no head was written.
 */
export type DirectHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  headers: StandardHeaders,
) => void | Promise<void>

/** Headers a direct answer sends along with its own. */
interface StandardHeaders {
  readonly requestId: string
  /** Names and values in turn, without the request id; the same array while they are the same. */
  readonly rest: readonly string[]
}

/**
 * Finds out who calls, before the body is read, and leaves it in `request.caller`; throws or rejects when the route is not for them.
 * What the route asks for is in its `config`.
 */
export type CredentialCheck = (request: FastifyRequest, reply: FastifyReply) => void | Promise<void>

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls, as the route's credential check found; null on routes without one. */
    caller: unknown
  }
  interface FastifyContextConfig {
    /** Who may call: `none` reads no credential at all, else the name of a {@link CredentialCheck}. A route without it does not start. */
    credential?: string
    /** Scope with which an API key may call; a route without it takes no key. */
    scope?: string
    /** The least role: `member` keeps read-only accounts out, `owner` everybody but owners. Without it every role may call. */
    leastRole?: 'member' | 'owner'
    /** Name of an address limit, or `none`. A route without it does not start. */
    rateClass?: string
    /** `public` answers any origin, without credentials. */
    cors?: 'public'
    /** `csv` takes `text/csv` in place of JSON; what the handler finds in `request.body` says `csv-body.ts`. */
    body?: 'csv'
    /**
     * Answers GET of exactly this path, whatever its query, ahead of the router, after the head checks and the address limit. For
     * the two replies that lie ready as text; Fastify's way costs them half as much again. `headers` are the standard ones, to be sent
     * along. The 30 s of {@link HttpLimits.handlerMs} do not apply: what it awaits must be bounded itself.
     */
    direct?: DirectHandler
  }
}

export interface ListedRoute {
  readonly method: string
  readonly url: string
  readonly credential: string
  readonly scope: string | null
  readonly leastRole: 'member' | 'owner' | null
  readonly rateClass: string
}

/**
 * Refuses the start of an application with a route that does not say who may call it and how often, names a limit that does not
 * exist, or asks for a credential nobody checks. Returns the routes registered so far, each time it is called.
 */
export function collectRoutes(
  app: FastifyInstance,
  rateClasses: ReadonlySet<string>,
  checks: ReadonlySet<string>,
): () => readonly ListedRoute[] {
  const seen: { method: string; url: string; route: RouteOptions }[] = []
  // The declaration is read when asked, since hooks of a route's own scope complete it later; the address at once, since Fastify
  // uses one object for a prefix with and without slash.
  const list = () => seen.map(({ method, url, route: { config } }) => ({ method, url, ...declarationOf(config) }))
  app.addHook('onRoute', (route) => {
    for (const method of [route.method].flat()) seen.push({ method, url: route.url, route })
  })
  app.addHook('onReady', (done) => {
    const refused = list().flatMap((route) => problemOfRoute(route, rateClasses, checks) ?? [])
    done(refused.length > 0 ? new Error(refused.join('\n')) : undefined)
  })
  return list
}

/** Declares every route registered in this scope from now on, for plugins that declare nothing themselves. */
export function declareRoutes(scope: FastifyInstance, config: { credential: 'none'; rateClass: string }): void {
  scope.addHook('onRoute', (route) => {
    route.config = { ...config, ...route.config }
  })
}

function declarationOf(config: RouteOptions['config']) {
  return {
    credential: config?.credential ?? '',
    scope: config?.scope ?? null,
    leastRole: config?.leastRole ?? null,
    rateClass: config?.rateClass ?? '',
  }
}

function problemOfRoute(
  route: ListedRoute,
  rateClasses: ReadonlySet<string>,
  checks: ReadonlySet<string>,
): string | null {
  const name = `${route.method} ${route.url}`
  if (route.credential === '') return `${name} declares no credential`
  if (route.credential !== 'none' && !checks.has(route.credential)) return `${name} asks for a credential nobody checks`
  if (route.credential === 'none' && (route.scope ?? route.leastRole) !== null)
    return `${name} restricts callers it never asks`
  if (route.rateClass === '') return `${name} declares no rate class`
  if (route.rateClass !== 'none' && !rateClasses.has(route.rateClass)) return `${name} names an unknown rate class`
  return null
}
