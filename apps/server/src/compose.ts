import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { processTimers } from '@banyan/brokers'
import { createBackupHandler } from './commands/backup-control.ts'
import { createImportHandler } from './commands/import-control.ts'
import { createUserHandler } from './commands/user-work.ts'
import type { Config } from './config.ts'
import { apiAddressLimits, createApiSurface } from './dialects/api/api-surface.ts'
import { registerBanyan, registerBanyanStreams } from './dialects/banyan/index.ts'
import { registerStocktrendz, registerStocktrendzSources } from './dialects/stocktrendz/index.ts'
import { createCache } from './infra/cache/cache.ts'
import { createRedisClient } from './infra/cache/redis-client.ts'
import { createSystemClock } from './infra/clock.ts'
import { startControlServer } from './infra/control/control-server.ts'
import { controlSocketPath } from './infra/control/control-socket.ts'
import { createCandleStore } from './infra/database/candle-store.ts'
import type { DatabaseOptions } from './infra/database/database.ts'
import { readImportRevision } from './infra/database/imported-files.ts'
import { createInstrumentStore } from './infra/database/instrument-store.ts'
import { openDatabase } from './infra/database/open-database.ts'
import { createWatchlistStore } from './infra/database/watchlists/create-watchlist-store.ts'
import { createHttpApp } from './infra/http/http-app.ts'
import { createLog, errorFields, type Log } from './infra/http/log.ts'
import { createMetrics } from './infra/http/metrics.ts'
import { createMetricsServer } from './infra/http/metrics-server.ts'
import { createRedisCounters } from './infra/http/redis-counters.ts'
import { listOutbox } from './infra/mail/list-outbox.ts'
import { createSoleLeaderLock } from './infra/tasks/leader-lock.ts'
import { createPostgresLeaderLock } from './infra/tasks/postgres-leader-lock.ts'
import { createTaskSupervisor } from './infra/tasks/task-supervisor.ts'
import { createRedisBuckets } from './infra/upstream-buckets/redis-buckets.ts'
import { createEdgeRules } from './modules/analysis/index.ts'
import { createCandlesModule } from './modules/candles/index.ts'
import { createInstrumentsModule } from './modules/instruments/index.ts'
import { createMarketModule } from './modules/market/index.ts'
import { createQuoteStreams } from './modules/quote-streams/index.ts'
import { createStatusModule } from './modules/status/index.ts'
import { createWatchlistsModule } from './modules/watchlists/index.ts'
import { listAnalysisWarmers } from './startup/analysis-warmers.ts'
import { printBootstrapToken } from './startup/bootstrap-token.ts'
import { importBundledData } from './startup/bundled-data.ts'
import { readCalendar } from './startup/calendar-files.ts'
import { holdFolder } from './startup/data-folder.ts'
import { createDayFiles, importDayFile } from './startup/day-files.ts'
import { listDayPositions } from './startup/day-positions.ts'
import { identitySettings } from './startup/identity-settings.ts'
import { listIdentityWarmers } from './startup/identity-upkeep.ts'
import { createLiveSources } from './startup/live-sources.ts'
import { createOutgoing } from './startup/mail.ts'
import { chooseMarket, createSources } from './startup/market-in-play.ts'
import { openAnalysis } from './startup/open-analysis.ts'
import { openBrokers } from './startup/open-brokers.ts'
import { openIdentity } from './startup/open-identity.ts'
import { openJournal } from './startup/open-journal.ts'
import { openPortfolio } from './startup/open-portfolio.ts'
import { credentialChecks, registerPublicApis, vendorAddressLimits, vendorSurfaces } from './startup/public-apis.ts'
import { listPublicKeys } from './startup/public-keys.ts'
import { createQuoteShelf } from './startup/quote-shelf.ts'
import { reachDatabase } from './startup/reach-database.ts'
import { createUndo, type Undo } from './startup/undo.ts'
import { listWarmers } from './startup/warmers.ts'
import { createZerodhaFeed } from './startup/zerodha-feed.ts'

const project = fileURLToPath(new URL('../../../', import.meta.url))
const dataFolder = join(project, 'data')
const { version } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { version: string }

export interface BanyanServer {
  readonly log: Log
  /** Drains: stops accepting, finishes requests, then closes everything in the reverse order of its opening. */
  stop(): Promise<void>
}

