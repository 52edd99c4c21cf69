import { type CandleSeries, createCandleSeries, sliceCandles } from '@banyan/domain'

/** Returns the first index whose time is not below `time`; the length when there is none. */
export function indexFrom({ time: times }: CandleSeries, time: number): number {
  let [low, high] = [0, times.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((times[middle] ?? 0) < time) low = middle + 1
    else high = middle
  }
  return low
}

/** Returns the series one after the other; the very same object when there is only one with bars. */
export function joinCandles(parts: readonly CandleSeries[]): CandleSeries {
  const filled = parts.filter((part) => part.time.length > 0)
  const [only] = filled
  if (only && filled.length === 1) return only
  const joined = createCandleSeries(filled.reduce((length, part) => length + part.time.length, 0))
  let at = 0
  for (const part of filled) {
    for (const column of Object.keys(part) as (keyof CandleSeries)[]) joined[column].set(part[column], at)
    at += part.time.length
  }
  return joined
}

/** Returns bars `[0, end)` and `[resume, length)`, without a copy when they touch or one is empty. */
export function omitBetween(series: CandleSeries, end: number, resume: number): CandleSeries {
  const { length } = series.time
  if (resume <= end) return series
  return joinCandles([sliceCandles(series, 0, end), sliceCandles(series, resume, length)])
}
