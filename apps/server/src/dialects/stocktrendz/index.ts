import {
  ActivatedReply,
  DeletedReply,
  IciciStatus,
  IciciSyncReply,
  JournalEntry,
  JournalReply,
  LoginRefusal,
  LoginReply,
  ZerodhaStatus,
  ZerodhaSyncReply,
} from '@banyan/contracts'
import type { Clock } from '@banyan/domain'
import type { FastifyInstance } from 'fastify'
import type { AnalysisModule } from '../../modules/analysis/index.ts'
import type { InstrumentsModule } from '../../modules/instruments/index.ts'
import type { MarketModule } from '../../modules/market/index.ts'
import type { StatusModule } from '../../modules/status/index.ts'
import { type AccountParts, addAccountRoutes } from '../api/account-parts.ts'
import { addSchemas } from '../api/route-schema.ts'
import { addHealth } from './health.ts'
import { addJournal, type JournalParts } from './journal.ts'
import { addJournalEntry } from './journal-entry.ts'
import { addLogin } from './login.ts'
import { addPortfolioDelete } from './portfolio-delete.ts'
import { addPortfolioHoldings } from './portfolio-holdings.ts'
import type { PortfolioParts } from './portfolio-parts.ts'
import { addPortfolioPnl } from './portfolio-pnl.ts'
import { addPortfolioPositions } from './portfolio-positions.ts'
import { addPortfolioSync } from './portfolio-sync.ts'
import { addQuotes } from './quotes.ts'
import { addRegister } from './register.ts'
import { addSnapshot } from './snapshot.ts'
import { addSourceSessions, type SourceSessionsParts } from './source-sessions.ts'

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
    readonly analysis: AnalysisModule
    readonly instruments: InstrumentsModule
    readonly status: StatusModule
    readonly clock: Clock
  },
): void {
  addSnapshot(app, parts)
  addQuotes(app, parts)
  addHealth(app, parts)
}

/**
 * Registers the StockTrendz dialect's account routes (stocktrendz.md §4). They read no credential:
 *
 * | route | limit |
 * |---|---|
 * | POST /api/auth/register | register |
 * | POST /api/auth/login | api |
 */
export function registerStocktrendzAccounts(app: FastifyInstance, parts: AccountParts): void {
  addSchemas(app, [LoginReply, LoginRefusal])
  addAccountRoutes(app, (scope) => {
    addRegister(scope, parts)
    addLogin(scope, parts)
  })
}

/**
 * Registers the StockTrendz dialect's portfolio (stocktrendz.md §6). The limit of each is `api`:
 *
 * | route | credential |
 * |---|---|
 * | POST /api/portfolio/sync, /api/portfolio/icici-sync; DELETE /api/portfolio | user, member |
 * | GET /api/portfolio/holdings, /api/portfolio/positions, /api/portfolio/pnl | user, key `portfolio:read` |
 */
export function registerStocktrendzPortfolio(app: FastifyInstance, parts: PortfolioParts): void {
  addSchemas(app, [IciciSyncReply, ZerodhaSyncReply])
  addAccountRoutes(app, (scope) => {
    addPortfolioSync(scope, parts)
    addPortfolioHoldings(scope, parts)
    addPortfolioPositions(scope, parts)
    addPortfolioPnl(scope, parts)
    addPortfolioDelete(scope, parts)
  })
}

/**
 * Registers the state of the server's own broker sessions and how they are started (stocktrendz.md §7). The limit of each is `api`, and none
 * reads a credential; those that start one ask for the operator's secret:
 *
 * GET /api/zerodha/status, /api/icici/status; POST /api/zerodha/activate, /api/icici/activate
 */
export function registerStocktrendzSources(app: FastifyInstance, parts: SourceSessionsParts): void {
  addSchemas(app, [ActivatedReply, IciciStatus, ZerodhaStatus])
  addAccountRoutes(app, (scope) => addSourceSessions(scope, parts))
}

/**
 * Registers the StockTrendz dialect's trade journal (stocktrendz.md §9). The limit of each is `api`:
 *
 * | route | credential |
 * |---|---|
 * | GET /api/journal, /api/journal/{id} | user, key `journal:read` |
 * | POST /api/journal; PATCH, DELETE /api/journal/{id} | user, member |
 */
export function registerStocktrendzJournal(app: FastifyInstance, parts: JournalParts): void {
  addSchemas(app, [DeletedReply, JournalEntry, JournalReply])
  addAccountRoutes(app, (scope) => {
    addJournal(scope, parts)
    addJournalEntry(scope, parts)
  })
}
