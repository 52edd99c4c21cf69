import type { Anchor } from './formation.ts'
import { type Market, valueAt } from './market.ts'

/** A turning point. It counts from candle `confirmedAt` on, when the price had come back far enough; never before. */
export interface Pivot extends Anchor {
  readonly confirmedAt: number
  readonly isHigh: boolean
}

/**
 * Returns the alternating highs and lows of a series, oldest first. A high is the highest high since the low before it, confirmed
 * by the first later candle whose low lies `reversal[high's candle]` (price) or more below it; a low likewise. A candle that
 * sets a new extreme does not also turn it. The first pivot is whichever side turns first. One pass; a prefix of the series
 * gives the pivots confirmed within it.
 */
export function findPivots({ series: { high, low }, length }: Market, reversal: Float64Array): Pivot[] {
  const pivots: Pivot[] = []
  let [top, bottom] = [0, 0]
  let rising: boolean | null = null
  for (let i = 1; i < length; i++) {
    const [up, down] = [valueAt(high, i), valueAt(low, i)]
    if (rising !== false && up > valueAt(high, top)) top = i
    else if (rising !== false && turns(valueAt(high, top) - down, valueAt(reversal, top))) {
      pivots.push({ index: top, price: valueAt(high, top), confirmedAt: i, isHigh: true })
      rising = false
      bottom = i
      continue
    }
    if (rising !== true && down < valueAt(low, bottom)) bottom = i
    else if (rising !== true && turns(up - valueAt(low, bottom), valueAt(reversal, bottom))) {
      pivots.push({ index: bottom, price: valueAt(low, bottom), confirmedAt: i, isHigh: false })
      rising = true
      top = i
    }
  }
  return pivots
}

/** A price that does not move turns nowhere, however small the reversal asked for. */
function turns(move: number, needed: number): boolean {
  return move > 0 && move >= needed
}
