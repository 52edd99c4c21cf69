import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { declareRoutes } from './route-config.ts'
import { docsPolicy } from './security-headers.ts'

/** Generates OpenAPI 3.1 from the routes registered after it. Schemas keep their own names instead of `def-0`. */
export async function addOpenApi(app: FastifyInstance, info: { title: string; version: string; description: string }) {
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info, servers: [{ url: '/' }] },
    refResolver: {
      buildLocalReference: (json, _baseUri, _fragment, i) => String(json['$id'] ?? `schema-${i}`),
    },
  })
  app.get('/openapi.json', {
    config: { credential: 'none', rateClass: 'none', cors: 'public' },
    schema: { hide: true },
    handler: (_request, reply) => {
      reply.header('cache-control', 'no-cache').send(app.swagger())
    },
  })
}

/** Adds the browsable reference at `/docs`. */
export async function addDocs(app: FastifyInstance): Promise<void> {
  await app.register(async (scope) => {
    declareRoutes(scope, { credential: 'none', rateClass: 'none' })
    await scope.register(swaggerUi, {
      routePrefix: '/docs',
      staticCSP: docsPolicy,
      // The base layout leaves out the bar with Fastify's logo and a field for other documents' addresses.
      uiConfig: { layout: 'BaseLayout', validatorUrl: null, deepLinking: false, tryItOutEnabled: true },
      theme: { title: 'Banyan API' },
    })
  })
}
