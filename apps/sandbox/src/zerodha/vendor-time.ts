import { type EpochMs, formatIst, parseTimestamp } from '@banyan/domain'

/** Writes `2026-03-12 08:55:14`: India time that does not say so. */
export function vendorTime(instant: EpochMs): string {
  return formatIst(instant).slice(0, 19).replace('T', ' ')
}

/** Writes the time of a candle: `2026-03-12T09:15:00+0530`. */
export function candleTime(instant: EpochMs): string {
  return `${formatIst(instant).slice(0, 19)}+0530`
}

/** Reads what a query may hold: a date, or a date and a time, in India; null for anything else. */
export function readVendorTime(text: string): EpochMs | null {
  const match = /^(\d{4}-\d{2}-\d{2})(?: (\d{2}:\d{2}:\d{2}))?$/.exec(text)
  return match ? parseTimestamp(`${match[1]}T${match[2] ?? '00:00:00'}+05:30`) : null
}
