import { apiAddressLimits, createApiSurface } from '../../../dialects/api/api-surface.ts'
import { registerBanyan } from '../../../dialects/banyan/index.ts'
import { registerStocktrendz } from '../../../dialects/stocktrendz/index.ts'
import type { HealthReport } from '../../../modules/status/index.ts'
import { createSystemClock, type SystemClock } from '../../clock.ts'
import { createHttpApp, type HttpApp, type HttpAppOptions } from '../http-app.ts'
import { createLog } from '../log.ts'
import { createMetrics } from '../metrics.ts'
import { createAnalysisInMemory } from './analysis-in-memory.ts'
import { createCandlesInMemory } from './candles-in-memory.ts'
import { createInstrumentsInMemory, createMarketInMemory, instrumentOf, quoteOf } from './market-in-memory.ts'

/** A clock a test turns; durations stay real. */
export function createTestClock(start = Date.UTC(2026, 10, 23, 4, 0)) {
  const real = createSystemClock()
  let now = start
  const clock: SystemClock = { now: () => now, elapsedMs: () => real.elapsedMs() }
  return {
    clock,
    advance(ms: number) {
      now += ms
    },
  }
}

/** Collects log records; `text` is what would have been written. */
function createTestLog() {
  const lines: string[] = []
  const log = createLog({ level: 'info', destination: { write: (line: string) => void lines.push(line) } })
  return { log, lines }
}

export interface TestServer {
  readonly app: HttpApp
  readonly port: number
  readonly url: string
  readonly lines: string[]
  readonly turn: (ms: number) => void
  readonly world: ReturnType<typeof createWorld>
  get(path: string, init?: RequestInit): Promise<Response>
}

/** Everything the routes ask, in memory: 60 priced shares, three without price, one with bars. */
function createWorld() {
  const indices = ['NSE:NIFTY 50', 'NSE:NIFTY BANK', 'BSE:SENSEX', 'NSE:NIFTY IT']
  const shares = ['NSE:TCS', 'NSE:INFY', 'NSE:M&M', ...Array.from({ length: 57 }, (_, i) => `NSE:SHARE${i}`)]
  const quotes = [...indices, ...shares].map((id, i) => quoteOf(id, 101.25 + i - 30, { prevClose: 100 }))
  const unpriced = ['NFO:NIFTY26MARFUT', 'NSE:QUIET', 'NSE:SILENT']
  const listed = [
    ...indices.map((id) => instrumentOf(id, { kind: 'index' })),
    ...[...shares, ...unpriced].map((id) => instrumentOf(id)),
  ]
  const instruments = createInstrumentsInMemory(listed)
  const inMemory = createMarketInMemory(quotes)
  const recorded = createCandlesInMemory(instruments, 'NSE:TCS', 400)
  return {
    ...inMemory,
    instruments,
    ...recorded,
    analysis: createAnalysisInMemory({ candles: recorded.candles, instruments, market: inMemory.market }),
    shares,
    health: { ...healthyReport },
  }
}

export const healthyReport: HealthReport = {
  status: 'ok',
  time: Date.UTC(2026, 10, 23, 4, 0),
  version: '0.1.0',
  uptimeS: 12.7,
  database: { connected: true, latencyMs: 0.4 },
  cache: {
    l1: { hits: 1, misses: 2, size: 3, stampedesCollapsed: 4 },
    l2: { configured: false, connected: false, hits: null, misses: null, size: null, stampedesCollapsed: null },
  },
  warmers: [
    { name: 'index_snapshot', lastRun: null, lastSuccess: null, durationMs: 38.4, nextRun: null, lastError: null },
  ],
  providers: [{ name: 'replay', state: 'up', lastSuccess: null, circuit: 'closed', nextTry: null, problem: null }],
  feed: { clients: 0, ticksPerSecond: 112.4 },
  market: {
    mode: 'replay',
    recordedDate: '2021-06-09',
    isOpen: true,
    phase: 'open',
    nextOpen: null,
    holiday: null,
    calendarWarning: null,
    calendarKnownTo: '2026-12-31',
  },
}

/** Starts the application with all dialects on a free port of loopback. `prepare` adds routes before it listens; `own` stands in for parts of the world. */
export async function startTestServer(
  options: Partial<HttpAppOptions> = {},
  prepare: (app: HttpApp) => void = () => undefined,
  own: Partial<ReturnType<typeof createWorld>> = {},
): Promise<TestServer> {
  const time = createTestClock()
  const { log, lines } = createTestLog()
  const world = { ...createWorld(), ...own }
  const app = await createHttpApp({
    clock: time.clock,
    log,
    metrics: createMetrics(),
    surfaces: [createApiSurface(world.market)],
    addressLimits: apiAddressLimits,
    sharedCounters: null,
    rateLimit: 'off',
    trustProxy: [],
    readyChecks: [],
    webFolder: null,
    version: '0.1.0',
    ...options,
  })
  const status = { health: async () => world.health }
  registerStocktrendz(app.fastify, { ...world, status, clock: time.clock })
  registerBanyan(app.fastify, world)
  prepare(app)
  const port = await app.listen('127.0.0.1', 0)
  const url = `http://127.0.0.1:${port}`
  return { app, port, url, lines, turn: time.advance, world, get: (path, init) => fetch(url + path, init) }
}
