import type { IncomingMessage, ServerResponse } from 'node:http'
import { named, Signal, Snapshot } from '@banyan/contracts'
import type { FastifyInstance } from 'fastify'
import { createHeaderJoiner, type ReadyHeaders, readyHeadersOf } from '../api/ready-headers.ts'
import { remembered } from '../api/remembered.ts'
import { addSchemas, responses } from '../api/route-schema.ts'
import { chooseCoding } from './accept-encoding.ts'
import { createReadySnapshot, type ReadySnapshotParts } from './ready-snapshot.ts'

/**
 * GET /api/index/snapshot (stocktrendz.md §5.1). The bytes lie ready and the plain GET is answered ahead of the router; HEAD and
 * addresses with a query take the ordinary way to the same function.
 */
export function addSnapshot(app: FastifyInstance, parts: ReadySnapshotParts): void {
  const ready = createReadySnapshot(parts)
  const codingOf = remembered(64, chooseCoding)

  const join = createHeaderJoiner()

  function answer(request: IncomingMessage, response: ServerResponse, headers: ReadyHeaders): void {
    const { etag, unchanged, packed } = ready()
    if (matches(request.headers['if-none-match'], etag)) {
      response.writeHead(304, join(headers, unchanged)).end()
      return
    }
    const { body, own } = packed(codingOf(String(request.headers['accept-encoding'] ?? '')))
    response.writeHead(200, join(headers, own)).end(body, 'latin1')
  }

  addSchemas(app, [Signal, Snapshot])
  app.get('/api/index/snapshot', {
    config: { credential: 'none', rateClass: 'api', cors: 'public', direct: answer },
    schema: {
      operationId: 'getIndexSnapshot',
      summary: 'The market at a glance: three indices, signals, sectors, market state',
      tags: ['market'],
      response: responses({ 200: named(Snapshot) }),
    },
    handler(request, reply) {
      reply.hijack()
      answer(request.raw, reply.raw, readyHeadersOf(reply))
    },
  })
}

/** Weak comparison (RFC 9110 §8.8.3.2): proxies may have dropped or added the W/. */
function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  const opaque = etag.replace(/^W\//, '')
  return header.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === opaque)
}
