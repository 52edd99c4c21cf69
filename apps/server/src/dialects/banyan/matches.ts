import { MarketMode, MatchesQuery, MatchesReply, matchMetrics, named, SymbolParams } from '@banyan/contracts'
import { roundHalfAway } from '@banyan/domain'
import type { FastifyInstance } from 'fastify'
import type { AnalysisModule, HistoricalMatch, ReturnSpread } from '../../modules/analysis/index.ts'
import type { InstrumentsModule } from '../../modules/instruments/index.ts'
import type { MarketModule } from '../../modules/market/index.ts'
import { disclaimer } from '../api/disclaimer.ts'
import { oneOf, optional, parseInstrument, readParameters, required, wholeNumber } from '../api/parameters.ts'
import { toMarketMode } from '../api/provenance.ts'
import { addSchemas, readByHandler, responses, writtenByHandler } from '../api/route-schema.ts'

const shape = {
  symbol: required(parseInstrument),
  metric: optional(oneOf(matchMetrics), 'dtw'),
  window: optional(wholeNumber(10, 250), 60),
  k: optional(wholeNumber(1, 50), 10),
}

/** GET /api/patterns/{symbol}/matches (ours). */
export function addMatches(
  app: FastifyInstance,
  parts: {
    readonly analysis: AnalysisModule
    readonly instruments: InstrumentsModule
    readonly market: MarketModule
  },
): void {
  const { analysis, instruments, market } = parts
  addSchemas(app, [MarketMode, MatchesReply])
  app.get('/api/patterns/:symbol(^[^]+$)/matches', {
    config: { credential: 'none', rateClass: 'matches', cors: 'public' },
    schema: {
      operationId: 'getMatches',
      summary: 'Past stretches of daily closes shaped like the newest one, and what followed them',
      tags: ['analysis'],
      params: SymbolParams,
      querystring: MatchesQuery,
      response: responses({ 200: named(MatchesReply) }, ['invalid_parameter', 'unknown_symbol']),
    },
    validatorCompiler: readByHandler,
    serializerCompiler: writtenByHandler,
    async handler(request, reply) {
      const asked = readParameters({ ...(request.query as object), ...(request.params as object) }, shape)
      const { symbol, metric, window, k } = asked
      const found = await analysis.findMatches({ instrument: symbol, metric, window, k })
      const horizons = found.base.map(({ horizon }) => horizon)
      reply.header('cache-control', 'public, max-age=1').send({
        instrument: instruments.find(symbol)?.id ?? symbol,
        metric,
        window,
        from: found.from,
        to: found.to,
        matches: found.matches.map((match) => toMatch(match, horizons)),
        followed: found.followed.map(toSpread),
        base: found.base.map(toSpread),
        searched: found.searched,
        disclaimer,
        market: toMarketMode(market.status()),
      } satisfies MatchesReply)
      return reply
    },
  })
}

function toMatch(match: HistoricalMatch, horizons: readonly number[]): MatchesReply['matches'][number] {
  const { instrument, from, to, distance, similarity, followedPct } = match
  return {
    instrument,
    symbol: instrument.slice(instrument.indexOf(':') + 1),
    from,
    to,
    distance: roundHalfAway(distance, 6),
    similarity: roundHalfAway(similarity, 6),
    followed: horizons.map((bars, i) => ({ bars, change_percent: roundHalfAway(followedPct[i] ?? Number.NaN, 2) })),
  }
}

function toSpread({ horizon, n, upPct, meanPct, points }: ReturnSpread): MatchesReply['base'][number] {
  return {
    bars: horizon,
    n,
    up_percent: upPct === null ? null : roundHalfAway(upPct, 2),
    mean_percent: meanPct === null ? null : roundHalfAway(meanPct, 2),
    points: points?.map((point) => roundHalfAway(point, 2)) ?? null,
  }
}
