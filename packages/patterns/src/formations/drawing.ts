import type { Anchor, FormationLine, NamedAnchor } from './formation.ts'
import { type Line, priceAt } from './line.ts'

export function namedAnchor({ index, price }: Anchor, role: string): NamedAnchor {
  return { index, price, role }
}

export function lineBetween(from: Anchor, to: Anchor, role: string): FormationLine {
  return { from: { index: from.index, price: from.price }, to: { index: to.index, price: to.price }, role }
}

/** Returns the part of a line from one candle to a later one. */
export function drawLine(line: Line, from: number, to: number, role: string): FormationLine {
  return { from: { index: from, price: priceAt(line, from) }, to: { index: to, price: priceAt(line, to) }, role }
}
