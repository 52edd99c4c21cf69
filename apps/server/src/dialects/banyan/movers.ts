import { MarketMode, type Mover, MoversQuery, MoversReply, named } from '@banyan/contracts'
import { type EpochMs, formatIst } from '@banyan/domain'
import type { FastifyInstance } from 'fastify'
import type { InstrumentsModule } from '../../modules/instruments/index.ts'
import type { MarketModule, PricedQuote } from '../../modules/market/index.ts'
import { optional, readParameters, wholeNumber } from '../api/parameters.ts'
import { toAgeMs, toMarketMode } from '../api/provenance.ts'
import { roundedChange } from '../api/rounded-change.ts'
import { addSchemas, readByHandler, responses } from '../api/route-schema.ts'

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
      const toRows = (quotes: readonly PricedQuote[]) => quotes.flatMap((quote) => toMover(quote, instruments, now))
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

/** Returns no row for a quote without previous close: it has no move to show. */
function toMover(quote: PricedQuote, instruments: InstrumentsModule, now: EpochMs): Mover[] {
  const { change, changePercent } = roundedChange(quote)
  if (quote.prevClose === null || change === null || changePercent === null) return []
  const instrument = instruments.find(quote.instrument)
  return [
    {
      instrument: quote.instrument,
      name: instrument?.name ?? null,
      sector: instrument?.sector ?? null,
      last_price: quote.lastPrice,
      prev_close: quote.prevClose,
      change,
      change_percent: changePercent,
      source: quote.source,
      as_of: formatIst(quote.asOf),
      age_ms: toAgeMs(now, quote.asOf),
      delay: quote.delay,
    },
  ]
}
