import type { Position } from '@banyan/client'
import { paiseOf, toPaise, toRupees } from '../../lib/paise.ts'
import type { PositionSort } from '../../lib/portfolio-search.ts'
import { sortByFigure, sortByName } from '../../lib/sorted.ts'
import type { LiveGroup, LiveRow } from './live-row.ts'

/** Where the book has what a position follows. */
export interface Followed {
  /** Key of the group, and which of its rows. */
  readonly of: string
  readonly at: number
}

/** What changes of a position while prices do. */
export interface PositionNow
  extends Pick<Position, 'last_price' | 'pnl' | 'm2m' | 'source' | 'as_of' | 'age_ms' | 'delay'> {
  /** When the price came, in epoch milliseconds of this device; null: with the position. */
  readonly heardAt: number | null
}

/**
 * Returns the row of the book a position follows: a net one its own, one of the day any at the market's price. Null where the book has none,
 * as of what was closed on a day before.
 */
export function findFollowed(position: Position, groups: readonly LiveGroup[]): Followed | null {
  for (const { key, rows } of groups) {
    const at = rows.findIndex((row) => (position.type === 'net' ? isSame(position, row) : isAtMarket(position, row)))
    if (at >= 0) return { of: key, at }
  }
  return null
}

function isSame(position: Position, row: LiveRow): boolean {
  const fields = ['broker', 'broker_account', 'instrument', 'product'] as const
  return row.kind === 'position' && fields.every((field) => row[field] === position[field])
}

/** After a split the broker's figures of a day before are in other units than the market's price. */
const isAtMarket = ({ instrument }: Position, row: LiveRow): boolean =>
  row.instrument === instrument && row.price_from === 'market' && row.adjusted_for.length === 0

/** Returns the position at the price of the row it follows. */
export function positionNow(position: Position, row: LiveRow | null): PositionNow {
  if (row === null || row.last_price === null) return { ...position, heardAt: null }
  const { last_price, source, as_of, age_ms, delay, heardAt } = row
  const priced = { last_price, source, as_of, age_ms, delay, heardAt }
  if (position.type === 'net') return { ...priced, pnl: row.pnl, m2m: row.day_change }
  if (position.last_price === null) return { ...position, heardAt: null }
  const move = paiseOf(
    position.quantity * position.multiplier,
    Math.round((last_price - position.last_price) * 1e6) / 1e6,
  )
  const moved = (figure: number | null) => (figure === null ? null : toRupees(toPaise(figure) + move))
  return { ...priced, pnl: moved(position.pnl), m2m: moved(position.m2m) }
}

/** A position with the row it follows, as of when the table was put in order. */
export interface PlacedPosition {
  readonly position: Position
  readonly followed: Followed | null
  readonly now: PositionNow
}

const figures: Readonly<Record<Exclude<PositionSort, 'name'>, (placed: PlacedPosition) => number | null>> = {
  quantity: ({ position }) => position.quantity,
  average: ({ position }) => position.average_price,
  price: ({ now }) => now.last_price,
  realised: ({ position }) => position.realised,
  day: ({ now }) => now.m2m,
  pnl: ({ now }) => now.pnl,
}

/** Returns the positions in order; without one, as the server gave them. */
export function sortPositions(
  placed: readonly PlacedPosition[],
  by: PositionSort | undefined,
  ascending: boolean,
): readonly PlacedPosition[] {
  if (by === undefined) return placed
  return by === 'name'
    ? sortByName(placed, ({ position }) => position.tradingsymbol, ascending)
    : sortByFigure(placed, figures[by], ascending)
}
