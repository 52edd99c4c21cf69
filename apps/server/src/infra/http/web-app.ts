import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { declareRoutes } from './route-config.ts'
import { webPolicy } from './security-headers.ts'

const config = { credential: 'none', rateClass: 'none' } as const

/**
 * Serves the built web app at `/`: hashed files for ever, the page itself checked each time. Without a build `/` says so.
 * Returns the function that answers a person's navigation to one of the app's own addresses.
 */
export async function addWebApp(app: FastifyInstance, folder: string | null) {
  if (folder === null || !existsSync(join(folder, 'index.html'))) {
    app.get('/', { config, schema: { hide: true } }, (_request, reply) => sendPage(reply, notBuiltPage))
    return null
  }
  await app.register(async (scope) => {
    declareRoutes(scope, config)
    scope.addHook('onRoute', (route) => {
      route.schema = { ...route.schema, hide: true }
    })
    await scope.register(fastifyStatic, {
      root: folder,
      wildcard: false,
      preCompressed: true,
      cacheControl: false,
      setHeaders(reply, path) {
        reply.header('cache-control', cachingOf(path))
        reply.header('content-security-policy', webPolicy)
      },
    })
  })
  const page = readFileSync(join(folder, 'index.html'), 'utf8')
  return (reply: FastifyReply) => sendPage(reply, page)
}

/** Tells whether a request is a person's browser going to a page, and not a program asking for data or a missing file. */
export function isNavigation(request: FastifyRequest): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false
  return !isFile(request.url.split('?', 1)[0] ?? '') && (request.headers.accept ?? '').includes('text/html')
}

/** A dot alone tells no file: `MCX:CRUDE_OIL.M` is an instrument. No built file has a colon or an ending in capitals. */
function isFile(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return /\.[a-z][a-z0-9]*$/.test(name) && !/:|%3a/i.test(name)
}

/** Vite puts a hash of the content into the names below `assets/`. */
function cachingOf(path: string): string {
  return /[\\/]assets[\\/]/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache'
}

function sendPage(reply: FastifyReply, page: string): void {
  reply
    .header('cache-control', 'no-cache')
    .header('content-security-policy', webPolicy)
    .type('text/html; charset=utf-8')
    .send(page)
}

const notBuiltPage =
  '<!doctype html><html lang="en"><meta charset="utf-8"><title>Banyan</title><p>Banyan is running. ' +
  'Its web app is not built yet: <code>npm start</code> builds it. The API is described at <a href="/docs">/docs</a>.</p></html>'
