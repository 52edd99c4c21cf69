import type { FastifyInstance } from 'fastify'
import type { CandlesModule } from '../../modules/candles/index.ts'
import type { InstrumentsModule } from '../../modules/instruments/index.ts'
import type { MarketModule } from '../../modules/market/index.ts'
import { addCandles } from './candles.ts'
import { addInstruments } from './instruments.ts'
import { addMovers } from './movers.ts'

/**
 * Registers our own public market routes. None of them reads a credential:
 *
 * | route | limit |
 * |---|---|
 * | GET /api/instruments | api |
 * | GET /api/candles/{instrument} | candles |
 * | GET /api/movers | api |
 */
export function registerBanyan(
  app: FastifyInstance,
  parts: {
    readonly market: MarketModule
    readonly instruments: InstrumentsModule
    readonly candles: CandlesModule
  },
): void {
  addInstruments(app, parts)
  addCandles(app, parts)
  addMovers(app, parts)
}
