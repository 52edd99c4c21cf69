import {
  Application,
  ApplicationsReply,
  ApplicationTokenReply,
  AuditReply,
  BrokerLine,
  BrokerSignInReply,
  BrokerSyncReply,
  BrokersReply,
  CodeSentReply,
  DeletedReply,
  DismissedReply,
  EnabledReply,
  ExportReply,
  FactorsReply,
  InvitationReply,
  JournalDraft,
  JournalDraftsReply,
  JournalFigures,
  JournalImportReply,
  JournalStatisticsReply,
  JsonWebKeys,
  LoginReply,
  MeReply,
  NewApplicationReply,
  OutboxReply,
  Passkey,
  PasskeyOptions,
  SsoLink,
  TrustedReply,
  Watchlist,
  WatchlistsReply,
} from '@banyan/contracts'
import type { Clock } from '@banyan/domain'
import type { FastifyInstance } from 'fastify'
import type { AnalysisModule } from '../../modules/analysis/index.ts'
import type { CandlesModule } from '../../modules/candles/index.ts'
import type { InstrumentsModule } from '../../modules/instruments/index.ts'
import type { JournalModule } from '../../modules/journal/index.ts'
import type { MarketModule } from '../../modules/market/index.ts'
import type { PortfolioImports, PortfolioModule } from '../../modules/portfolio/index.ts'
import type { WatchlistsModule } from '../../modules/watchlists/index.ts'
import { type AccountParts, addAccountRoutes } from '../api/account-parts.ts'
import { addSchemas } from '../api/route-schema.ts'
import { addAnalysis } from './analysis.ts'
import { addApplications } from './applications.ts'
import { addAudit } from './audit.ts'
import { addBrokerCallbacks } from './broker-callbacks.ts'
import { addBrokerConnect } from './broker-connect.ts'
import { addBrokers, type BrokersParts } from './brokers.ts'
import { addCandles } from './candles.ts'
import { addDevices } from './devices.ts'
import { addFactors } from './factors.ts'
import { addInstrumentPatterns } from './instrument-patterns.ts'
import { addInstruments } from './instruments.ts'
import { addJournalDrafts } from './journal-drafts.ts'
import { addJournalExport } from './journal-export.ts'
import { addJournalImport } from './journal-import.ts'
import { addJournalStatistics } from './journal-statistics.ts'
import { addLeaving } from './leaving.ts'
import { addMarketMap } from './market-map.ts'
import { addMatches } from './matches.ts'
import { addMovers } from './movers.ts'
import { addOutbox, type ListMails } from './outbox.ts'
import { addOwner } from './owner.ts'
import { addPasskeyLogin } from './passkey-login.ts'
import { addPasskeys } from './passkeys.ts'
import { addPatterns } from './patterns.ts'
import { addPortfolioBook, type PortfolioBookParts } from './portfolio-book.ts'
import { addPortfolioImport } from './portfolio-import.ts'
import { addPortfolioReturns, type PortfolioReturnsParts } from './portfolio-returns.ts'
import { addProfile } from './profile.ts'
import { addPublicKeys } from './public-keys.ts'
import { addSignals } from './signals.ts'
import { addSsoLinks } from './sso-links.ts'
import { addStream, type StreamParts } from './stream.ts'
import { addWatchlists } from './watchlists.ts'

/**
 * Registers our own public market routes. None of them reads a credential:
 *
 * | route | limit |
 * |---|---|
 * | GET /api/instruments | api |
 * | GET /api/candles/{instrument} | candles |
 * | GET /api/movers, /api/market-map | api |
 * | GET /api/patterns, /api/patterns/{symbol}, /api/signals, /api/analysis/{symbol} | analysis |
 * | GET /api/patterns/{symbol}/matches | matches |
 */
export function registerBanyan(
  app: FastifyInstance,
  parts: {
    readonly market: MarketModule
    readonly instruments: InstrumentsModule
    readonly candles: CandlesModule
    readonly analysis: AnalysisModule
  },
): void {
  addInstruments(app, parts)
  addCandles(app, parts)
  addMovers(app, parts)
  addMarketMap(app, parts)
  addPatterns(app, parts)
  addInstrumentPatterns(app, parts)
  addMatches(app, parts)
  addSignals(app, parts)
  addAnalysis(app, parts)
}

/**
 * Registers sessions at brokers. The limit of each is `api`:
 *
 * | route | credential |
 * |---|---|
 * | GET /api/brokers | user |
 * | POST /api/brokers/{broker}/sign-in, …/connect, …/sync; DELETE …/connect | user, member |
 * | GET /api/brokers/zerodha/callback; GET, POST /api/brokers/icici/callback | none |
 */
export function registerBanyanBrokers(app: FastifyInstance, parts: BrokersParts): void {
  addSchemas(app, [BrokerLine, BrokersReply, BrokerSignInReply, BrokerSyncReply, DeletedReply])
  addBrokerCallbacks(app, parts)
  addAccountRoutes(app, (scope) => {
    addBrokers(scope, parts)
    addBrokerConnect(scope, parts)
  })
}

