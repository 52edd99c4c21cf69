import type { Pivot } from './find-pivots.ts'
import type { Market } from './market.ts'
import type { TwoLines } from './two-lines.ts'

/** The moment a pivot was confirmed, as a detector sees it: the pivots up to that one, and the candles up to `now`. */
export interface Swing {
  readonly market: Market
  readonly pivots: readonly Pivot[]
  /** All pivots of the scale below, for what happens within one swing. Those confirmed after `now` are not yet known then. */
  readonly finer: readonly Pivot[]
  /** Lines along the last five pivots, fitted once for all formations between two lines. */
  readonly lines: TwoLines | null
  /** Position of the pivot just confirmed. */
  readonly newest: number
  /** Candle that confirmed it. */
  readonly now: number
  /** Candle that confirms the next pivot, or the length of the series: a detector that waits for a shape looks no further. */
  readonly until: number
}

/** Returns the newest `count` pivots, oldest first; none when there are fewer. */
export function lastPivots({ pivots, newest }: Swing, count: number): readonly Pivot[] {
  return newest + 1 < count ? [] : pivots.slice(newest + 1 - count, newest + 1)
}

/** Returns up to `count` finer pivots after a candle. Whoever uses one detects no earlier than its `confirmedAt`. */
export function finerPivotsAfter({ finer }: Swing, index: number, count: number): readonly Pivot[] {
  let [low, high] = [0, finer.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((finer[middle]?.index ?? 0) > index) high = middle
    else low = middle + 1
  }
  return finer.slice(low, low + count)
}

/** 1 for shapes as they are named first (a top, a bull flag), −1 for the same upside down. Prices times the side make one detector of two. */
export type Side = 1 | -1

export function endsOnHigh({ pivots, newest }: Swing): boolean {
  return pivots[newest]?.isHigh === true
}