/** Builds and starts the server: every concrete class and job is named here and nowhere else. Whatever it throws, nothing stays open. */
export async function compose(config: Config): Promise<BanyanServer> {
  const undo = createUndo()
  try {
    return await start(config, undo)
  } catch (error) {
    await undo.run()
    throw error
  }
}

async function start(config: Config, undo: Undo): Promise<BanyanServer> {
  const base = await openFoundation(config, undo)
  const accounts = await openAccounts(config, base, undo)
  const brokers = await openUpstreams(config, base, accounts, undo)
  const modules = await openModules(config, base, { accounts, brokers }, undo)
  await openControl(config, base, modules, accounts, undo)
  const port = await openHttp(config, base, { modules, accounts, brokers }, undo)
  const { mode, recordedDate, calendarWarning } = modules.market.status()
  const address = config.publicUrl ?? `http://${config.host}:${port}`
  if (calendarWarning !== null) base.log.warn(calendarWarning)
  base.log.info(
    { version, host: config.host, port },
    `Banyan runs at ${address}, ${mode === 'replay' ? `replaying ${recordedDate}` : 'live'}.`,
  )
  await printBootstrapToken(accounts.identity.administration, identitySettings(config, 1).settings.linkOrigin)
  return { log: base.log, stop: () => undo.run() }
}

type Foundation = Awaited<ReturnType<typeof openFoundation>>
type Accounts = Awaited<ReturnType<typeof openAccounts>>
type Upstreams = Awaited<ReturnType<typeof openUpstreams>>
type Modules = Awaited<ReturnType<typeof openModules>>

/** Time, log, data folder, database and cache: what knows nothing of markets. */
async function openFoundation(config: Config, undo: Undo) {
  const clock = createSystemClock()
  const log = createLog({ level: config.logLevel, pretty: process.stdout.isTTY })
  undo.add(() => log.flush())
  const calendarFiles = [join(dataFolder, 'calendar', 'nse.json'), join(config.homeDir, 'calendar.json')] as const
  const calendar = readCalendar(...calendarFiles)
  const inPlay = chooseMarket(config, dataFolder, clock)
  const databaseUrl = config.databaseUrl?.reveal() ?? null
  const redisUrl = config.redisUrl?.reveal() ?? null
  const databaseOptions: DatabaseOptions =
    databaseUrl === null ? { kind: 'sqlite', homeDir: config.homeDir } : { kind: 'postgres', url: databaseUrl }
  undo.add(holdFolder(databaseOptions, config.homeDir))
  const openStored = () =>
    openDatabase(databaseOptions, {
      clock,
      onBackgroundError: (error) => log.warn(errorFields(error), 'A database connection broke.'),
      onMigrationStatement: (event, index) => {
        if (index === 0) log.info({ event }, 'Migrating the database.')
      },
    })
  const database = await (databaseUrl === null ? openStored() : reachDatabase(openStored))
  undo.add(() => database.close())
  const cache = createCache({ clock, redisUrl, log })
  undo.add(() => cache.close())
  await cache.ready()
  const lockOf = (name: string) =>
    databaseUrl === null ? createSoleLeaderLock() : createPostgresLeaderLock({ connectionString: databaseUrl, name })
  return { clock, log, calendarFiles, calendar, inPlay, redisUrl, databaseOptions, database, cache, lockOf }
}

/** Keys, mail and the account core. */
async function openAccounts(config: Config, base: Foundation, undo: Undo) {
  const { clock, log, database } = base
  const outgoing = createOutgoing(config, clock, log)
  const opened = await openIdentity({
    database,
    clock,
    keyFolder: config.keysFolder ?? join(config.homeDir, 'keys'),
    mailer: outgoing.mailer,
    sms: outgoing.sms,
    ...identitySettings(config, cpus().length),
    onFailure: (event, error) => log.warn({ event, ...errorFields(error) }, 'Work behind a reply failed.'),
  })
  undo.add(() => opened.background.idle())
  return { ...opened, outbox: outgoing.outbox }
}

