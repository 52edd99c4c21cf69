import type { Health, IciciStatus, ZerodhaStatus } from '@banyan/contracts'
import { modeOf, type Scene } from './invented-prices.ts'

/** What differs from a server that is well. */
export interface InventedReport {
  readonly health?: Partial<Health>
  readonly zerodha?: Partial<ZerodhaStatus>
  readonly icici?: Partial<IciciStatus>
}

type Provider = Health['providers'][number]
type Warmer = Health['warmers'][number]

const counters = { hits: 98_211, misses: 412, size: 1_840, stampedes_collapsed: 377 }
const noCounters = { hits: null, misses: null, size: null, stampedes_collapsed: null }

/** Returns the timestamp `ms` before or after now, as the server writes it. */
export function timestampIn(ms: number): string {
  return `${new Date(Date.now() + ms + 19_800_000).toISOString().slice(0, 19)}+05:30`
}

/** Returns a source of prices that answered a moment ago. */
export const inventedProvider = (name: string, change: Partial<Provider> = {}): Provider => ({
  name,
  state: 'up',
  last_success: timestampIn(-2_000),
  circuit: 'closed',
  next_try: null,
  problem: null,
  ...change,
})

/** Returns a background task that ran well a moment ago. */
export const inventedWarmer = (name: string, change: Partial<Warmer> = {}): Warmer => ({
  name,
  last_run: timestampIn(-3_000),
  last_success: timestampIn(-3_000),
  duration_ms: 38,
  next_run: timestampIn(55_000), // far enough ahead for a busy machine
  last_error: null,
  ...change,
})

const warmers = ['index_snapshot', 'instrument_index', 'index_candles', 'pattern_signals', 'pattern_edges']

export function inventedHealth(scene: Scene, { health }: InventedReport): Health {
  return {
    status: 'ok',
    time: timestampIn(0),
    version: '1.0.0',
    uptime_s: 86_400,
    database: { connected: true, latency_ms: 1.2 },
    cache: { l1: counters, l2: { configured: false, connected: false, ...noCounters } },
    warmers: warmers.map((name) => inventedWarmer(name)),
    providers:
      scene.mode === 'replay'
        ? [inventedProvider('replay')]
        : ['zerodha', 'yahoo', 'eod'].map((name) => inventedProvider(name)),
    feed: { clients: 1, ticks_per_second: 112.4 },
    market: { ...modeOf(scene), calendar_known_to: '2026-12-31', calendar_warning: null },
    ...health,
  }
}

/** Answers how the server's own session at a broker stands; null for every other path. */
export function inventedSession(path: string, report: InventedReport): ZerodhaStatus | IciciStatus | null {
  const none = { configured: false, valid: false, checked_at: null }
  if (path === '/api/zerodha/status') return { ...none, expires_at: null, ...report.zerodha }
  return path === '/api/icici/status' ? { ...none, activated_at: null, ...report.icici } : null
}
