import { MarketMode, MoversQuery, MoversReply, named } from '@banyan/contracts'
import { formatIst } from '@banyan/domain'
import type { FastifyInstance } from 'fastify'
import type { InstrumentsModule } from '../../modules/instruments/index.ts'
import type { MarketModule, PricedQuote } from '../../modules/market/index.ts'
import { optional, readParameters, wholeNumber } from '../api/parameters.ts'
import { toMarketMode } from '../api/provenance.ts'
import { addSchemas, readByHandler, responses } from '../api/route-schema.ts'
import { toMover } from './mover-row.ts'

const query = { limit: optional(wholeNumber(1, 50), 10) }

/** GET /api/movers (ours): shares with the largest rise and fall against their previous close. */
export function addMovers(
  app: FastifyInstance,
  parts: { readonly market: MarketModule; readonly instruments: InstrumentsModule },
): void {
  const { market, instruments } = parts
  addSchemas(app, [MarketMode, MoversReply])
  app.get('/api/movers', {
    config: { credential: 'none', rateClass: 'api', cors: 'public' },
    schema: {
      operationId: 'getMovers',
      summary: 'Shares with the largest rise and fall',
      tags: ['market'],
      querystring: MoversQuery,
      response: responses({ 200: named(MoversReply) }, ['invalid_parameter']),
    },
    validatorCompiler: readByHandler,
    handler(request, reply) {
      const { limit } = readParameters(request.query, query)
      const now = market.now()
      const { gainers, losers, pricedCount } = market.movers(limit)
      const toRows = (quotes: readonly PricedQuote[]) =>
        quotes.flatMap((quote) => toMover(quote, instruments, now) ?? [])
      reply.header('cache-control', 'public, max-age=1').send({
        gainers: toRows(gainers),
        losers: toRows(losers),
        priced_count: pricedCount,
        as_of_ist: formatIst(now),
        market: toMarketMode(market.status()),
      } satisfies MoversReply)
    },
  })
}
