import { type EpochMs, formatIst, istDate, parseTimestamp } from '@banyan/domain'
import { spelledDate } from '../exchange/spelled-date.ts'

/** Returns `16-Aug-2024 13:19:03`: India time that does not say so. */
export function spelledTime(at: EpochMs): string {
  return `${spelledDate(istDate(at))} ${formatIst(at).slice(11, 19)}`
}

/** Returns `2024-06-03 09:15:00`: India time that does not say so. */
export function candleTime(at: EpochMs): string {
  return formatIst(at).slice(0, 19).replace('T', ' ')
}

/** Returns the instant of `2024-06-03T09:15:00.000Z`, whose Z is not true: it is India time (upstreams.md §3.5). Null for any other text. */
export function parseHistoryTime(text: string): EpochMs | null {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.000Z$/.test(text) ? parseTimestamp(`${text.slice(0, 19)}+05:30`) : null
}
