import type { RateLimit } from '../http/rate-limits.ts'
import type { Operation } from '../http/upstream-port.ts'

/** Where Zerodha is reached; each can be configured, so that a stand-in takes its place. */
export const zerodhaAddresses = {
  rest: 'https://api.kite.trade',
  login: 'https://kite.zerodha.com/connect/login',
  ticker: 'wss://ws.kite.trade',
} as const

const second = { perMs: 1_000, scope: 'both' } as const

/** As Zerodha publishes them for an app key (upstreams.md §2.4); all keys together stay below them too. */
export const zerodhaLimits = {
  all: { ...second, calls: 10 },
  quotes: { ...second, calls: 1 },
  history: { ...second, calls: 3 },
} as const satisfies Record<string, RateLimit>

const read = { method: 'GET', host: 'rest', limits: ['all'], size: 'json', retried: true } as const
const quotes = { ...read, limits: ['quotes', 'all'] } as const
const history = { ...read, limits: ['history', 'all'] } as const

/** Every call this adapter can make; it reads, and opens and ends its own session. Nothing that trades or moves anything is here. */
export const zerodhaOperations = {
  openSession: { ...read, name: 'open-session', method: 'POST', path: '/session/token', retried: false },
  endSession: { ...read, name: 'end-session', method: 'DELETE', path: '/session/token', retried: false },
  profile: { ...read, name: 'profile', path: '/user/profile' },
  holdings: { ...read, name: 'holdings', path: '/portfolio/holdings' },
  positions: { ...read, name: 'positions', path: '/portfolio/positions' },
  quote: { ...quotes, name: 'quote', path: '/quote' },
  ohlc: { ...quotes, name: 'ohlc', path: '/quote/ohlc' },
  ltp: { ...quotes, name: 'ltp', path: '/quote/ltp' },
  instruments: { ...read, name: 'instruments', path: '/instruments', size: 'file' },
  exchangeInstruments: { ...read, name: 'exchange-instruments', path: '/instruments/:exchange', size: 'file' },
  candles: { ...history, name: 'candles', path: '/instruments/historical/:token/:interval' },
} as const satisfies Record<string, Operation>