/** What leads out of this process: brokers and price sources. Nothing is asked before somebody wants something. */
async function openUpstreams(config: Config, base: Foundation, { keyring }: Accounts, undo: Undo) {
  const { clock, log, redisUrl } = base
  const redis = redisUrl === null ? null : createRedisClient({ url: redisUrl, name: 'upstreams', log })
  undo.add(() => redis?.disconnect())
  const brokers = openBrokers({
    config,
    clock,
    keyring,
    buckets: redis && createRedisBuckets(redis, 'banyan:upstreams:'),
    onDefect: (operation, status) => log.error({ event: operation, status }, 'A broker has no such address.'),
    onCodesProblem: (error) => log.warn({ event: 'icici_codes', ...errorFields(error) }, 'The codes were not loaded.'),
  })
  undo.add(() => brokers.close())
  return brokers
}

async function openModules(
  config: Config,
  base: Foundation,
  { accounts, brokers }: { readonly accounts: Accounts; readonly brokers: Upstreams },
  undo: Undo,
) {
  const { clock, log, calendar, inPlay, database, cache } = base
  const instrumentStore = createInstrumentStore(database)
  await importBundledData({
    folder: dataFolder,
    database,
    databaseOptions: base.databaseOptions,
    instruments: instrumentStore,
    lock: base.lockOf('banyan:bundle'),
    onImported: (file, count) => log.info({ count }, `Imported the bundled ${file}.`),
  })
  const instruments = createInstrumentsModule({ store: instrumentStore })
  await instruments.refresh()
  const store = createCandleStore(database)
  const candles = createCandlesModule({ store, instruments, calendar, marketClock: inPlay.clock, cache })
  await candles.invalidate([]) // an import made while no server ran told the shared cache nothing
  const zerodhaFeed =
    config.zerodhaApiKey === null || inPlay.recording !== null
      ? null
      : createZerodhaFeed({
          session: brokers.zerodhaSource.session,
          tickerUrl: config.zerodhaTickerUrl,
          instruments,
          clock,
          timers: processTimers,
          onVendorError: (text) => log.warn({ event: 'zerodha_ticker' }, text),
        })
  undo.add(() => zerodhaFeed?.close())
  const market = createMarketModule({
    sources: await createSources({
      inPlay,
      seed: config.replaySeed,
      calendar,
      instruments,
      candles,
      live: () =>
        createLiveSources({ config, brokers, zerodhaFeed, candles, calendar, marketClock: inPlay.clock, clock }),
    }),
    instruments,
    calendar,
    marketClock: inPlay.clock,
    wallClock: clock,
    timers: processTimers,
    shelf: createQuoteShelf(cache, base.redisUrl),
    onProblem: (event, component, error) =>
      log.warn({ event, component, ...errorFields(error) }, 'A price source had a problem.'),
  })
  await market.start()
  undo.add(() => market.stop())
  const { analysis, close: closeAnalysis } = openAnalysis({
    database,
    databaseOptions: base.databaseOptions,
    calendarFiles: base.calendarFiles,
    instruments,
    calendar,
    marketClock: inPlay.clock,
    rules: createEdgeRules(config.edgePriorWeight),
    cores: cpus().length,
    onWorkerDeath: (error) => log.warn(errorFields(error), 'A worker of the pattern engine died.'),
  })
  undo.add(closeAnalysis)
  const importRevision = () => readImportRevision(database)
  const dayFiles = createDayFiles({
    port: brokers.dayFilesPort,
    calendar,
    clock,
    importFile: (path, signal) =>
      importDayFile(path, signal, { database: base.databaseOptions, instruments: instrumentStore }),
    async afterImport() {
      await instruments.refresh()
      await candles.invalidate([])
    },
    onLate: (date, missing) => log.warn({ event: 'day_files', date, count: missing.length }, 'Day files are late.'),
  })
  const tasks = createTaskSupervisor({
    warmers: [
      ...listWarmers({ market, instruments, candles, importRevision }),
      ...(zerodhaFeed === null ? [] : [zerodhaFeed.warmer]),
      ...(inPlay.recording === null && config.dayFiles ? [dayFiles] : []),
      ...listAnalysisWarmers({ analysis, importRevision }),
      ...listIdentityWarmers({ store: accounts.store, keyring: accounts.keyring, clock }),
    ],
    lock: base.lockOf('banyan:leader'),
    clock,
    isMarketOpen: () => market.status().isOpen,
    log,
  })
  tasks.start()
  undo.add(() => tasks.stop())
  const streams = createQuoteStreams({ market, clock })
  const status = createStatusModule({
    ping: () => database.ping(),
    cacheStatistics: () => cache.statistics(),
    warmers: () => tasks.statuses(),
    market,
    clock,
    version,
    feed: () => ({ clients: streams.count(), ticksPerSecond: market.ticksPerSecond() }),
  })
  return { instrumentStore, instruments, candles, market, analysis, streams, status }
}

