import type { Clock } from '@banyan/domain'
import type { FastifyInstance } from 'fastify'
import type { InstrumentsModule } from '../../modules/instruments/index.ts'
import type { MarketModule } from '../../modules/market/index.ts'
import type { StatusModule } from '../../modules/status/index.ts'
import { addHealth } from './health.ts'
import { addQuotes } from './quotes.ts'
import { addSnapshot } from './snapshot.ts'

/**
 * Registers the StockTrendz dialect's market routes. None of them reads a credential (stocktrendz.md §1):
 *
 * | route | limit |
 * |---|---|
 * | GET /api/index/snapshot | api |
 * | GET /api/quotes | quotes |
 * | GET /api/health | api |
 *
 * `clock` is the wall clock.
 */
export function registerStocktrendz(
  app: FastifyInstance,
  parts: {
    readonly market: MarketModule
    readonly instruments: InstrumentsModule
    readonly status: StatusModule
    readonly clock: Clock
  },
): void {
  addSnapshot(app, parts)
  addQuotes(app, parts)
  addHealth(app, parts)
}
