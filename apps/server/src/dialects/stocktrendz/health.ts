import { Health, named } from '@banyan/contracts'
import { type EpochMs, formatIst } from '@banyan/domain'
import type { FastifyInstance } from 'fastify'
import type { HealthReport, StatusModule } from '../../modules/status/index.ts'
import { addSchemas, responses } from '../api/route-schema.ts'

/** GET /api/health (stocktrendz.md §8): the same body with 200 and, when the database is down, 503. */
export function addHealth(app: FastifyInstance, parts: { readonly status: StatusModule }): void {
  addSchemas(app, [Health])
  app.get('/api/health', {
    config: { credential: 'none', rateClass: 'api', cors: 'public' },
    schema: {
      operationId: 'getHealth',
      summary: 'State of the database, caches, warmers and price sources',
      tags: ['server'],
      response: responses({ 200: named(Health), 503: named(Health) }),
    },
    async handler(_request, reply) {
      const report = await parts.status.health()
      reply.code(report.status === 'down' ? 503 : 200).header('cache-control', 'no-store')
      if (report.status === 'down') reply.header('retry-after', '1')
      return toHealth(report)
    },
  })
}

function toHealth(report: HealthReport): Health {
  const { l1, l2 } = report.cache
  return {
    status: report.status,
    time: formatIst(report.time),
    version: report.version,
    uptime_s: Math.floor(report.uptimeS),
    database: { connected: report.database.connected, latency_ms: report.database.latencyMs },
    cache: {
      l1: { hits: l1.hits, misses: l1.misses, size: l1.size, stampedes_collapsed: l1.stampedesCollapsed },
      l2: {
        configured: l2.configured,
        connected: l2.connected,
        hits: l2.hits,
        misses: l2.misses,
        size: l2.size,
        stampedes_collapsed: l2.stampedesCollapsed,
      },
    },
    warmers: report.warmers.map((warmer) => ({
      name: warmer.name,
      last_run: istOrNull(warmer.lastRun),
      last_success: istOrNull(warmer.lastSuccess),
      duration_ms: warmer.durationMs === null ? null : Math.round(warmer.durationMs),
      next_run: istOrNull(warmer.nextRun),
      last_error: warmer.lastError,
    })),
    providers: report.providers.map((provider) => ({
      problem: provider.problem,
      name: provider.name,
      state: provider.state,
      last_success: istOrNull(provider.lastSuccess),
      circuit: provider.circuit,
      next_try: istOrNull(provider.nextTry),
    })),
    feed: { clients: report.feed.clients, ticks_per_second: report.feed.ticksPerSecond },
    market: {
      mode: report.market.mode,
      recorded_date: report.market.recordedDate,
      calendar_known_to: report.market.calendarKnownTo,
      calendar_warning: report.market.calendarWarning,
    },
  }
}

function istOrNull(instant: EpochMs | null): string | null {
  return instant === null ? null : formatIst(instant)
}
