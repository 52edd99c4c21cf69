import { setImmediate as nextTurn } from 'node:timers/promises'
import { addDays, dayMs, type EpochMs, istMidnight, sumOf, type TradingDate } from '@banyan/domain'
import type { CandlesModule } from '../../candles/index.ts'
import { type ExplainedShare, inTodaysShares } from './explain-holdings.ts'
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

/**
 * Returns what the shares were worth at the closes of the dates (ascending), in rupees; null where a close is not known. Lets others in between
 * any two shares: there may be hundreds, over thousands of dates.
 */
export async function readPastValues(
  shares: readonly ExplainedShare[],
  dates: readonly TradingDate[],
  candles: Pick<CandlesModule, 'getCandles'>,
): Promise<readonly DatedValue[]> {
  const days = dates.map((date) => ({ date, midnight: istMidnight(date) }))
  const sums: (number | null)[] = dates.map(() => 0)
  for (const share of shares) {
    const values = valuesOf(share, days, await readCloses(share, candles))
    for (const [i, value] of values.entries()) sums[i] = addKnown(sums[i] ?? null, value)
    await nextTurn()
  }
  return dates.map((date, i) => ({ date, value: sums[i] ?? null }))
}

interface Day {
  readonly date: TradingDate
  readonly midnight: EpochMs
}

/** Returns the newest close up to a day, in today's shares; null where none is recent enough. */
type CloseOn = (day: Day) => number | null

async function readCloses({ ledger }: ExplainedShare, candles: Pick<CandlesModule, 'getCandles'>): Promise<CloseOn> {
  const { instrument, days } = ledger
  const [first] = days
  if (instrument === null || first === undefined) return () => null
  const from = istMidnight(addDays(first.date, -oldestCloseDays))
  const asked = { instrument, interval: 'day', from, to: null, adjusted: true, limit: mostBars } as const
  const { series } = await candles.getCandles(asked)
  return ({ midnight }) => {
    const at = lastUpTo(series.time, midnight)
    const [time, close] = [series.time[at], series.close[at]]
    if (time === undefined || close === undefined) return null
    return midnight - time <= oldestCloseDays * dayMs ? close : null
  }
}

/** Returns the index of the last time that is not after the instant; −1 without one. */
function lastUpTo(times: Float64Array, instant: EpochMs): number {
  let [low, high] = [0, times.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[middle] ?? Number.POSITIVE_INFINITY) <= instant) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** Returns what the share was worth on each day; null where its close is needed and not known. */
function valuesOf(
  { ledger, steps, isStepped }: ExplainedShare,
  days: readonly Day[],
  closeOn: CloseOn,
): readonly (number | null)[] {
  const sinceThen = (then: TradingDate) => (isStepped ? steps.unitsSince(then) : null)
  let [exactUnits, units, next] = [sumOf([]), 0, 0]
  return days.map((day) => {
    for (let traded = ledger.days[next]; traded && traded.date <= day.date; traded = ledger.days[++next]) {
      exactUnits = exactUnits.plus(inTodaysShares(traded.quantity, sinceThen(traded.date)))
      units = exactUnits.toNumber()
    }
    if (units === 0) return 0
    const close = closeOn(day)
    // Closes and units are in today's shares. Of that date's there were fewer, at a price that was higher.
    return close && (units / (sinceThen(day.date)?.toNumber() ?? 1)) * close * steps.priceSince(day.date)
  })
}

function addKnown(sum: number | null, value: number | null): number | null {
  return sum === null || value === null ? null : sum + value
}
