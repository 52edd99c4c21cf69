import type { CandleSeries } from '@banyan/domain'
import { checkSeries } from '../check-series.ts'
import { PatternInputError } from '../pattern-input-error.ts'
import { type CaseCount, countCase, createCaseCount } from './case-count.ts'
import { checkEdgeOptions } from './check-edge-options.ts'
import { countClosed } from './count-closed.ts'
import type { EdgeDirection, EdgeOptions, PatternEvent } from './edge-table.ts'
import { createEntryClock, type EntryClock } from './entry-clock.ts'

/** An event of a series given beside it. */
export type SeriesEvent = Omit<PatternEvent, 'id'>

/** All candles of the universe taken as cases of one horizon, and those that moved up or down. */
interface BaseCount {
  readonly horizon: number
  candles: number
  bullish: number
  bearish: number
}

/** Cases counted series by series, so that no more than one series and its events need be in memory at a time. */
export interface EdgeTally {
  readonly options: EdgeOptions
  readonly clock: EntryClock
  /**
   * Counts the candles of a series and the events found in it; each series once, in any order. Throws PatternInputError on
   * malformed input; the tally is as before then.
   */
  add(id: string, series: CandleSeries, events: readonly SeriesEvent[]): void
  /** Returns the counts with at least one case. */
  cases(): Iterable<CaseCount>
  /** Returns how many candles were taken as cases of a horizon, and how many of them moved so. */
  baseCount(direction: EdgeDirection, horizon: number): { readonly candles: number; readonly moved: number }
  /** Returns what share of all candles moved so. */
  baseRate(direction: EdgeDirection, horizon: number): number
}

/** Returns an empty tally. Throws PatternInputError on options out of range. */
export function createEdgeTally(options: EdgeOptions): EdgeTally {
  checkEdgeOptions(options)
  const clock = createEntryClock(options.horizons)
  const bases = options.horizons.map((horizon): BaseCount => ({ horizon, candles: 0, bullish: 0, bearish: 0 }))
  const counts = new Map<string, CaseCount>()

  function countFor(pattern: string, direction: EdgeDirection, horizon: number): CaseCount {
    const key = `${direction} ${horizon} ${pattern}`
    const count = counts.get(key) ?? createCaseCount(pattern, direction, horizon)
    counts.set(key, count)
    return count
  }

  return {
    options,
    clock,
    add(id, series, events) {
      checkSeriesOf(id, series)
      const groups = groupEvents(id, series, events)
      const closed = countClosed(series.time, options.asOf)
      const entries = clock.enter(series.time, closed)
      for (const base of bases) countCandles(base, series, closed)
      for (const { pattern, direction, indices } of groups)
        for (const { horizon } of bases) {
          const cases = withoutOverlap(indices, horizon, closed)
          if (cases.length === 0) continue
          const count = countFor(pattern, direction, horizon)
          for (const index of cases) {
            const rise = risePct(series, index, horizon)
            countCase(count, entries[index + 1] ?? 0, direction === 'bullish' ? rise : -rise)
          }
        }
    },
    cases: () => counts.values(),
    baseCount: (direction, horizon) => baseCount(bases, direction, horizon),
    baseRate(direction, horizon) {
      const { candles, moved } = baseCount(bases, direction, horizon)
      return candles > 0 ? moved / candles : 0
    },
  }
}

function baseCount(bases: readonly BaseCount[], direction: EdgeDirection, horizon: number) {
  const base = bases.find((one) => one.horizon === horizon)
  return { candles: base?.candles ?? 0, moved: base?.[direction] ?? 0 }
}

function checkSeriesOf(id: string, series: CandleSeries): void {
  try {
    checkSeries(series)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new PatternInputError(`series ${id}: ${reason}`, { cause })
  }
}

interface EventGroup {
  readonly pattern: string
  readonly direction: EdgeDirection
  readonly indices: number[]
}

/** Returns the indices of each pattern and direction, ascending. */
function groupEvents(id: string, { time }: CandleSeries, events: readonly SeriesEvent[]): EventGroup[] {
  const groups = { bullish: new Map<string, EventGroup>(), bearish: new Map<string, EventGroup>() }
  for (const { pattern, direction, index } of events) {
    if (!Number.isInteger(index) || index < 0 || index >= time.length)
      throw new PatternInputError(`event of ${pattern}: index ${index} lies outside series ${id}`)
    if (direction !== 'bullish' && direction !== 'bearish')
      throw new PatternInputError(`event of ${pattern}: direction must be bullish or bearish`)
    const group = groups[direction].get(pattern)
    if (group) group.indices.push(index)
    else groups[direction].set(pattern, { pattern, direction, indices: [index] })
  }
  const all = [...groups.bullish.values(), ...groups.bearish.values()]
  for (const { indices } of all) indices.sort((a, b) => a - b)
  return all
}

/** Returns the finished cases, each that enters after the one before it was left. */
function withoutOverlap(indices: readonly number[], horizon: number, closed: number): number[] {
  let next = 0
  return indices.filter((index) => {
    if (index < next || index + horizon >= closed) return false
    next = index + horizon
    return true
  })
}

function countCandles(base: BaseCount, series: CandleSeries, closed: number): void {
  const { horizon } = base
  for (let index = 0; index + horizon < closed; index++) {
    const rise = risePct(series, index, horizon)
    base.candles++
    if (rise > 0) base.bullish++
    if (rise < 0) base.bearish++
  }
}

/** Entry at the next candle's open, exit at the close of the last horizon candle. */
function risePct({ open, close }: CandleSeries, index: number, horizon: number): number {
  const entry = open[index + 1] ?? Number.NaN
  return (((close[index + horizon] ?? Number.NaN) - entry) / entry) * 100
}
