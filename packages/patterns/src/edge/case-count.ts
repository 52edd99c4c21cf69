import type { EdgeDirection } from './edge-table.ts'

/** The cases of one pattern, direction and horizon. */
export interface CaseCount {
  readonly pattern: string
  readonly direction: EdgeDirection
  readonly horizon: number
  n: number
  hits: number
  moveSumPct: number
  /** Cases at 2e and hits at 2e + 1 of the entry time with number e, as far as the highest number met asks for. */
  byEntry: Uint32Array
}

export function createCaseCount(pattern: string, direction: EdgeDirection, horizon: number): CaseCount {
  return { pattern, direction, horizon, n: 0, hits: 0, moveSumPct: 0, byEntry: new Uint32Array(128) }
}

/** Counts a case that entered at the time with that number and moved so far in its direction; no move is a miss. */
export function countCase(count: CaseCount, entry: number, movePct: number): void {
  const at = 2 * entry
  if (at >= count.byEntry.length) {
    const longer = new Uint32Array(Math.max(2 * count.byEntry.length, at + 2))
    longer.set(count.byEntry)
    count.byEntry = longer
  }
  count.n++
  count.moveSumPct += movePct
  count.byEntry[at] = (count.byEntry[at] ?? 0) + 1
  if (movePct <= 0) return
  count.hits++
  count.byEntry[at + 1] = (count.byEntry[at + 1] ?? 0) + 1
}
