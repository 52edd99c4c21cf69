import type { SandboxCall } from '../core/upstream.ts'

/** What can be called, by the names that faults and the log use. */
const operations = {
  login: { method: 'GET', path: /^\/connect\/login$/ },
  'login-finish': { method: 'POST', path: /^\/connect\/finish$/ },
  'open-session': { method: 'POST', path: /^\/session\/token$/ },
  'end-session': { method: 'DELETE', path: /^\/session\/token$/ },
  profile: { method: 'GET', path: /^\/user\/profile$/ },
  holdings: { method: 'GET', path: /^\/portfolio\/holdings$/ },
  positions: { method: 'GET', path: /^\/portfolio\/positions$/ },
  quote: { method: 'GET', path: /^\/quote$/ },
  ohlc: { method: 'GET', path: /^\/quote\/ohlc$/ },
  ltp: { method: 'GET', path: /^\/quote\/ltp$/ },
  instruments: { method: 'GET', path: /^\/instruments$/ },
  'exchange-instruments': { method: 'GET', path: /^\/instruments\/([^/]+)$/ },
  candles: { method: 'GET', path: /^\/instruments\/historical\/([^/]+)\/([^/]+)$/ },
  ticker: { method: 'GET', path: /^\/$/ },
} as const
export type ZerodhaOperation = keyof typeof operations

export interface MatchedCall {
  readonly operation: ZerodhaOperation
  /** Variable parts of the path, decoded. */
  readonly segments: readonly string[]
}

/** Returns what is called; null when no path or no method fits, or a segment is not well encoded. */
export function matchCall({ method, path }: Pick<SandboxCall, 'method' | 'path'>): MatchedCall | null {
  for (const [operation, known] of Object.entries(operations)) {
    const match = known.method === method ? known.path.exec(path) : null
    const segments = match && decodeAll(match.slice(1))
    if (segments) return { operation: operation as ZerodhaOperation, segments }
  }
  return null
}

/** Tells whether another method would find something at the path. */
export function isKnownPath(path: string): boolean {
  return Object.values(operations).some((known) => known.path.test(path))
}

function decodeAll(segments: readonly string[]): readonly string[] | null {
  try {
    return segments.map(decodeURIComponent)
  } catch {
    return null
  }
}
