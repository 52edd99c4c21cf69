import { CandlesParams, CandlesQuery, CandlesReply, MarketMode, named } from '@banyan/contracts'
import { BanyanError, candleIntervals, type EpochMs, formatIst, roundHalfAway } from '@banyan/domain'
import type { FastifyInstance } from 'fastify'
import type {
  CandlesModule,
  CandlesPage,
  CandlesQuery as CandlesRequest,
  SuspectJump,
} from '../../modules/candles/index.ts'
import type { InstrumentsModule } from '../../modules/instruments/index.ts'
import type { MarketModule } from '../../modules/market/index.ts'
import {
  oneOf,
  optional,
  parseInstrument,
  parseRangeEnd,
  parseRangeStart,
  readParameters,
  required,
} from '../api/parameters.ts'
import { toAgeMs, toMarketMode } from '../api/provenance.ts'
import { addSchemas, readByHandler, responses } from '../api/route-schema.ts'
import { renderCandles } from './candle-rows.ts'

/** Bars of one reply; of a longer range the newest. */
const barsAtMost = 5_000

const shape = {
  instrument: required(parseInstrument),
  interval: optional(oneOf(candleIntervals), 'day'),
  from: optional(parseRangeStart, null),
  to: optional(parseRangeEnd, null),
  adjusted: optional(oneOf(['true', 'false']), 'true'),
}

/** GET /api/candles/{instrument} (ours). */
export function addCandles(
  app: FastifyInstance,
  parts: {
    readonly candles: CandlesModule
    readonly instruments: InstrumentsModule
    readonly market: MarketModule
  },
): void {
  const { candles, instruments, market } = parts
  addSchemas(app, [MarketMode, CandlesReply])
  // The pattern keeps the router from taking `/api/candles/` as a candle of the empty name.
  app.get('/api/candles/:instrument(^[^]+$)', {
    config: { credential: 'none', rateClass: 'candles', cors: 'public' },
    schema: {
      operationId: 'getCandles',
      summary: 'Open, high, low, close and volume of one instrument',
      tags: ['market'],
      params: CandlesParams,
      querystring: CandlesQuery,
      response: responses({ 200: named(CandlesReply) }, ['invalid_parameter', 'unknown_symbol']),
    },
    validatorCompiler: readByHandler,
    async handler(request, reply) {
      const asked = readCandlesRequest(request.params, request.query)
      const query = { ...asked, instrument: instruments.find(asked.instrument)?.id ?? asked.instrument }
      const page = await candles.getCandles(query)
      reply.header('content-type', 'application/json; charset=utf-8').header('cache-control', 'public, max-age=1')
      return renderPage(page, query, market)
    },
  })
}

function readCandlesRequest(params: unknown, query: unknown): CandlesRequest {
  // One list, so that a bad path part and a bad query value are named together.
  const given = { ...(query as object), ...(params as object) }
  const { instrument, interval, from, to, adjusted } = readParameters(given, shape)
  if (from !== null && to !== null && from > to)
    throw new BanyanError('invalid_parameter', { details: [{ field: 'from', reason: 'must not be after to' }] })
  return { instrument, interval, from, to, adjusted: adjusted === 'true', limit: barsAtMost }
}

function renderPage(page: CandlesPage, query: CandlesRequest, market: MarketModule): string {
  const status = market.status()
  const head = JSON.stringify({ instrument: query.instrument, interval: query.interval, adjusted: query.adjusted })
  const tail = JSON.stringify({
    truncated: page.truncated,
    adjustments: page.adjustments.map(({ exDate, factor, kind, source }) => ({
      ex_date: exDate,
      factor,
      kind,
      source,
    })),
    unexplained_jumps: page.suspectJumps.map(toJump),
    source_note: page.source?.note ?? null,
    ...provenanceOf(page, status.mode, market.now()),
    market: toMarketMode(status),
  })
  return `${head.slice(0, -1)},"candles":${renderCandles(page.series, query.interval)},${tail.slice(1)}`
}

function toJump({ time, previousClose, close }: SuspectJump) {
  const change = roundHalfAway(((close - previousClose) / previousClose) * 100, 2)
  return { time: formatIst(time).slice(0, 10), previous_close: previousClose, close, change_percent: change }
}

/** Provenance of the newest bar. A recorded bar is never live: it is `replay` where everything is, else `delayed`. */
function provenanceOf(page: CandlesPage, mode: 'live' | 'replay', now: EpochMs) {
  if (page.source === null || page.asOf === null) return { source: null, as_of: null, age_ms: null, delay: null }
  return {
    source: page.source.id,
    as_of: formatIst(page.asOf),
    age_ms: toAgeMs(now, page.asOf),
    delay: mode === 'replay' ? 'replay' : 'delayed',
  }
}
