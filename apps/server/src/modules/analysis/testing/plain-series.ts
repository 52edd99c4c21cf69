import { type CandleSeries, createCandleSeries, dayMs } from '@banyan/domain'

/** Returns days of these closes, each opening at the close and reaching 1 above and below (never below a paisa). */
export function series(closes: readonly number[]): CandleSeries {
  const days = createCandleSeries(closes.length)
  closes.forEach((close, i) => {
    days.time[i] = i * dayMs
    days.open[i] = close
    days.high[i] = close + 1
    days.low[i] = Math.max(0.01, close - 1)
    days.close[i] = close
  })
  return days
}
