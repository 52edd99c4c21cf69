import { addDays, dayMs, dayNumberOf, decimalOf, istDate, istMidnight, sumOf, type TradingDate } from '@banyan/domain'
import type { CandlesModule } from '../../candles/index.ts'
import type { ExplainedShare } from './explain-holdings.ts'
import type { DatedValue } from './time-weighted.ts'

/** Over holidays and days without a trade the close before counts, for so long. */
const oldestCloseDays = 10
/** Twenty years of sessions. */
const mostBars = 5_000

/** Returns the dates on which a return has to know the value: every one on which money moved before `end`, and the day before it. */
export function datesAround(flowDates: readonly TradingDate[], end: TradingDate): readonly TradingDate[] {
  const dates = flowDates.flatMap((date) => [addDays(date, -1), date])
  return [...new Set(dates)].filter((date) => date < end).sort()
}

/** Returns what the shares were worth at the closes of the dates (ascending), in rupees; null where a close is not known. */
export async function readPastValues(
  shares: readonly ExplainedShare[],
  dates: readonly TradingDate[],
  candles: Pick<CandlesModule, 'getCandles'>,
): Promise<readonly DatedValue[]> {
  const sums: (number | null)[] = dates.map(() => 0)
  for (const share of shares) {
    const values = valuesOf(share, dates, await readCloses(share, candles))
    for (const [i, value] of values.entries()) sums[i] = addKnown(sums[i] ?? null, value)
  }
  return dates.map((date, i) => ({ date, value: sums[i] ?? null }))
}

type CloseOn = (date: TradingDate) => number | null

/** Returns the newest close up to a date, in today's shares; null where none is recent enough. */
async function readCloses({ ledger }: ExplainedShare, candles: Pick<CandlesModule, 'getCandles'>): Promise<CloseOn> {
  const { instrument, days } = ledger
  const [first] = days
  if (instrument === null || first === undefined) return () => null
  const from = istMidnight(addDays(first.date, -oldestCloseDays))
  const asked = { instrument, interval: 'day', from, to: null, adjusted: true, limit: mostBars } as const
  const { series } = await candles.getCandles(asked)
  return (date) => {
    const at = lastUpTo(series.time, istMidnight(date))
    const [time, close] = [series.time[at], series.close[at]]
    if (time === undefined || close === undefined) return null
    return dayNumberOf(date) - dayNumberOf(istDate(time)) <= oldestCloseDays ? close : null
  }
}

/** Returns the index of the last time that is not after the instant; −1 without one. */
function lastUpTo(times: Float64Array, instant: number): number {
  let [low, high] = [0, times.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[middle] ?? Number.POSITIVE_INFINITY) < instant + dayMs) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** Returns what the share was worth on each date; null where its close is needed and not known. */
function valuesOf(
  { ledger, steps, isStepped }: ExplainedShare,
  dates: readonly TradingDate[],
  closeOn: CloseOn,
): readonly (number | null)[] {
  const sinceThen = (then: TradingDate) => (isStepped ? steps.unitsSince(then) : one)
  let [units, next] = [sumOf([]), 0]
  return dates.map((date) => {
    for (let day = ledger.days[next]; day !== undefined && day.date <= date; day = ledger.days[++next])
      units = units.plus(day.quantity.times(sinceThen(day.date)))
    if (units.eq(0)) return 0
    const close = closeOn(date)
    // Closes and units are in today's shares. Of that date's there were fewer, at a price that was higher.
    return close && units.div(sinceThen(date)).toNumber() * close * steps.priceSince(date)
  })
}

const one = decimalOf(1)

function addKnown(sum: number | null, value: number | null): number | null {
  return sum === null || value === null ? null : sum + value
}
