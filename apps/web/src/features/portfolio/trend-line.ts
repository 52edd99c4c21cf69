import type { PnlReply } from '@banyan/client'

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
  /** Where a profit and loss of 0 lies; always inside the box. */
  readonly zeroY: number
  readonly high: number
  readonly low: number
}

/** Returns the profit and loss over time, days apart as they were and no gap filled. Snapshots without the figure are left out. */
export function trendLine(trend: readonly Snapshot[]): TrendLine {
  const known = trend.flatMap((snapshot) =>
    snapshot.total_pnl === null ? [] : [{ snapshot, pnl: snapshot.total_pnl }],
  )
  const figures = known.map(({ pnl }) => pnl)
  const [low, high] = [Math.min(0, ...figures), Math.max(0, ...figures)]
  const y = (pnl: number) => (high === low ? 50 : 4 + ((high - pnl) / (high - low)) * 92)
  const [first, last] = [dayOf(known[0]?.snapshot), dayOf(known.at(-1)?.snapshot)]
  const points = known.map(({ snapshot, pnl }) => ({
    snapshot,
    pnl,
    x: last === first ? 50 : ((dayOf(snapshot) - first) / (last - first)) * 100,
    y: y(pnl),
  }))
  const path = points.map((point, i) => `${i === 0 ? 'M' : 'L'}${point.x.toFixed(2)} ${point.y.toFixed(2)}`).join('')
  return { points, path: points.length < 2 ? '' : path, zeroY: y(0), high, low }
}

/** Returns the point nearest to a place across, 0 to 100; −1 without points. */
export function nearestPoint(points: readonly TrendPoint[], x: number): number {
  const apart = points.map((point) => Math.abs(point.x - x))
  return apart.indexOf(Math.min(...apart))
}

const dayOf = (snapshot: Snapshot | undefined): number =>
  snapshot === undefined ? 0 : Date.parse(`${snapshot.date}T00:00:00Z`)
