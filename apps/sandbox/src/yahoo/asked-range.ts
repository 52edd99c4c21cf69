import { type EpochMs, istDate, istMidnight, type TradingDate } from '@banyan/domain'

/** What of a series is asked for. */
export type AskedRange =
  /** The last `bars` bars. */
  | { readonly kind: 'last'; readonly bars: number; readonly name: string }
  /** Bars stamped within `[from, to)`. */
  | { readonly kind: 'span'; readonly from: EpochMs; readonly to: EpochMs; readonly name: string }

export const validRanges = ['1d', '5d', '1mo', '3mo', '6mo', '1y', '2y', '5y', '10y', 'ytd', 'max'] as const

const secondsForm = /^-?\d{1,12}$/

/** Reads `range`, or `period1` and `period2` in seconds; without both it is one day. Null when it is none Yahoo has. */
export function readRange(query: URLSearchParams, now: EpochMs): AskedRange | null {
  const [from, to] = [query.get('period1'), query.get('period2')]
  if (from !== null || to !== null) {
    if (!secondsForm.test(from ?? '') || !secondsForm.test(to ?? '')) return null
    return { kind: 'span', from: Number(from) * 1000, to: Number(to) * 1000, name: '' }
  }
  const name = query.get('range') ?? '1d'
  if (!validRanges.some((valid) => valid === name)) return null
  const days = /^(\d+)d$/.exec(name)?.[1]
  if (days !== undefined) return { kind: 'last', bars: Number(days), name }
  return { kind: 'span', from: startOf(name, istDate(now)), to: now + 1, name }
}

function startOf(name: string, today: TradingDate): EpochMs {
  if (name === 'max') return 0
  if (name === 'ytd') return istMidnight(`${today.slice(0, 4)}-01-01`)
  const [, count = '1', unit] = /^(\d+)(mo|y)$/.exec(name) ?? []
  return istMidnight(monthsBefore(today, Number(count) * (unit === 'y' ? 12 : 1)))
}

/** Returns the same day of an earlier month; where that month is too short, one of the first days of the next. */
function monthsBefore(date: TradingDate, months: number): TradingDate {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  return new Date(Date.UTC(year, month - 1 - months, day)).toISOString().slice(0, 10)
}
