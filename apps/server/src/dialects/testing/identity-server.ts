import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Broker } from '@banyan/brokers'
import { createTradingCalendar, parseCalendarData, Secret } from '@banyan/domain'
import { createJournalStore } from '../../infra/database/journal/create-journal-store.ts'
import { createWatchlistStore } from '../../infra/database/watchlists/create-watchlist-store.ts'
import { createHttpApp, type HttpApp, type HttpAppOptions } from '../../infra/http/http-app.ts'
import { createLog } from '../../infra/http/log.ts'
import { createMetrics } from '../../infra/http/metrics.ts'
import { createCandlesInMemory } from '../../infra/http/testing/candles-in-memory.ts'
import {
  createInstrumentsInMemory,
  createMarketInMemory,
  instrumentOf,
} from '../../infra/http/testing/market-in-memory.ts'
import { listOutbox } from '../../infra/mail/list-outbox.ts'
import { type IdentityCoreOptions, openIdentityCore } from '../../modules/identity/testing/identity-core.ts'
import type { InstrumentsModule } from '../../modules/instruments/index.ts'
import { createJournalModule, type JournalParts } from '../../modules/journal/index.ts'
import { createDayTradesInMemory } from '../../modules/journal/testing/day-trades-in-memory.ts'
import type { MarketModule } from '../../modules/market/index.ts'
import { createWatchlistsModule } from '../../modules/watchlists/index.ts'
import { openPortfolio } from '../../startup/open-portfolio.ts'
import {
  credentialChecks,
  type PublicApiParts,
  registerPublicApis,
  vendorAddressLimits,
  vendorSurfaces,
} from '../../startup/public-apis.ts'
import { listPublicKeys } from '../../startup/public-keys.ts'
import { renderApiProblem } from '../api/api-errors.ts'
import { apiAddressLimits } from '../api/api-surface.ts'

export interface IdentityServerOptions extends IdentityCoreOptions {
  /** Address limits on; off by default, since tests ask often. */
  readonly isLimited?: boolean
  readonly http?: Partial<HttpAppOptions>
  readonly parts?: Partial<PublicApiParts>
  readonly journal?: Partial<JournalParts>
  /** Brokers whose books can be read; none by default. */
  readonly brokers?: readonly Broker[]
  /** Three shares of NSE and BSE by default. */
  readonly instruments?: InstrumentsModule
  /** Replays an empty market by default. */
  readonly market?: MarketModule
  /** Adds routes before the server listens. */
  readonly prepare?: (app: HttpApp) => void
}

const calendarFile = new URL('../../../../../data/calendar/nse.json', import.meta.url)
const calendar = createTradingCalendar(parseCalendarData(JSON.parse(readFileSync(calendarFile, 'utf8'))))

export type IdentityServer = Awaited<ReturnType<typeof startIdentityServer>>

/** Starts the public APIs on a free port over the core of {@link openIdentityCore}. */
export async function startIdentityServer(options: IdentityServerOptions = {}) {
  const core = await openIdentityCore(options)
  const lines: string[] = []
  const log = createLog({ level: 'debug', destination: { write: (line: string) => void lines.push(line) } })
  const { brokers = [] } = options
  const { market = createMarketInMemory().market } = options
  const listed = ['NSE:TCS', 'NSE:M&M', 'BSE:TCS'].map((id) => instrumentOf(id))
  const { instruments = createInstrumentsInMemory(listed) } = options
  const { portfolio, portfolioImports, readLiveBook, readReturns, brokerSessions } = openPortfolio({
    market,
    instruments,
    candles: createCandlesInMemory(instruments, 'NSE:TCS', 0).candles,
    database: core.database,
    calendar,
    clock: core.clock,
    brokers: {
      brokers,
      unavailable: [{ id: 'kotak', name: 'Kotak Securities', reason: 'Kotak Securities is off.' }],
      timers: { every: () => () => undefined },
      readCode: (_broker, fields) =>
        fields.has('request_token') ? new Secret(fields.get('request_token') ?? '') : null,
      budgetLeft: () => null,
    },
  })
  const parts: PublicApiParts = {
    portfolio,
    portfolioImports,
    brokerSessions,
    brokers,
    calendar,
    market,
    instruments,
    readLiveBook,
    readReturns,
    identity: core.identity,
    journal: createJournalModule({
      store: createJournalStore(core.database),
      patternsAt: async () => null,
      dayTrades: createDayTradesInMemory().dayTrades,
      clock: core.clock,
      ...options.journal,
    }),
    watchlists: createWatchlistsModule({
      store: createWatchlistStore(core.database),
      instruments,
      clock: core.clock,
    }),
    publicUrl: null,
    corsOrigins: [],
    clock: core.clock,
    outbox: (limit) => listOutbox(join(core.folder, 'outbox'), limit),
    publicKeys: () => listPublicKeys(core.keyring),
    ...options.parts,
  }
  const app = await createHttpApp({
    clock: core.clock,
    log,
    metrics: createMetrics(),
    surfaces: [{ prefix: '/api', renderProblem: renderApiProblem }, ...vendorSurfaces()],
    addressLimits: { ...apiAddressLimits, ...vendorAddressLimits },
    credentialChecks: (tools) => credentialChecks(parts, tools),
    corsOrigins: parts.corsOrigins,
    sharedCounters: null,
    rateLimit: options.isLimited === true ? 'on' : 'off',
    trustProxy: [],
    readyChecks: [],
    webFolder: null,
    version: '0.1.0',
    ...options.http,
  })
  registerPublicApis(app.fastify, parts, app)
  options.prepare?.(app)
  const port = await app.listen('127.0.0.1', 0)
  return {
    ...core,
    app,
    port,
    url: `http://127.0.0.1:${port}`,
    /** What was logged, a record a line. */
    lines,
    async close() {
      await app.close()
      await core.close()
    },
  }
}
