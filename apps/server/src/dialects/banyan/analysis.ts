import { AnalysisReply, EdgeMeasurement, MarketMode, named, Signal, SymbolParams } from '@banyan/contracts'
import { roundHalfAway } from '@banyan/domain'
import type { FastifyInstance } from 'fastify'
import type { AnalysisModule, InstrumentAnalysis } from '../../modules/analysis/index.ts'
import type { MarketModule } from '../../modules/market/index.ts'
import { disclaimer } from '../api/disclaimer.ts'
import { istOrNull } from '../api/ist-or-null.ts'
import { parseInstrument, readParameters, required } from '../api/parameters.ts'
import { toMarketMode } from '../api/provenance.ts'
import { addSchemas, readByHandler, responses, writtenByHandler } from '../api/route-schema.ts'
import { toSignal } from '../api/signal-body.ts'
import { toMeasurement } from './measured.ts'

const shape = { symbol: required(parseInstrument) }

/** GET /api/analysis/{symbol} (ours): patterns and momentum of the newest complete day as one number whose parts are laid open. */
export function addAnalysis(
  app: FastifyInstance,
  parts: { readonly analysis: AnalysisModule; readonly market: MarketModule },
): void {
  const { analysis, market } = parts
  addSchemas(app, [MarketMode, Signal, EdgeMeasurement, AnalysisReply])
  app.get('/api/analysis/:symbol(^[^]+$)', {
    config: { credential: 'none', rateClass: 'analysis', cors: 'public' },
    schema: {
      operationId: 'getAnalysis',
      summary: 'Patterns, momentum and indicators of one instrument',
      tags: ['analysis'],
      params: SymbolParams,
      response: responses({ 200: named(AnalysisReply) }, ['invalid_parameter', 'unknown_symbol']),
    },
    validatorCompiler: readByHandler,
    serializerCompiler: writtenByHandler,
    async handler(request, reply) {
      const { symbol } = readParameters(request.params, shape)
      const found = await analysis.analyse(symbol)
      reply.header('cache-control', 'public, max-age=1').send({
        instrument: found.instrument,
        score: rounded(found.score, 1),
        sentiment: found.sentiment,
        parts: found.parts.map(({ value, score, ...part }) => ({
          ...part,
          value: rounded(value, 4),
          score: rounded(score, 1),
        })),
        indicators: toIndicators(found.indicators),
        signals: found.signals.map((signal) => toSignal(signal, analysis.rules)),
        candles: found.candles,
        as_of: istOrNull(found.asOf),
        measured: toMeasurement(analysis.edges()),
        disclaimer,
        market: toMarketMode(market.status()),
      } satisfies AnalysisReply)
      return reply
    },
  })
}

function toIndicators(indicators: InstrumentAnalysis['indicators']): AnalysisReply['indicators'] {
  const { macd, bollinger, stochastic } = indicators
  return {
    close: rounded(indicators.close, 4),
    rsi_14: rounded(indicators.rsi14, 2),
    macd: macd && {
      macd: roundHalfAway(macd.macd, 4),
      signal: roundHalfAway(macd.signal, 4),
      histogram: roundHalfAway(macd.histogram, 4),
    },
    sma_20: rounded(indicators.sma20, 4),
    sma_50: rounded(indicators.sma50, 4),
    sma_200: rounded(indicators.sma200, 4),
    ema_20: rounded(indicators.ema20, 4),
    atr_14: rounded(indicators.atr14, 4),
    adx_14: rounded(indicators.adx14, 2),
    bollinger_20: bollinger && {
      lower: roundHalfAway(bollinger.lower, 4),
      middle: roundHalfAway(bollinger.middle, 4),
      upper: roundHalfAway(bollinger.upper, 4),
    },
    stochastic_14: stochastic && { k: roundHalfAway(stochastic.k, 2), d: roundHalfAway(stochastic.d, 2) },
    roc_20: rounded(indicators.roc20, 2),
  }
}

function rounded(value: number | null, decimals: number): number | null {
  return value === null ? null : roundHalfAway(value, decimals)
}
