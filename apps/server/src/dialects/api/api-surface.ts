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

/** Requests a minute and address (stocktrendz.md §2.5); candles are a limit of ours. */
export const apiAddressLimits = {
  api: { limit: 600, windowMs: 60_000 },
  quotes: { limit: 120, windowMs: 60_000, also: 'api' },
  candles: { limit: 120, windowMs: 60_000, also: 'api' },
} as const
