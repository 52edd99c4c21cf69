import { type CandleSeries, createCandleSeries, dayMs } from '@banyan/domain'
import { seededChance } from './random-walk.ts'

export type Waypoint = readonly [index: number, price: number]
/** Open, high, low, close, and a volume of 1,000 when left out. */
export type Candle = readonly [open: number, high: number, low: number, close: number, volume?: number]

/** Returns the waypoints of a text such as `0:80 20:100`: candle and price. */
export function path(text: string): Waypoint[] {
  return text.split(' ').map((point) => {
    const [index = 0, price = 0] = point.split(':').map(Number)
    return [index, price] as const
  })
}

/** Returns candles along straight legs between waypoints, with a wick on each side and closes up to `noise` off the path. */
export function seriesThrough(
  waypoints: readonly Waypoint[],
  { seed = 1, noise = 0.25, wick = 0.3 } = {},
): CandleSeries {
  const chance = seededChance(seed)
  const candles: Candle[] = []
  let open = waypoints[0]?.[1] ?? 0
  for (let i = 0; i <= (waypoints.at(-1)?.[0] ?? 0); i++) {
    const close = pathAt(waypoints, i) + (2 * chance() - 1) * noise
    candles.push([open, Math.max(open, close) + wick, Math.min(open, close) - wick, close])
    open = close
  }
  return seriesOf(candles)
}

export function seriesOf(candles: readonly Candle[]): CandleSeries {
  const series = createCandleSeries(candles.length)
  candles.forEach(([open, high, low, close, volume = 1000], i) => {
    series.time[i] = i * dayMs
    series.open[i] = open
    series.high[i] = high
    series.low[i] = low
    series.close[i] = close
    series.volume[i] = volume
  })
  return series
}

/** Returns the series upside down: every price as far below 100 as it was above. Prices must lie below 200. */
export function upsideDown({ time, open, high, low, close, volume }: CandleSeries): CandleSeries {
  const turn = (column: Float64Array) => column.map((price) => 200 - price)
  return { time, open: turn(open), high: turn(low), low: turn(high), close: turn(close), volume }
}

export function scaled({ time, open, high, low, close, volume }: CandleSeries, factor: number): CandleSeries {
  const scale = (column: Float64Array) => column.map((price) => price * factor)
  return { time, open: scale(open), high: scale(high), low: scale(low), close: scale(close), volume }
}

/** Returns the waypoints of a bowl: a parabola from `from` down (or up) to `turn` and back. */
export function bowl([from, rim]: Waypoint, [middle, turn]: Waypoint): Waypoint[] {
  return Array.from({ length: 2 * (middle - from) + 1 }, (_, i) => {
    const x = i / (middle - from) - 1
    return [from + i, turn + (rim - turn) * x * x] as const
  })
}

function pathAt(waypoints: readonly Waypoint[], index: number): number {
  const next = waypoints.findIndex(([at]) => at >= index)
  const [toIndex, toPrice] = waypoints[next] ?? [0, 0]
  const [fromIndex, fromPrice] = waypoints[next - 1] ?? [toIndex, toPrice]
  if (toIndex === fromIndex) return toPrice
  return fromPrice + ((toPrice - fromPrice) * (index - fromIndex)) / (toIndex - fromIndex)
}
