import { EdgeMeasurement, MarketMode, named, Signal, SignalsQuery, SignalsReply } from '@banyan/contracts'
import { BanyanError, formatIst } from '@banyan/domain'
import type { FastifyInstance } from 'fastify'
import { type AnalysisModule, type Timeframe, timeframes, verdicts } from '../../modules/analysis/index.ts'
import type { InstrumentsModule } from '../../modules/instruments/index.ts'
import type { MarketModule } from '../../modules/market/index.ts'
import { disclaimer } from '../api/disclaimer.ts'
import { oneOf, optional, type Parsed, parseInstrument, readParameters, wholeNumber } from '../api/parameters.ts'
import { toMarketMode } from '../api/provenance.ts'
import { addSchemas, readByHandler, responses, writtenByHandler } from '../api/route-schema.ts'
import { toSignal, wireTimeframe } from '../api/signal-body.ts'
import { toMeasurement } from './measured.ts'
import { cursorAfter, cursorReason, parseCursor } from './signal-cursor.ts'
import { nameOfOrder, parseSort } from './signal-sort.ts'

const directions = ['bullish', 'bearish'] as const

function shapeFor({ catalogue }: AnalysisModule) {
  const ids = [...catalogue.candlesticks, ...catalogue.formations].map(({ id }) => id)
  return {
    symbol: optional(parseInstrument, null),
    pattern: optional(oneOfMany(ids), null),
    direction: optional(oneOf(directions), null),
    timeframe: optional(parseTimeframe, null),
    verdict: optional(oneOf(verdicts), null),
    sort: optional(parseSort, null),
    limit: optional(wholeNumber(1, 100), 20),
    cursor: optional(parseCursor, null),
  }
}

/** GET /api/signals (ours): patterns completed lately, ordered as the snapshot's or as asked, page by page. */
export function addSignals(
  app: FastifyInstance,
  parts: {
    readonly analysis: AnalysisModule
    readonly instruments: InstrumentsModule
    readonly market: MarketModule
  },
): void {
  const { analysis, instruments, market } = parts
  const shape = shapeFor(analysis)
  addSchemas(app, [MarketMode, Signal, EdgeMeasurement, SignalsReply])
  app.get('/api/signals', {
    config: { credential: 'none', rateClass: 'analysis', cors: 'public' },
    schema: {
      operationId: 'getSignals',
      summary: 'Patterns completed lately, with their measured record',
      tags: ['analysis'],
      querystring: SignalsQuery,
      response: responses({ 200: named(SignalsReply) }, ['invalid_parameter']),
    },
    validatorCompiler: readByHandler,
    serializerCompiler: writtenByHandler,
    handler(request, reply) {
      const { symbol, sort: order, limit, cursor: after, ...filter } = readParameters(request.query, shape)
      if (after !== null && after.order !== nameOfOrder(order))
        throw new BanyanError('invalid_parameter', { details: [{ field: 'cursor', reason: cursorReason }] })
      const instrument = symbol === null ? null : (instruments.find(symbol)?.id ?? symbol)
      const page = analysis.pageOfSignals({ ...filter, instrument }, { order, after, limit })
      reply.header('cache-control', 'public, max-age=1').send({
        signals: page.signals.map((signal) => toSignal(signal, analysis.rules)),
        total: page.total,
        next_cursor: page.hasMore ? cursorAfter(page.signals.at(-1), order) : null,
        as_of_ist: formatIst(market.now()),
        measured: toMeasurement(analysis.edges()),
        disclaimer,
        market: toMarketMode(market.status()),
      } satisfies SignalsReply)
    },
  })
}

/** A list of a hundred words would be no help in a message. */
function oneOfMany(words: readonly string[]): (text: string) => Parsed<string> {
  const known = new Set(words)
  return (text) => (known.has(text) ? { value: text } : { reason: 'must be a pattern_id of /api/patterns' })
}

function parseTimeframe(text: string): Parsed<Timeframe> {
  const value = timeframes.find((timeframe) => wireTimeframe[timeframe] === text)
  return value === undefined ? { reason: `must be one of ${Object.values(wireTimeframe).join(', ')}` } : { value }
}