/** The commands of `npm run import`, `npm run backup` and `npm run user` come in here while this process holds the data. */
async function openControl(
  config: Config,
  base: Foundation,
  modules: Modules,
  accounts: Accounts,
  undo: Undo,
): Promise<void> {
  const { instrumentStore, instruments, candles } = modules
  const control = await startControlServer({
    socketPath: controlSocketPath(config.homeDir),
    handlers: {
      import: createImportHandler({
        database: base.databaseOptions,
        instruments: instrumentStore,
        async afterImport() {
          await instruments.refresh()
          await candles.invalidate([])
        },
      }),
      backup: createBackupHandler(base.database),
      user: createUserHandler(accounts.identity.administration),
    },
  })
  undo.add(() => control.stop())
}

/** Opens both ports and returns the public one. */
async function openHttp(
  config: Config,
  base: Foundation,
  {
    modules,
    accounts,
    brokers,
  }: { readonly modules: Modules; readonly accounts: Accounts; readonly brokers: Upstreams },
  undo: Undo,
): Promise<number> {
  const { clock, log, database, redisUrl } = base
  const limits = redisUrl === null ? null : createRedisClient({ url: redisUrl, name: 'limits', log })
  undo.add(() => limits?.disconnect())
  const metrics = createMetrics()
  const { publicUrl, corsOrigins } = config
  const { identity, keyring, outbox } = accounts
  const { portfolio, portfolioImports, readLiveBook, readReturns, brokerSessions } = openPortfolio({
    ...modules,
    database,
    calendar: base.calendar,
    clock,
    brokers,
  })
  undo.add(() => brokerSessions.stop())
  const journal = openJournal({
    database,
    clock,
    calendar: base.calendar,
    analysis: modules.analysis,
    dayTrades: { listDayPositions: (accountId, since) => listDayPositions(portfolio, accountId, since) },
    onFailure: (error) => log.warn({ event: 'patterns_at_entry', ...errorFields(error) }, 'A pattern search failed.'),
  })
  const apis = {
    identity,
    journal,
    portfolio,
    portfolioImports,
    readLiveBook,
    readReturns,
    brokerSessions,
    instruments: modules.instruments,
    brokers: brokers.brokers,
    market: modules.market,
    calendar: base.calendar,
    watchlists: createWatchlistsModule({
      store: createWatchlistStore(database),
      instruments: modules.instruments,
      clock,
    }),
    publicUrl,
    corsOrigins,
    clock,
    outbox: outbox === null ? null : (count: number) => listOutbox(outbox, count),
    publicKeys: () => listPublicKeys(keyring),
  }
  const app = await createHttpApp({
    clock,
    log,
    metrics,
    surfaces: [createApiSurface(modules.market), ...vendorSurfaces()],
    addressLimits: { ...apiAddressLimits, ...vendorAddressLimits },
    credentialChecks: (tools) => credentialChecks(apis, tools),
    corsOrigins,
    sharedCounters: limits && createRedisCounters(limits, 'banyan:limits'),
    rateLimit: config.rateLimit ? 'on' : 'off',
    trustProxy: config.trustProxy,
    readyChecks: [{ name: 'store', check: () => database.ping().then(() => true) }],
    webFolder: join(project, 'apps/web/dist'),
    version,
  })
  registerStocktrendz(app.fastify, { ...modules, clock })
  registerBanyan(app.fastify, modules)
  registerBanyanStreams(app.fastify, {
    ...modules,
    addresses: app.addresses,
    onProblem: (error) => log.warn({ event: 'stream', ...errorFields(error) }, 'A stream of prices broke off.'),
  })
  registerPublicApis(app.fastify, apis, app)
  registerStocktrendzSources(app.fastify, { ...brokers, addresses: app.addresses })
  const metricsServer = createMetricsServer({ registry: metrics.registry })
  undo.add(() => metricsServer.close())
  if (config.metricsPort !== 0) await metricsServer.listen(config.metricsPort)
  undo.add(() => app.close())
  undo.add(() => portfolio.stop()) // a sync that is not done within seconds is told 503
  undo.add(() => modules.streams.close()) // an open stream is an answer that never finishes
  return app.listen(config.host, config.port)
}
