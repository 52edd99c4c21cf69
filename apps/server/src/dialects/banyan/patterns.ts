import { EdgeMeasurement, MarketMode, named, PatternEdge, PatternsReply } from '@banyan/contracts'
import type { FastifyInstance } from 'fastify'
import type { AnalysisModule, EdgeRun } from '../../modules/analysis/index.ts'
import type { MarketModule } from '../../modules/market/index.ts'
import { disclaimer } from '../api/disclaimer.ts'
import { toMarketMode } from '../api/provenance.ts'
import { addSchemas, responses } from '../api/route-schema.ts'
import { toPatternEdge } from '../api/signal-body.ts'
import { toCalibration } from './calibration.ts'
import { toMeasurement } from './measured.ts'

/** GET /api/patterns (ours): the catalogue with the records in force. */
export function addPatterns(
  app: FastifyInstance,
  parts: { readonly analysis: AnalysisModule; readonly market: MarketModule },
): void {
  const { analysis, market } = parts
  const listed = createListing(analysis)
  addSchemas(app, [MarketMode, PatternEdge, EdgeMeasurement, PatternsReply])
  app.get('/api/patterns', {
    config: { credential: 'none', rateClass: 'analysis', cors: 'public' },
    schema: {
      operationId: 'getPatterns',
      summary: 'Every pattern the engine knows, with its measured record',
      tags: ['analysis'],
      response: responses({ 200: named(PatternsReply) }),
    },
    handler(_request, reply) {
      const rest: Omit<PatternsReply, 'patterns'> = {
        calibration: toCalibration(analysis.edges()),
        measured: toMeasurement(analysis.edges()),
        measuring: analysis.measuring(),
        disclaimer,
        market: toMarketMode(market.status()),
      }
      reply.header('content-type', 'application/json; charset=utf-8').header('cache-control', 'public, max-age=60')
      return `{"patterns":${listed()},${JSON.stringify(rest).slice(1)}`
    },
  })
}

/** Returns the function that gives the patterns as JSON: more than a thousand records, written once per measurement. */
function createListing(analysis: AnalysisModule): () => string {
  let written: { readonly run: EdgeRun | null; readonly json: string } | null = null
  return () => {
    const run = analysis.edges()
    if (written?.run !== run) written = { run, json: JSON.stringify(listPatterns(analysis)) }
    return written.json
  }
}

function listPatterns({ catalogue, edges, rules }: AnalysisModule): PatternsReply['patterns'] {
  const records = Map.groupBy(edges()?.edges ?? [], ({ pattern }) => pattern)
  const edgesOf = (id: string) => (records.get(id) ?? []).map((edge) => toPatternEdge(edge, rules))
  const candlesticks = catalogue.candlesticks.map(({ id, name, direction, bars, description, source }) => {
    const kind = 'candlestick' as const
    return { pattern_id: id, name, kind, direction, bars, description, source, edges: edgesOf(id) }
  })
  const formations = catalogue.formations.map(({ id, name, direction, description, source }) => {
    const kind = 'formation' as const
    return { pattern_id: id, name, kind, direction, bars: null, description, source, edges: edgesOf(id) }
  })
  return [...candlesticks, ...formations]
}
