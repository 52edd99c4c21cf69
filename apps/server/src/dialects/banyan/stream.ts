import { named, StreamBody, StreamQuery, StreamReply } from '@banyan/contracts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { InstrumentsModule } from '../../modules/instruments/index.ts'
import type { MarketModule } from '../../modules/market/index.ts'
import { type QuoteStreams, type StreamOwner, streamLimits } from '../../modules/quote-streams/index.ts'
import { visitorOf } from '../api/api-checks.ts'
import { instrumentIdsOf, needed, readFields } from '../api/fields.ts'
import { readParameters, required, shortText } from '../api/parameters.ts'
import { createQuoteTexts } from '../api/quote-texts.ts'
import { readyHeadersOf } from '../api/ready-headers.ts'
import type { Addresses } from '../api/request-origin.ts'
import { addSchemas, readByHandler, responses, userErrors } from '../api/route-schema.ts'
import { pushQuotes, streamHeaders } from './push-quotes.ts'

export interface StreamParts {
  readonly streams: QuoteStreams
  readonly market: MarketModule
  readonly instruments: InstrumentsModule
  readonly addresses: Addresses
  /** Hears of a stream that broke off on our side. For the log. */
  onProblem(error: unknown): void
}

const config = { credential: 'visitor', scope: 'market:read', rateClass: 'api' } as const
const query = { id: required(shortText(40)) }
const errors = [...userErrors, 'insufficient_scope', 'invalid_parameter'] as const

/** POST and GET /api/stream (ours): live prices as Server-Sent Events, with a credential for 500 instruments, without for 50. */
export function addStream(app: FastifyInstance, parts: StreamParts): void {
  const toText = createQuoteTexts(parts.market)
  addSchemas(app, [StreamReply])
  app.post('/api/stream', {
    config,
    schema: {
      operationId: 'offerStream',
      summary: 'Say which prices to stream',
      tags: ['market'],
      body: StreamBody,
      response: responses({ 201: named(StreamReply) }, [...errors, 'cross_site_request']),
    },
    validatorCompiler: readByHandler,
    handler(request, reply) {
      const owner = ownerOf(request, parts)
      const { symbols } = readFields(request.body, {
        symbols: needed(instrumentIdsOf(1, streamLimits.instruments[owner.kind])),
      })
      const found = symbols.map((symbol) => ({ symbol, instrument: parts.instruments.find(symbol)?.id ?? null }))
      const known = new Set(found.flatMap(({ instrument }) => instrument ?? []))
      const { id, expiresInS } = parts.streams.offer([...known], owner)
      const missing = found.flatMap(({ symbol, instrument }) => (instrument === null ? [symbol] : []))
      reply.code(201).header('cache-control', 'no-store')
      reply.send({ id, expires_in: expiresInS, missing } satisfies StreamReply)
    },
  })
  app.get('/api/stream', {
    config,
    schema: {
      operationId: 'readStream',
      summary: 'Read the stream: events `quotes`, `beat` every 5 s, and `end`',
      tags: ['market'],
      querystring: StreamQuery,
      response: responses({}, [...errors, 'not_found']),
    },
    validatorCompiler: readByHandler,
    handler(request, reply) {
      const { id } = readParameters(request.query, query)
      if (request.method === 'HEAD') {
        reply.headers(streamHeaders).send()
        return
      }
      const reader = parts.streams.take(id, ownerOf(request, parts))
      reply.hijack()
      pushQuotes(reader, reply.raw, { ...parts, toText, headers: readyHeadersOf(reply) })
    },
  })
}

function ownerOf(request: FastifyRequest, { addresses }: StreamParts): StreamOwner {
  const caller = visitorOf(request)
  return caller === null
    ? { kind: 'visitor', address: addresses.of(request.raw) }
    : { kind: 'account', accountId: caller.accountId, check: caller.check }
}
