import { readFileSync } from 'node:fs'
import type { PnlSnapshot, StoredBook } from '../apps/server/src/modules/portfolio/index.ts'
import {
  addDays,
  dayMs,
  decimalOf,
  type EpochMs,
  formatIst,
  type InstrumentId,
  instrumentId,
  istDate,
  istMidnight,
} from '../packages/domain/src/index.ts'

/** What the server's clock says throughout: a Thursday at 11:42 in India. */
export const benchNow: EpochMs = istMidnight('2026-03-12') + 11.7 * 3_600_000

const brokers = ['zerodha', 'icici', 'kotak', 'synapsewave', 'csv'] as const
export const brokerAccount = 'BENCH1'
export const holdingsInAll = 500
export const snapshotDays = 365

/** Neighbouring brokers both hold 40 shares, so that rows of several brokers meet in one group. */
const [sharesAtBroker, sharesNotShared] = [holdingsInAll / brokers.length, 60]

interface BenchShare {
  readonly id: InstrumentId
  readonly symbol: string
  /** True for those of the NIFTY 50, which have ticks on the recorded day; the others are invented. */
  readonly isRecorded: boolean
}

/** Everything the brokers hold: one share in six has ticks. */
export const benchShares: readonly BenchShare[] = listShares()

function listShares(): readonly BenchShare[] {
  const file = new URL('../data/identity/nifty50-2021-06-09.csv', import.meta.url)
  const lines = readFileSync(file, 'utf8').trim().split('\n').slice(1)
  const recorded = lines.map((line) => line.split(',')[1]?.trim())
  return Array.from({ length: sharesNotShared * (brokers.length - 1) + sharesAtBroker }, (_, i) => {
    const known = i % 6 === 0 ? recorded[i / 6] : undefined
    const symbol = known ?? `BENCH${i}`
    return { id: instrumentId('NSE', symbol), symbol, isRecorded: known !== undefined }
  })
}

/** Returns the last three closes of an invented share until `last`, newest first. */
export function inventCloses(i: number, last: string) {
  return [0, 1, 2].map((days) => ({ date: addDays(last, -days), close: 100 + (i % 90) + (2 - days) * 0.35 }))
}

/** Returns one book a broker, read at 18:00 of the trading day. */
export function inventBooks(tradingDay: string): readonly StoredBook[] {
  return brokers.map((broker, at) => ({
    broker,
    brokerAccount,
    source: broker === 'csv' ? 'csv' : 'broker',
    syncedAt: istMidnight(tradingDay) + 18 * 3_600_000,
    tradingDay,
    holdings: benchShares
      .slice(at * sharesNotShared)
      .slice(0, sharesAtBroker)
      .map(inventHolding),
    positions: [],
  }))
}

function inventHolding({ symbol }: BenchShare, i: number): StoredBook['holdings'][number] {
  return {
    exchange: 'NSE',
    symbol,
    mapped: true,
    isin: null,
    product: null,
    quantity: decimalOf(1 + ((i * 7) % 90)),
    t1Quantity: decimalOf(0),
    averagePrice: decimalOf(90 + i * 1.37),
    lastPrice: decimalOf(100 + i * 1.35),
    closePrice: decimalOf(99 + i * 1.35),
  }
}

/** Returns one snapshot a day until `last`, oldest first; that of the books themselves comes behind it. */
export function inventSnapshots(last: string): readonly PnlSnapshot[] {
  return Array.from({ length: snapshotDays - 1 }, (_, i) => {
    const invested = decimalOf(4_000_000 + i * 1_250.25)
    const currentValue = decimalOf(4_100_000 + ((i * 7_919) % 90_001))
    const holdingsPnl = currentValue.minus(invested)
    return {
      date: addDays(last, i + 2 - snapshotDays),
      ...{ invested, currentValue, holdingsPnl, positionsPnl: decimalOf(0), totalPnl: holdingsPnl },
      dayPnl: decimalOf(((i * 104_729) % 40_000) - 20_000.5),
      unpricedCount: 0,
      staleBrokers: [],
    }
  })
}

/** Trades are spread over three years. */
const tradedDays = 3 * 365

/** Returns half as many trades as a Zerodha tradebook and the other half as a generic one. */
export function inventTradebooks(count: number): readonly string[] {
  const trades = Array.from({ length: count }, (_, i) => inventTrade(i, count))
  const zerodha = trades.map(({ symbol, date, side, quantity, price, id }) =>
    [symbol, '', date, 'NSE', 'EQ', 'EQ', side, 'false', quantity, price, id, id, `${date}T10:05:00`].join(),
  )
  const generic = trades.map(({ symbol, date, side, quantity, price, id }) =>
    [symbol, date, side, quantity, price, id].join(),
  )
  const zerodhaHeader =
    'symbol,isin,trade_date,exchange,segment,series,trade_type,auction,quantity,price,trade_id,order_id,order_execution_time'
  return [
    toFile(zerodhaHeader, zerodha.slice(0, count / 2)),
    toFile('symbol,date,side,quantity,price,trade_id', generic.slice(count / 2)),
  ]
}

function inventTrade(i: number, count: number) {
  return {
    symbol: benchShares[(i * 31) % benchShares.length]?.symbol ?? '',
    date: istDate(dayOf(i, count)),
    side: i % 3 === 2 ? 'sell' : 'buy',
    quantity: 1 + (i % 40),
    price: (80 + ((i * 7_919) % 40_000) / 100).toFixed(2),
    id: 70_000_000 + i,
  }
}

/** Returns the midnight of a trade's day, newest first and never today. */
function dayOf(i: number, count: number): EpochMs {
  const daysBack = 1 + Math.floor((i * tradedDays) / count)
  return istMidnight(istDate(benchNow)) - daysBack * dayMs
}

const tags = ['swing', 'intraday', 'breakout', 'news', 'earnings', 'mean reversion']
const patterns = ['none', '', 'CDLDOJI', 'CDLHAMMER CDLENGULFING', 'double_top', 'CDLHARAMI']

/** Returns a journal as an export writes it; one entry in ten is still open. */
export function inventJournal(count: number): string {
  const header = 'symbol,side,quantity,price,exit_price,fees,opened_at,closed_at,rating,tags,notes,patterns_at_entry'
  return toFile(
    header,
    Array.from({ length: count }, (_, i) => inventEntry(i, count)),
  )
}

function inventEntry(i: number, count: number): string {
  const { symbol, side, quantity, price } = inventTrade(i, count)
  const openedAt = dayOf(i, count) + 10 * 3_600_000 + (i % 300) * 1_000
  const exit = (Number(price) + ((i * 13) % 41) - 19.5).toFixed(2)
  const [exitPrice, closedAt] = i % 10 === 9 ? ['', ''] : [exit, formatIst(openedAt + 3_600_000)]
  const labels = [tags[i % tags.length], tags[(i * 5 + 1) % tags.length]].join('; ')
  const notes = `Trade ${i}: bought the retest of the level and waited for the close above it.`
  return [
    ...[`NSE:${symbol}`, side, quantity, price, exitPrice, '12.50', formatIst(openedAt), closedAt],
    ...[1 + (i % 5), labels, notes, patterns[i % patterns.length]],
  ].join()
}

function toFile(header: string, rows: readonly string[]): string {
  return `${header}\n${rows.join('\n')}\n`
}
