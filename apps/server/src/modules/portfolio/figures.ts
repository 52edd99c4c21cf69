import type { BrokerHolding, BrokerPosition } from '@banyan/brokers'
import { type Decimal, sumOf, type TradingDate } from '@banyan/domain'
import type { PnlSnapshot, StoredBook } from './stored-book.ts'

/** What follows from a holding as the broker gave it, in rupees; null where a price or the cost is missing. Exact, but per cents. */
export interface HoldingFigures extends HoldingAmounts {
  readonly pnlPct: Decimal | null
  readonly dayChangePct: Decimal | null
}

interface HoldingAmounts {
  readonly invested: Decimal | null
  readonly currentValue: Decimal | null
  readonly pnl: Decimal | null
  /** Per share against the close before. */
  readonly dayChange: Decimal | null
  /** Of all shares. */
  readonly dayPnl: Decimal | null
}

export function figuresOf(holding: BrokerHolding): HoldingFigures {
  const amounts = amountsOf(holding)
  const { pnl, invested, dayChange } = amounts
  return { ...amounts, pnlPct: percentOf(pnl, invested), dayChangePct: percentOf(dayChange, holding.closePrice) }
}

/** Without per cents: sums have no use for them, and dividing is the slowest thing decimals do. */
function amountsOf({ quantity, averagePrice, lastPrice, closePrice }: BrokerHolding): HoldingAmounts {
  const invested = averagePrice && quantity.times(averagePrice)
  const currentValue = lastPrice && quantity.times(lastPrice)
  const dayChange = lastPrice && closePrice ? lastPrice.minus(closePrice) : null
  return {
    invested,
    currentValue,
    pnl: invested && currentValue ? currentValue.minus(invested) : null,
    dayChange,
    dayPnl: dayChange && quantity.times(dayChange),
  }
}

/** Returns a part in per cent of the whole; null when either is unknown, and of nothing. */
function percentOf(part: Decimal | null, whole: Decimal | null): Decimal | null {
  return part === null || whole === null || whole.eq(0) ? null : part.times(100).div(whole)
}

/** Sums over holdings that have a price and a cost; null without one. The others are counted. */
export interface HoldingsSummary {
  readonly invested: Decimal | null
  readonly currentValue: Decimal | null
  readonly pnl: Decimal | null
  readonly pnlPct: Decimal | null
  readonly dayPnl: Decimal | null
  readonly unpricedCount: number
}

export function summarise(holdings: readonly BrokerHolding[]): HoldingsSummary {
  const amounts = holdings.map(amountsOf)
  const whole = amounts.filter(({ pnl }) => pnl !== null)
  const invested = sumOfKnown(whole.map((row) => row.invested))
  const pnl = sumOfKnown(whole.map((row) => row.pnl))
  return {
    invested,
    currentValue: sumOfKnown(whole.map((row) => row.currentValue)),
    pnl,
    pnlPct: percentOf(pnl, invested),
    dayPnl: sumOfKnown(whole.map((row) => row.dayPnl)),
    unpricedCount: amounts.length - whole.length,
  }
}

/** Returns what the books of an account come to on a trading day (stocktrendz.md §6.5). */
export function snapshotOf(books: readonly StoredBook[], date: TradingDate): PnlSnapshot {
  const holdings = summarise(books.flatMap((book) => book.holdings))
  const net = books.flatMap((book) => book.positions.filter(({ type }) => type === 'net'))
  const positionsPnl = net.length === 0 ? sumOf([]) : sumOfKnown(net.map(({ pnl }) => pnl))
  const stale = books.filter((book) => book.tradingDay < date).map(({ broker }) => broker)
  return {
    date,
    invested: holdings.invested,
    currentValue: holdings.currentValue,
    holdingsPnl: holdings.pnl,
    positionsPnl,
    totalPnl: sumOfKnown([holdings.pnl, net.length === 0 ? null : positionsPnl]),
    dayPnl: sumOfKnown([holdings.dayPnl, ...net.map(({ m2m }: BrokerPosition) => m2m)]),
    unpricedCount: holdings.unpricedCount,
    staleBrokers: [...new Set(stale)].sort(),
  }
}

/** Returns the sum of what is known; null when nothing is. */
function sumOfKnown(values: readonly (Decimal | null)[]): Decimal | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : sumOf(known)
}
