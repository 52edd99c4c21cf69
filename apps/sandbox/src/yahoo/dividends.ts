import type { TradingDate } from '@banyan/domain'
import type { YahooBar } from './daily-bars.ts'

/** What every share pays a year, of its price, from the first bar in this month on. Invented. */
const yearlyYield = 0.01
const payingMonth = '07'

export interface Dividend {
  readonly date: TradingDate
  /** Rupees a share. */
  readonly amount: number
}

/** Returns the dividends paid within the bars, which are ascending. */
export function dividendsIn(bars: readonly YahooBar[]): readonly Dividend[] {
  const paid = bars.filter(({ date }, i) => isPayingMonth(date) && !isPayingMonth(bars[i - 1]?.date ?? date))
  return paid.flatMap(({ date, close }) =>
    close === null ? [] : [{ date, amount: Math.round(close * yearlyYield * 100) / 100 }],
  )
}

function isPayingMonth(date: TradingDate): boolean {
  return date.slice(5, 7) === payingMonth
}

/** Returns the closes as if all dividends from each bar until `today` had been kept: a little lower the older they are. */
export function adjustedCloses(bars: readonly YahooBar[], today: TradingDate): readonly (number | null)[] {
  return bars.map(({ date, close }) => close && close * (1 - yearlyYield) ** paymentsBetween(date, today))
}

/** Payments after `from`, up to `to`. */
function paymentsBetween(from: TradingDate, to: TradingDate): number {
  const paymentsUpTo = (date: TradingDate) => Number(date.slice(0, 4)) + (date.slice(5, 7) >= payingMonth ? 1 : 0)
  return paymentsUpTo(to) - paymentsUpTo(from)
}
