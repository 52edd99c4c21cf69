import type { PnlReply } from '@banyan/client'
import type { BenchmarkDay } from './benchmark.ts'

type Snapshot = PnlReply['trend'][number]

/** A snapshot with its place in a box of 100 × 100, y downwards. */
export interface TrendPoint {
  readonly snapshot: Snapshot
  readonly pnl: number
  readonly x: number
  readonly y: number
}

export interface TrendLine {
  readonly points: readonly TrendPoint[]
  /** SVG path of the line; empty with fewer than two points. */
  readonly path: string
  /** That of the line beside it; empty where there is none. */
  readonly benchmarkPath: string
  /** Where a profit and loss of 0 lies; always inside the box. */
  readonly zeroY: number
  readonly high: number
  readonly low: number
}

/**
 * Returns the profit and loss over time, days apart as they were and no gap filled. Snapshots without the figure are left out. `beside` are
 * the figures of another line for which the box must have room.
 */
export function trendLine(trend: readonly Snapshot[], beside: readonly BenchmarkDay[] = []): TrendLine {
  const known = trend.flatMap((snapshot) =>
    snapshot.total_pnl === null ? [] : [{ snapshot, pnl: snapshot.total_pnl }],
  )
  const figures = [...known, ...beside].map(({ pnl }) => pnl)
  const [low, high] = [Math.min(0, ...figures), Math.max(0, ...figures)]
  const y = (pnl: number) => (high === low ? 50 : 4 + ((high - pnl) / (high - low)) * 92)
  const [first, last] = [dayOf(known[0]?.snapshot), dayOf(known.at(-1)?.snapshot)]
  const points = known.map(({ snapshot, pnl }) => ({
    snapshot,
    pnl,
    x: last === first ? 50 : ((dayOf(snapshot) - first) / (last - first)) * 100,
    y: y(pnl),
  }))
  const rival = points.flatMap(({ x, snapshot }) => {
    const day = beside.find(({ date }) => date === snapshot.date)
    return day === undefined ? [] : [{ x, y: y(day.pnl) }]
  })
  return { points, path: pathOf(points), benchmarkPath: pathOf(rival), zeroY: y(0), high, low }
}

const pathOf = (places: readonly { readonly x: number; readonly y: number }[]): string =>
  places.length < 2 ? '' : places.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(2)} ${y.toFixed(2)}`).join('')

/** Returns the point nearest to a place across, 0 to 100; −1 without points. */
export function nearestPoint(points: readonly TrendPoint[], x: number): number {
  const apart = points.map((point) => Math.abs(point.x - x))
  return apart.indexOf(Math.min(...apart))
}

const dayOf = (snapshot: Snapshot | undefined): number =>
  snapshot === undefined ? 0 : Date.parse(`${snapshot.date}T00:00:00Z`)
