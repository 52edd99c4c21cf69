/** Rows from `from` up to, but not with, `to`. */
export interface RowRange {
  readonly from: number
  readonly to: number
}

/** A scrolled list of rows of one height, in pixels. */
export interface ScrolledRows {
  readonly scrollTop: number
  /** What can be seen of the rows, without a head that stays. */
  readonly bodyHeight: number
  readonly rowHeight: number
}

/** Rows made beyond either edge, so that a scroll of a moment meets no gap. */
const spareRows = 6

/** Returns the rows to make: those in sight and some to spare. */
export function rowsInSight({ scrollTop, bodyHeight, rowHeight }: ScrolledRows, count: number): RowRange {
  const first = Math.floor(scrollTop / rowHeight)
  const last = Math.ceil((scrollTop + bodyHeight) / rowHeight)
  const to = Math.min(count, last + spareRows)
  return { from: Math.max(0, Math.min(first - spareRows, to)), to }
}

/** A row, or the room of so many that are not made. */
export type LaidRow = { readonly row: number } | { readonly gapAt: number; readonly rows: number }

/** Returns a list of `count` rows of which those in the range are made, and `kept`, which has the focus, wherever it is. */
export function layRows(count: number, { from, to }: RowRange, kept: number): readonly LaidRow[] {
  const made = Array.from({ length: to - from }, (_, i) => from + i)
  if (kept < from && kept >= 0) made.unshift(kept)
  else if (kept >= to && kept < count) made.push(kept)
  const laid: LaidRow[] = []
  let next = 0
  for (const row of [...made, count]) {
    if (row > next) laid.push({ gapAt: next, rows: row - next })
    if (row < count) laid.push({ row })
    next = row + 1
  }
  return laid
}

/** Returns where to scroll for the whole of a row to be in sight, moving as little as can be. */
export function scrollToShow(row: number, { scrollTop, bodyHeight, rowHeight }: ScrolledRows): number {
  const lowest = (row + 1) * rowHeight - bodyHeight
  return Math.min(row * rowHeight, Math.max(lowest, scrollTop))
}

/** Returns the row a key moves to from `row`; null for a key that moves nowhere. `page` is how many rows are in sight. */
export function rowAfterKey(
  key: string,
  row: number,
  { count, page }: { readonly count: number; readonly page: number },
): number | null {
  const moves: Readonly<Record<string, number>> = {
    ArrowDown: row + 1,
    ArrowUp: row - 1,
    PageDown: row + Math.max(1, page - 1),
    PageUp: row - Math.max(1, page - 1),
    Home: 0,
    End: count - 1,
  }
  const to = moves[key]
  return to === undefined ? null : Math.max(0, Math.min(count - 1, to))
}
