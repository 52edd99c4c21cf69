import type { RateLimit } from '../http/rate-limits.ts'
import type { Operation } from '../http/upstream-port.ts'

/** Where the chart endpoint is reached; can be configured, so that a stand-in takes its place. */
export const yahooAddresses = { charts: 'https://query2.finance.yahoo.com' } as const

/** Yahoo publishes no limits; one call a second has been let pass (upstreams.md §4). */
export const yahooLimits = { pace: { perMs: 1_000, calls: 1, scope: 'installation' } } as const satisfies Record<
  string,
  RateLimit
>

/** One call at a time; others wait. */
export const yahooPlaces = { atOnce: 1, waiting: 20 } as const

export const yahooOperations = {
  chart: {
    name: 'chart',
    method: 'GET',
    host: 'charts',
    path: '/v8/finance/chart/:symbol',
    limits: ['pace'],
    size: 'json',
    retried: true,
  },
} as const satisfies Record<string, Operation>

/** Answers 429 to programs that say what they are. */
export const browserHeaders = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36',
  accept: 'application/json',
} as const
