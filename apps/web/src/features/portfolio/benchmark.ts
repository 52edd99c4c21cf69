import type { CandlesReply, PnlReply } from '@banyan/client'

/** What an index would have made of the value of the first day. */
export interface BenchmarkDay {
  /** `YYYY-MM-DD`, of a snapshot. */
  readonly date: string
  /** Rupees: the profit and loss of the first day, and what its value would have gained since. */
  readonly pnl: number
  /** How far the index moved since the first day, in per cent. */
  readonly percent: number
}

export interface Benchmark {
  readonly days: readonly BenchmarkDay[]
  /** The first day, and what the portfolio was worth on it, in rupees. */
  readonly from: string
  readonly value: number
}

type Snapshot = PnlReply['trend'][number]
type Candle = Pick<CandlesReply['candles'][number], 'time' | 'close'>

/** A close serves the days after it on which the index has none, as a day that is not over, but not for longer than a long weekend. */
const servesDays = 4

/**
 * Returns the index over the days of a trend, rebased to what the portfolio was worth on the first of them; null where fewer than two days
 * have a close. What was put in or taken out since is left aside.
 */
export function rebase(trend: readonly Snapshot[], candles: readonly Candle[]): Benchmark | null {
  const days = trend.flatMap(({ date, total_pnl: pnl, current_value: value }) => {
    const close = pnl === null ? null : closeOn(date, candles)
    return pnl === null || close === null ? [] : [{ date, pnl, value, close }]
  })
  const start = days.findIndex(({ value }) => value !== null && value > 0)
  const first = days[start]
  if (first === undefined || first.value === null || days.length - start < 2) return null
  const { value, close: base, pnl: before } = first
  const moved = days.slice(start).map(({ date, close }) => ({ date, share: close / base - 1 }))
  return {
    from: first.date,
    value,
    days: moved.map(({ date, share }) => ({ date, pnl: before + value * share, percent: share * 100 })),
  }
}

/** Candles are oldest first. */
function closeOn(date: string, candles: readonly Candle[]): number | null {
  const candle = candles.findLast(({ time }) => time.slice(0, 10) <= date)
  if (candle === undefined) return null
  const ageDays = (Date.parse(date) - Date.parse(candle.time.slice(0, 10))) / 86_400_000
  return ageDays <= servesDays ? candle.close : null
}
