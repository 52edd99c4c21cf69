import { Instrument, InstrumentsQuery, InstrumentsReply, named } from '@banyan/contracts'
import type { FastifyInstance } from 'fastify'
import type { InstrumentsModule, StoredInstrument } from '../../modules/instruments/index.ts'
import { optional, readParameters, required, shortText, wholeNumber } from '../api/parameters.ts'
import { addSchemas, readByHandler, responses } from '../api/route-schema.ts'

const query = { q: required(shortText(100)), limit: optional(wholeNumber(1, 50), 20) }

/** GET /api/instruments (ours): search by symbol, name or ISIN. */
export function addInstruments(app: FastifyInstance, parts: { readonly instruments: InstrumentsModule }): void {
  addSchemas(app, [Instrument, InstrumentsReply])
  app.get('/api/instruments', {
    config: { credential: 'none', rateClass: 'api', cors: 'public' },
    schema: {
      operationId: 'searchInstruments',
      summary: 'Search by symbol prefix or part, words of the name, or ISIN',
      tags: ['market'],
      querystring: InstrumentsQuery,
      response: responses({ 200: named(InstrumentsReply) }, ['invalid_parameter']),
    },
    validatorCompiler: readByHandler,
    handler(request, reply) {
      const { q, limit } = readParameters(request.query, query)
      const { instruments, total } = parts.instruments.search(q, limit)
      reply.header('cache-control', 'public, max-age=60').send({ instruments: instruments.map(toInstrument), total })
    },
  })
}

function toInstrument(stored: StoredInstrument): Instrument {
  const { id, symbol, exchange, name, isin, kind, series, sector, lotSize, tickSize } = stored
  return { instrument: id, symbol, exchange, name, isin, kind, series, sector, lot_size: lotSize, tick_size: tickSize }
}
