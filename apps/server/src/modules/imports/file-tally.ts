import type { ListedJump } from './newest-jumps.ts'
import type { RejectedRow, Rejection, RejectReason } from './rejection.ts'

/** What happened to the rows of one file. Rows stored and rejected add up to rows read. */
export interface FileTally {
  rowsRead: number
  /** Rows accepted: new, replaced or identical to what was stored. */
  rowsStored: number
  /** Rows that were not stored before. */
  inserted: number
  /** Rows stored before with other values. */
  replaced: number
  newInstruments: number
  /** Unexplained steps recorded for the first time; {@link newestJumps} names up to 50 of them. */
  suspectJumps: number
  newestJumps: readonly ListedJump[]
  readonly rejects: Partial<Record<RejectReason, number>>
}

export function createFileTally(): FileTally {
  return {
    rowsRead: 0,
    rowsStored: 0,
    inserted: 0,
    replaced: 0,
    newInstruments: 0,
    suspectJumps: 0,
    newestJumps: [],
    rejects: {},
  }
}

/** Counts rejected rows and hands them on in lists, so that a file of nothing but bad rows does not send a message for each. */
export interface RejectLog {
  add(line: number, rejection: Rejection): void
  /** Hands on what is left. */
  flush(): void
}

const rowsPerList = 100

export function createRejectLog(
  file: string,
  tally: FileTally,
  onRejected: (rows: readonly RejectedRow[]) => void,
): RejectLog {
  let rows: RejectedRow[] = []
  const flush = () => {
    if (rows.length > 0) onRejected(rows)
    rows = []
  }
  return {
    flush,
    add(line, { reason, detail }) {
      tally.rejects[reason] = (tally.rejects[reason] ?? 0) + 1
      rows.push({ file, line, reason, detail })
      if (rows.length === rowsPerList) flush()
    },
  }
}