/**
 * Registers GET /api/portfolio/book and …/returns: user, key `portfolio:read`; POST /api/portfolio/import: user, member, takes CSV. Their
 * limit is `api`.
 */
export function registerBanyanPortfolio(
  app: FastifyInstance,
  parts: PortfolioBookParts & PortfolioReturnsParts & { readonly portfolioImports: PortfolioImports },
): void {
  addAccountRoutes(app, (scope) => {
    addPortfolioBook(scope, parts)
    addPortfolioImport(scope, parts)
    addPortfolioReturns(scope, parts)
  })
}

/** Registers GET, POST /api/watchlists and PATCH, DELETE …/{id}: user, those that change member; their limit is `api`. */
export function registerBanyanWatchlists(app: FastifyInstance, parts: { readonly watchlists: WatchlistsModule }): void {
  addSchemas(app, [DeletedReply, Watchlist, WatchlistsReply])
  addAccountRoutes(app, (scope) => addWatchlists(scope, parts))
}

/** Registers POST and GET /api/stream; both take visitors and, with the scope `market:read`, API keys. Their limit is `api`. */
export function registerBanyanStreams(app: FastifyInstance, parts: StreamParts): void {
  addStream(app, parts)
}

/**
 * Registers our own account routes. The limit of each is `api`, of bootstrap `register`:
 *
 * | route | credential |
 * |---|---|
 * | POST /api/auth/bootstrap, /api/auth/login/passkey/options, /api/auth/login/passkey | none |
 * | PATCH, DELETE /api/auth/me | user, member |
 * | POST /api/auth/me/export | user |
 * | POST /api/auth/invitations | user, owner |
 * | GET /api/auth/factors | user |
 * | POST, DELETE /api/auth/factors/mpin | user |
 * | POST /api/auth/factors/devices/{id}/trust, DELETE /api/auth/factors/devices/{id} | user |
 * | POST /api/auth/factors/passkeys/options, /api/auth/factors/passkeys; DELETE …/{id} | user |
 * | POST /api/auth/factors/sso, DELETE …/{id} | user |
 * | GET /api/applications | user |
 * | POST /api/applications, …/{id}/tokens; PATCH, DELETE …/{id} | user, member |
 * | GET /api/audit | user |
 * | GET /api/outbox | none, on this machine only |
 * | GET /.well-known/jwks.json | none |
 */
export function registerBanyanAccounts(
  app: FastifyInstance,
  parts: AccountParts & {
    readonly journal: JournalModule
    readonly portfolio: PortfolioModule
    readonly watchlists: WatchlistsModule
    readonly brokerSessions: BrokersParts['brokerSessions']
    /** Null where mails leave this machine or are off: then the route does not exist. */
    readonly outbox: ListMails | null
    readonly publicKeys: () => JsonWebKeys
  },
): void {
  const { outbox, publicKeys } = parts
  addSchemas(app, [
    Application,
    ApplicationsReply,
    ApplicationTokenReply,
    AuditReply,
    CodeSentReply,
    DeletedReply,
    EnabledReply,
    ExportReply,
    FactorsReply,
    InvitationReply,
    JsonWebKeys,
    LoginReply,
    MeReply,
    NewApplicationReply,
    OutboxReply,
    Passkey,
    PasskeyOptions,
    SsoLink,
    TrustedReply,
  ])
  addPublicKeys(app, { keys: publicKeys })
  addAccountRoutes(app, (scope) => {
    addOwner(scope, parts)
    addPasskeyLogin(scope, parts)
    addProfile(scope, parts)
    addLeaving(scope, parts)
    addFactors(scope, parts)
    addDevices(scope, parts)
    addPasskeys(scope, parts)
    addSsoLinks(scope, parts)
    addApplications(scope, parts)
    addAudit(scope, parts)
    if (outbox !== null) addOutbox(scope, { list: outbox })
  })
}

/**
 * Registers what the trade journal has beside its contract. The limit of each is `api`:
 *
 * | route | credential |
 * |---|---|
 * | GET /api/journal/statistics, /api/journal/export | user, key `journal:read` |
 * | POST /api/journal/import | user, member; takes CSV |
 * | GET /api/journal/drafts | user |
 * | POST /api/journal/drafts/{id}/dismiss | user, member |
 */
export function registerBanyanJournal(
  app: FastifyInstance,
  parts: { readonly journal: JournalModule; readonly clock: Clock },
): void {
  addSchemas(app, [
    DismissedReply,
    JournalDraft,
    JournalDraftsReply,
    JournalFigures,
    JournalImportReply,
    JournalStatisticsReply,
  ])
  addAccountRoutes(app, (scope) => {
    addJournalStatistics(scope, parts)
    addJournalExport(scope, parts)
    addJournalImport(scope, parts)
    addJournalDrafts(scope, parts)
  })
}
