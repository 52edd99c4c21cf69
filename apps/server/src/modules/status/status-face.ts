import type { EpochMs } from '@banyan/domain'
import type { MarketStatus, ProviderHealth } from '../market/index.ts'

export interface CacheStatistics {
  readonly l1: {
    readonly hits: number
    readonly misses: number
    readonly size: number
    readonly stampedesCollapsed: number
  }
  /** Null counters when no L2 is configured. */
  readonly l2: {
    readonly configured: boolean
    readonly connected: boolean
    readonly hits: number | null
    readonly misses: number | null
    readonly size: number | null
    readonly stampedesCollapsed: number | null
  }
}

export interface WarmerStatus {
  readonly name: string
  /** Start of the last run, whether it succeeded or not. */
  readonly lastRun: EpochMs | null
  /** Start of the last run that succeeded, which is how old what it keeps ready is; null before the first. */
  readonly lastSuccess: EpochMs | null
  readonly durationMs: number | null
  /** Null while another instance leads. */
  readonly nextRun: EpochMs | null
  /** Short and scrubbed; null after a good run. */
  readonly lastError: string | null
}

export interface HealthReport {
  readonly status: 'ok' | 'degraded' | 'down'
  /** Wall clock. */
  readonly time: EpochMs
  readonly version: string
  readonly uptimeS: number
  readonly database: { readonly connected: boolean; readonly latencyMs: number | null }
  readonly cache: CacheStatistics
  readonly warmers: readonly WarmerStatus[]
  readonly providers: readonly ProviderHealth[]
  readonly feed: { readonly clients: number; readonly ticksPerSecond: number }
  readonly market: MarketStatus
}

export interface StatusModule {
  /** Returns the report; the database probe is bounded to 1 s and shared for 1 s. Never rejects. */
  health(): Promise<HealthReport>
}
