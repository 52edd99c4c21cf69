import type { RateLimit } from '../http/rate-limits.ts'
import type { Operation } from '../http/upstream-port.ts'

/** Where ICICI is reached; each can be configured, so that a stand-in takes its place. */
export const iciciAddresses = {
  api: 'https://api.icicidirect.com',
  login: 'https://api.icicidirect.com/apiuser/login',
  history: 'https://breezeapi.icicidirect.com',
  master: 'https://directlink.icicidirect.com',
} as const

/** As the vendor publishes them, over all operations; whether it counts users or keys is not known (upstreams.md §3.4). */
export const iciciLimits = {
  minute: { perMs: 60_000, calls: 100, scope: 'both' },
  day: { perMs: 86_400_000, calls: 5_000, scope: 'both' },
} as const satisfies Record<string, RateLimit>

const read = { method: 'GET', limits: ['minute', 'day'], size: 'json', retried: true } as const
const api = { ...read, host: 'api' } as const
// The list of codes is a public file; the vendor's limits are of its API.
const file = { ...read, host: 'master', limits: [], size: 'file' } as const

/** Every call this adapter can make; it only reads. Nothing that trades or moves anything is here. */
export const iciciOperations = {
  customerDetails: {
    ...api,
    name: 'customer-details',
    path: '/breezeapi/api/v1/customerdetails',
    // It spends the code of the sign-in, which works once.
    retried: false,
  },
  holdings: { ...api, name: 'holdings', path: '/breezeapi/api/v1/portfolioholdings' },
  dematHoldings: { ...api, name: 'demat-holdings', path: '/breezeapi/api/v1/dematholdings' },
  positions: { ...api, name: 'positions', path: '/breezeapi/api/v1/portfoliopositions' },
  quote: { ...api, name: 'quote', path: '/breezeapi/api/v1/quotes' },
  candles: { ...read, host: 'history', name: 'candles', path: '/api/v2/historicalcharts' },
  codes: { ...file, name: 'codes', path: '/MotherAppMaster/SecurityMaster.zip' },
  codesElsewhere: { ...file, name: 'codes-elsewhere', path: '/NewSecurityMaster/SecurityMaster.zip' },
} as const satisfies Record<string, Operation>
