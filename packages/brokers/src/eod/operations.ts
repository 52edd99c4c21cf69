import type { RateLimit } from '../http/rate-limits.ts'
import type { Operation } from '../http/upstream-port.ts'

/** Where the exchanges put their files; can be configured, so that a stand-in takes their place. */
export const dayFileAddresses = {
  nse: 'https://nsearchives.nseindia.com',
  bse: 'https://www.bseindia.com',
} as const

/** Nothing is published; a few files an evening are nobody's burden. */
export const dayFileLimits = { pace: { perMs: 1_000, calls: 1, scope: 'installation' } } as const satisfies Record<
  string,
  RateLimit
>

const file = { method: 'GET', limits: ['pace'], size: 'file', retried: true } as const

/** Every file this adapter can fetch (upstreams.md §5.5). */
export const dayFileOperations = {
  nseShares: { ...file, name: 'nse-shares', host: 'nse', path: '/products/content/:file' },
  nseIndices: { ...file, name: 'nse-indices', host: 'nse', path: '/content/indices/:file' },
  bseShares: { ...file, name: 'bse-shares', host: 'bse', path: '/download/BhavCopy/Equity/:file' },
} as const satisfies Record<string, Operation>

/** The archives refuse programs that say what they are. */
export const browserHeaders = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36',
} as const
