import type { Anchor } from './formation.ts'

/** A straight line over candle positions: `price` at `index`, `slope` in price per candle. */
export interface Line extends Anchor {
  readonly slope: number
}

export function priceAt(line: Line, index: number): number {
  return line.price + line.slope * (index - line.index)
}

export function levelLine(price: number, index: number): Line {
  return { index, price, slope: 0 }
}

/** Returns the line through two anchors of different candles. */
export function lineThrough(from: Anchor, to: Anchor): Line {
  return { index: from.index, price: from.price, slope: (to.price - from.price) / (to.index - from.index) }
}

/** Returns the least-squares line of at least two anchors, all on different candles. */
export function fitLine(anchors: readonly Anchor[]): Line {
  let [index, price] = [0, 0]
  for (const anchor of anchors) {
    index += anchor.index / anchors.length
    price += anchor.price / anchors.length
  }
  let [products, squares] = [0, 0]
  for (const anchor of anchors) {
    products += (anchor.index - index) * (anchor.price - price)
    squares += (anchor.index - index) ** 2
  }
  return { index, price, slope: products / squares }
}

/** Returns the first candle position at which `above` no longer lies above `below`; infinite when they never meet. */
export function meetingIndex(above: Line, below: Line): number {
  const closing = below.slope - above.slope
  if (closing <= 0) return Number.POSITIVE_INFINITY
  const gap = priceAt(above, below.index) - below.price
  return Math.ceil(below.index + gap / closing)
}
