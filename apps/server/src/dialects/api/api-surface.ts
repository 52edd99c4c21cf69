import type { MarketModule } from '../../modules/market/index.ts'
import { renderApiProblem } from './api-errors.ts'

/**
 * Returns what holds below `/api` whatever the route: the error shape, and a header that tells a recorded market from a live one
 * even where the body has no room for it.
 */
export function createApiSurface(market: Pick<MarketModule, 'status'>) {
  let told: { status: ReturnType<MarketModule['status']>; headers: readonly string[] } | null = null
  return {
    prefix: '/api',
    renderProblem: renderApiProblem,
    headers() {
      const status = market.status()
      if (told?.status !== status) told = { status, headers: ['x-banyan-market', marketHeader(status)] }
      return told.headers
    },
  }
}

function marketHeader(status: { mode: 'live' | 'replay'; recordedDate: string | null }): string {
  return status.mode === 'live' ? 'live' : `replay; date=${status.recordedDate}`
}

/** Requests per address (stocktrendz.md §2.5); those from candles on are ours. */
export const apiAddressLimits = {
  api: { limit: 600, windowMs: 60_000 },
  register: { limit: 10, windowMs: 3_600_000, also: 'api' },
  forgot: { limit: 10, windowMs: 3_600_000, also: 'api' },
  quotes: { limit: 120, windowMs: 60_000, also: 'api' },
  candles: { limit: 120, windowMs: 60_000, also: 'api' },
  analysis: { limit: 120, windowMs: 60_000, also: 'api' },
  matches: { limit: 10, windowMs: 60_000, also: 'analysis' },
} as const
