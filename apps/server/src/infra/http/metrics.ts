import { collectDefaultMetrics, Registry } from 'prom-client'
import { DurationHistogram } from './duration-histogram.ts'
import type { ExchangeListener } from './exchange.ts'

/** The process's own figures and those of its HTTP server. Others add theirs to `registry`. */
export interface Metrics {
  readonly registry: Registry
  readonly exchanges: ExchangeListener
}

/** Labels are method, route pattern and status: never an address, a symbol or a user, which have no bound. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const durations = new DurationHistogram(
    registry,
    'http_request_duration_seconds',
    'Time from the head of a request to the last byte of its reply; status 499 where the client left first.',
  )
  return {
    registry,
    exchanges: { onEnd: ({ method, route }, status, ms) => durations.add(method, route, status, ms / 1000) },
  }
}
