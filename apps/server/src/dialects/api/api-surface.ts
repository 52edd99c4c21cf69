import type { MarketModule } from '../../modules/market/index.ts'
import { renderApiProblem } from './api-errors.ts'

/**
 * Returns what holds below `/api` whatever the route: the error shape, and a header that tells a recorded market from a live one
 * even where the body has no room for it.
 */
export function createApiSurface(market: Pick<MarketModule, 'status'>) {
  return {
    prefix: '/api',
    renderProblem: renderApiProblem,
    headers: () => ['x-banyan-market', marketHeader(market.status())],
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
