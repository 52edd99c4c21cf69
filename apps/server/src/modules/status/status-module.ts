import type { Clock } from '@banyan/domain'
import type { MarketModule } from '../market/index.ts'
import { createDatabaseProbe } from './database-probe.ts'
import type { CacheStatistics, HealthReport, StatusModule, WarmerStatus } from './status-face.ts'

export interface StatusParts {
  /** Resolves when the database answers, rejects when it does not. May take for ever. */
  ping(): Promise<void>
  /** Bounded by its owner. */
  cacheStatistics(): Promise<CacheStatistics>
  warmers(): readonly WarmerStatus[]
  readonly market: Pick<MarketModule, 'status' | 'providers'>
  /** The wall clock, and milliseconds on a clock that never jumps. */
  readonly clock: Clock & { elapsedMs(): number }
  readonly version: string
  /** Connected feed clients and ticks per second over the last 10 s. */
  feed(): { readonly clients: number; readonly ticksPerSecond: number }
}

/** Creates the module that tells how the server is. Uptime counts from here. */
export function createStatusModule(parts: StatusParts): StatusModule {
  const { clock, market } = parts
  const startedAt = clock.elapsedMs()
  const probe = createDatabaseProbe(parts)

  return {
    async health() {
      const [database, cache] = await Promise.all([probe(), parts.cacheStatistics()])
      const report = { database, cache, warmers: parts.warmers(), providers: market.providers() }
      return {
        status: overallStatus(report),
        time: clock.now(),
        version: parts.version,
        uptimeS: Math.floor((clock.elapsedMs() - startedAt) / 1_000),
        ...report,
        feed: parts.feed(),
        market: market.status(),
      }
    },
  }
}

/** stocktrendz.md §8: `degraded` is L2 down, a warmer failing or a circuit open; an L2 nobody configured is none of these. */
function overallStatus({
  database,
  cache,
  warmers,
  providers,
}: Pick<HealthReport, 'database' | 'cache' | 'warmers' | 'providers'>): HealthReport['status'] {
  if (!database.connected) return 'down'
  const isSharedCacheDown = cache.l2.configured && !cache.l2.connected
  const isWarmerFailing = warmers.some((warmer) => warmer.lastError !== null)
  const isCircuitOpen = providers.some((provider) => provider.circuit === 'open')
  return isSharedCacheDown || isWarmerFailing || isCircuitOpen ? 'degraded' : 'ok'
}
