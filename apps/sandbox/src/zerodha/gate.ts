import type { SandboxAnswer, SandboxCall } from '../core/upstream.ts'
import type { VendorFaults } from '../core/vendor-faults.ts'
import { credentialsIn } from './credentials.ts'
import type { ZerodhaOperation } from './operations.ts'
import { refusals } from './refusals.ts'
import type { ZerodhaSessions } from './sessions.ts'

/** What a key that has the portfolio only is refused. */
const marketData: readonly ZerodhaOperation[] = ['quote', 'ohlc', 'ltp', 'candles']
/** Served to callers without a session as well, not to those with a wrong one. */
const publicLists: readonly ZerodhaOperation[] = ['instruments', 'exchange-instruments']

export interface GateParts {
  readonly sessions: ZerodhaSessions
  readonly faults: VendorFaults
  isPortfolioOnly(apiKey: string): boolean
}

/** Who calls, empty for nobody in particular; or the answer that says why they may not. */
export type Admission = { readonly userId: string } | { readonly refusal: SandboxAnswer }

/** Returns what lets calls in by their `Authorization`. */
export function createGate({ sessions, faults, isPortfolioOnly }: GateParts) {
  return (operation: ZerodhaOperation, call: SandboxCall): Admission => {
    const credentials = credentialsIn(call)
    if (credentials === null && publicLists.includes(operation)) return { userId: '' }
    if (credentials === null || credentials === 'malformed') return { refusal: refusals.noCredentials }
    const session = sessions.find(credentials.apiKey, credentials.accessToken, call.now)
    if (session === null) return { refusal: refusals.sessionOver }
    if (faults.use('revoke')) {
      sessions.end(session.accessToken)
      return { refusal: refusals.sessionOver }
    }
    const isRefused = marketData.includes(operation) && isPortfolioOnly(session.apiKey)
    return isRefused ? { refusal: refusals.noPermission } : { userId: session.userId }
  }
}
