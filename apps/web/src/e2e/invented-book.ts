import type {
  BookGroup,
  BookReply,
  BookRow,
  MeReply,
  PnlReply,
  PositionsReply,
  Quote,
  ReturnsReply,
  Watchlist,
} from '@banyan/contracts'
import { replayOpen } from './invented-market.ts'
import { marketTimestamp, modeOf } from './invented-prices.ts'

/** A share somebody owns at one broker or two. Everything is invented, the symbols too. */
export interface Held {
  readonly instrument: string
  readonly symbol: string
  readonly units: readonly number[]
  readonly average: number
  readonly close: number
}

const accounts = [
  { broker: 'zerodha', broker_account: 'AB1234' },
  { broker: 'icici', broker_account: 'BANYAN01' },
] as const

const sectors = ['Banks', 'Energy', 'Health', 'Software', 'Steel'] as const

/** Returns `count` shares, each third at two brokers. */
export function inventedHeld(count: number): readonly Held[] {
  return Array.from({ length: count }, (_, i) => {
    const symbol = `SHARE${String(i + 1).padStart(3, '0')}`
    const close = 90 + ((i * 37) % 1900) + 0.05
    const units = i % 3 === 0 ? [10 + (i % 7), 3] : [5 + (i % 11)]
    return { instrument: `NSE:${symbol}`, symbol, units, average: close - 7.35, close }
  })
}

const paise = (rupees: number) => Math.round(rupees * 100) / 100
const sumOf = (amounts: readonly number[]) => paise(amounts.reduce((sum, amount) => sum + amount, 0))

/** Returns what the stream and the book tell of a share at a price. */
export function inventedQuote({ close }: Held, last: number, second: number): Quote {
  return {
    last_price: last,
    prev_close: close,
    change: paise(last - close),
    change_percent: paise(((last - close) / close) * 100),
    currency: 'INR',
    source: 'replay',
    as_of: marketTimestamp(second * 1_000),
    age_ms: 300,
    delay: 'replay',
    fallback_reason: null,
  }
}

export function inventedBook(shares: readonly Held[], priceOf: (share: Held) => number): BookReply {
  const groups = shares.map((share, i) => groupOf(share, priceOf(share), sectors[i % sectors.length] ?? null))
  const rows = groups.flatMap((group) => group.rows)
  return {
    totals: sumsOf(rows),
    groups: groups.toSorted((a, b) => (b.current_value ?? 0) - (a.current_value ?? 0)),
    brokers: accounts.map((account) => {
      const own = rows.filter(({ broker }) => broker === account.broker)
      return { ...account, synced_at: marketTimestamp(0), stale: false, row_count: own.length, ...sumsOf(own) }
    }),
    as_of_ist: marketTimestamp(0),
    market: modeOf(replayOpen),
  }
}

function groupOf(share: Held, last: number, sector: string | null): BookGroup {
  const { instrument, symbol, units } = share
  const rows = units.map((quantity, i) => rowOf(share, { quantity, last, ...(accounts[i] ?? accounts[0]) }))
  const names = { key: instrument, isin: null, instrument, symbol, name: `${symbol} Limited`, sector }
  return { ...names, quantity: units.reduce((sum, one) => sum + one, 0), ...sumsOf(rows), rows }
}

interface At {
  readonly quantity: number
  readonly last: number
  readonly broker: string
  readonly broker_account: string
}

function rowOf(share: Held, { quantity, last, ...account }: At): BookRow {
  const { instrument, symbol, average, close } = share
  const [invested, value] = [paise(quantity * average), paise(quantity * last)]
  const { source, as_of, age_ms, delay } = inventedQuote(share, last, 0)
  return {
    ...account,
    kind: 'holding',
    instrument,
    tradingsymbol: symbol,
    product: null,
    quantity,
    average_price: average,
    last_price: last,
    prev_close: close,
    price_from: 'market',
    owned: true,
    invested,
    current_value: value,
    pnl: paise(value - invested),
    day_change: paise(quantity * (last - close)),
    suspect: false,
    adjusted_for: [],
    ...{ source, as_of, age_ms, delay },
  }
}

function sumsOf(rows: readonly BookRow[]): BookReply['totals'] {
  const of = (figure: 'invested' | 'current_value' | 'pnl' | 'day_change') => sumOf(rows.map((row) => row[figure] ?? 0))
  const [invested, pnl] = [of('invested'), of('pnl')]
  return {
    ...{ invested, pnl, current_value: of('current_value'), day_change: of('day_change') },
    pnl_percent: paise((pnl / invested) * 100),
    ...{ unpriced_count: 0, unknown_cost_count: 0, delay: 'replay' },
  }
}

export const inventedPositions: PositionsReply = { positions: [], synced_at: marketTimestamp(0) }

/** Of somebody who brought in no trades. */
export const inventedReturns: ReturnsReply = {
  ...{ since: null, money_weighted_percent: null, money_weighted_unknown: 'no_trades' },
  ...{ time_weighted_percent: null, time_weighted_unknown: 'no_trades', unexplained: [] },
  as_of_ist: marketTimestamp(0),
  market: modeOf(replayOpen),
}

/** The shares, and one that no list knows. */
export const inventedWatchlist = (shares: readonly Held[]): Watchlist => ({
  id: 'invented',
  name: 'Watchlist',
  instruments: [...shares.map(({ instrument }) => instrument), 'NSE:NOPE'],
  created_at: marketTimestamp(0),
  updated_at: marketTimestamp(0),
})

/** Returns a snapshot for each of the days. */
export function inventedTrend(days: readonly { readonly date: string; readonly pnl: number }[]): PnlReply {
  const figures = (pnl: number) => ({
    ...{ invested: 1_00_000, current_value: 1_00_000 + pnl, holdings_pnl: pnl, positions_pnl: 0 },
    ...{ total_pnl: pnl, day_pnl: 0, unpriced_count: 0 },
  })
  const last = days.at(-1)
  return {
    days: 30,
    from: days[0]?.date ?? '2021-05-11',
    to: last?.date ?? '2021-06-09',
    ...figures(last?.pnl ?? 0),
    synced_at: marketTimestamp(0),
    trend: days.map(({ date, pnl }) => ({ date, ...figures(pnl), stale_brokers: [] })),
  }
}

export const inventedPerson: MeReply = {
  user: { id: 1, email: 'asha@example.com', name: 'Asha Rao' },
  full_name: 'Asha Rao',
  email: 'asha@example.com',
  profile_img_url: 'http://127.0.0.1/avatar.svg',
  created_at: '2021-01-01T00:00:00.000+05:30',
  second_factor: { totp: false, recovery_codes_left: 0 },
  session_id: 'invented',
  plan: 'hobby',
  client_code: 'ASHA',
  role: 'owner',
  mobile: null,
  otp_channel: 'email',
  otp_beside_totp: false,
}
