import { MarketMapQuery, MarketMapReply, type MarketMapShare, MarketMode, named } from '@banyan/contracts'
import { type EpochMs, formatIst } from '@banyan/domain'
import type { FastifyInstance } from 'fastify'
import type { InstrumentsModule } from '../../modules/instruments/index.ts'
import type { MarketModule, TradedShare } from '../../modules/market/index.ts'
import { optional, readParameters, wholeNumber } from '../api/parameters.ts'
import { toMarketMode } from '../api/provenance.ts'
import { addSchemas, readByHandler, responses } from '../api/route-schema.ts'
import { toMover } from './mover-row.ts'

const query = { limit: optional(wholeNumber(1, 500), 200) }

/** GET /api/market-map (ours): the shares that were traded most, with their moves. */
export function addMarketMap(
  app: FastifyInstance,
  parts: { readonly market: MarketModule; readonly instruments: InstrumentsModule },
): void {
  const { market, instruments } = parts
  addSchemas(app, [MarketMode, MarketMapReply])
  app.get('/api/market-map', {
    config: { credential: 'none', rateClass: 'api', cors: 'public' },
    schema: {
      operationId: 'getMarketMap',
      summary: 'Shares by traded value, with their moves',
      tags: ['market'],
      querystring: MarketMapQuery,
      response: responses({ 200: named(MarketMapReply) }, ['invalid_parameter']),
    },
    validatorCompiler: readByHandler,
    handler(request, reply) {
      const { limit } = readParameters(request.query, query)
      const now = market.now()
      const { shares, tradedCount, withoutVolumeCount } = market.tradedShares(limit)
      reply.header('cache-control', 'public, max-age=1').send({
        shares: shares.flatMap((share) => toShare(share, instruments, now)),
        traded_count: tradedCount,
        without_volume_count: withoutVolumeCount,
        as_of_ist: formatIst(now),
        market: toMarketMode(market.status()),
      } satisfies MarketMapReply)
    },
  })
}

function toShare({ quote, tradedValue }: TradedShare, instruments: InstrumentsModule, now: EpochMs): MarketMapShare[] {
  const mover = toMover(quote, instruments, now)
  if (mover === null || quote.volume === null) return []
  return [{ ...mover, volume: quote.volume, traded_value: Math.round(tradedValue * 100) / 100 }]
}
