import type { FormationLine, NamedAnchor } from './formation.ts'
import type { Line } from './line.ts'

/** What a close beyond a border means for a shape that is forming. */
export interface Border {
  readonly line: Line
  readonly crossed: 'confirms' | 'fails'
}

export interface Borders {
  readonly above: Border
  readonly below: Border
}

/** A shape as a detector found it, before its life is followed. All of it was known at the close of candle `detectedAt`. */
export interface Candidate extends Borders {
  readonly anchors: NamedAnchor[]
  readonly lines: FormationLine[]
  readonly quality: number
  readonly detectedAt: number
  /** Last candle on which the shape may still be forming. */
  readonly expiresAt: number
  /** Length of the measured move from the breakout, in price. */
  readonly height: number
}

/** Returns the borders of a shape that can break one way only: a close beyond `trigger` confirms it, one beyond `guard` fails it. */
export function breaksOneWay(way: 'up' | 'down', trigger: Line, guard: Line): Borders {
  const confirms: Border = { line: trigger, crossed: 'confirms' }
  const fails: Border = { line: guard, crossed: 'fails' }
  return way === 'up' ? { above: confirms, below: fails } : { above: fails, below: confirms }
}

export function breaksEitherWay(above: Line, below: Line): Borders {
  return { above: { line: above, crossed: 'confirms' }, below: { line: below, crossed: 'confirms' } }
}
