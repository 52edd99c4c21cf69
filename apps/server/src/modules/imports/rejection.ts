/** Why a row is not stored. */
export const rejectReasons = [
  'high_below_low',
  'price_outside_high_low',
  'negative',
  'zero_price',
  'duplicate',
  'unparsable',
  'future_date',
  'wrong_date',
  'unknown_series',
  'not_an_instrument',
  'missing_value',
  'bad_factor',
] as const
export type RejectReason = (typeof rejectReasons)[number]

export interface RejectedRow {
  readonly file: string
  /** 1-based line in the unpacked file, the header is line 1. */
  readonly line: number
  readonly reason: RejectReason
  /** What exactly: "high 10.5 below low 11". Never the whole row. */
  readonly detail: string
}

/** A row that is not stored, and why. */
export interface Rejection {
  readonly reason: RejectReason
  /** What exactly, printable, at most 120 characters. */
  readonly detail: string
}

export function rejection(reason: RejectReason, detail: string): Rejection {
  return { reason, detail: printable(detail).slice(0, 120) }
}

/** Returns at most 24 printable characters of a cell, in quotes, for use in a detail. */
export function shown(cell: string): string {
  const text = printable(cell.trim())
  return `"${text.length > 24 ? `${text.slice(0, 24)}…` : text}"`
}

function printable(text: string): string {
  return text.replace(/[^\x20-\x7e…]/g, '?')
}
