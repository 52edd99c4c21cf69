import { type EpochMs, formatIst, parseTimestamp } from '@banyan/domain'
import type { VendorRow } from '../vendor-cells.ts'

const naiveForm = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/

/** Returns the instant of `2026-03-12 08:55:14`, which is India time without saying so; null for any other text. */
export function parseVendorTime(text: string): EpochMs | null {
  return naiveForm.test(text) ? parseTimestamp(`${text}+05:30`) : null
}

/** Returns the instant as the vendor takes it in a query: India time to the second, without a zone. */
export function formatVendorTime(instant: EpochMs): string {
  return formatIst(instant).slice(0, 19).replace('T', ' ')
}

/** Returns the instant of the field's India time; null when the vendor leaves it empty. Throws when it is missing or no time. */
export function timeIn(row: VendorRow, field: string): EpochMs | null {
  const value = row[field]
  if (value === null || value === '') return null
  const time = typeof value === 'string' ? parseVendorTime(value) : null
  if (time === null) throw new Error(`${field} is not a time`)
  return time
}
