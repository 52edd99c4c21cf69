import {
  EdgeMeasurement,
  InstrumentPatternsReply,
  MarketMode,
  named,
  PatternEdge,
  PatternsQuery,
  SymbolParams,
} from '@banyan/contracts'
import { formatIst } from '@banyan/domain'
import type { FastifyInstance } from 'fastify'
import {
  type AnalysisModule,
  type CandlestickFind,
  type FormationFind,
  type TimedPoint,
  type Timeframe,
  timeframes,
} from '../../modules/analysis/index.ts'
import type { MarketModule } from '../../modules/market/index.ts'
import { disclaimer } from '../api/disclaimer.ts'
import { istOrNull } from '../api/ist-or-null.ts'
import { oneOf, optional, parseInstrument, readParameters, required } from '../api/parameters.ts'
import { toMarketMode } from '../api/provenance.ts'
import { addSchemas, readByHandler, responses, writtenByHandler } from '../api/route-schema.ts'
import { toPatternEdge } from '../api/signal-body.ts'
import { labelOf, toMeasurement } from './measured.ts'

const shape = { symbol: required(parseInstrument), interval: optional(oneOf(timeframes), 'day') }

/** GET /api/patterns/{symbol} (ours). */
export function addInstrumentPatterns(
  app: FastifyInstance,
  parts: { readonly analysis: AnalysisModule; readonly market: MarketModule },
): void {
  const { analysis, market } = parts
  addSchemas(app, [MarketMode, PatternEdge, EdgeMeasurement, InstrumentPatternsReply])
  app.get('/api/patterns/:symbol(^[^]+$)', {
    config: { credential: 'none', rateClass: 'analysis', cors: 'public' },
    schema: {
      operationId: 'getInstrumentPatterns',
      summary: 'Candlesticks and formations of one instrument, with their geometry and record',
      tags: ['analysis'],
      params: SymbolParams,
      querystring: PatternsQuery,
      response: responses({ 200: named(InstrumentPatternsReply) }, ['invalid_parameter', 'unknown_symbol']),
    },
    validatorCompiler: readByHandler,
    serializerCompiler: writtenByHandler,
    async handler(request, reply) {
      const { symbol, interval } = readParameters(
        { ...(request.query as object), ...(request.params as object) },
        shape,
      )
      const found = await analysis.findPatterns(symbol, interval)
      const label = labelOf(interval)
      reply.header('cache-control', 'public, max-age=1').send({
        instrument: found.instrument,
        interval,
        candles: found.candles,
        from: found.from === null ? null : label(found.from),
        as_of: istOrNull(found.asOf),
        candlesticks: found.candlesticks.map((find) => toCandlestick(find, interval, analysis)),
        formations: found.formations.map((find) => toFormation(find, interval, analysis)),
        measured: toMeasurement(analysis.edges()),
        disclaimer,
        market: toMarketMode(market.status()),
      } satisfies InstrumentPatternsReply)
      return reply
    },
  })
}

function toCandlestick(
  { pattern, direction, value, from, time, detectedAt }: CandlestickFind,
  timeframe: Timeframe,
  analysis: AnalysisModule,
): InstrumentPatternsReply['candlesticks'][number] {
  const label = labelOf(timeframe)
  return {
    pattern_id: pattern,
    name: analysis.nameOf(pattern),
    direction,
    value,
    from: label(from),
    time: label(time),
    detected_at: formatIst(detectedAt),
    edge: edgeOf(analysis, { timeframe, pattern, direction }),
  }
}

function toFormation(
  find: FormationFind,
  timeframe: Timeframe,
  analysis: AnalysisModule,
): InstrumentPatternsReply['formations'][number] {
  const label = labelOf(timeframe)
  const { pattern, direction, state, quality, breakout, target, stop } = find
  const toPoint = ({ role, time, price }: TimedPoint) => ({ role, time: label(time), price })
  return {
    pattern_id: pattern,
    name: analysis.nameOf(pattern),
    direction,
    state,
    quality,
    from: label(find.from),
    to: label(find.to),
    detected_at: formatIst(find.detectedAt),
    confirmed_at: istOrNull(find.confirmedAt),
    breakout,
    measured_move: target,
    opposite_border: stop,
    anchors: find.anchors.map(toPoint),
    lines: find.lines.map(({ role, from, to }) => ({ role, from: toPoint(from), to: toPoint(to) })),
    edge: edgeOf(analysis, { timeframe, pattern, direction: direction === 'neutral' ? null : direction }),
  }
}

/** What tells no direction has no record. */
function edgeOf(
  analysis: AnalysisModule,
  { timeframe, pattern, direction }: { timeframe: Timeframe; pattern: string; direction: CandlestickFind['direction'] },
) {
  const edge = direction === null ? null : analysis.edgeOf({ timeframe, pattern, direction })
  return edge && toPatternEdge(edge, analysis.rules)
}
