import { type EpochMs, formatIst, parseTimestamp } from '@banyan/domain'

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
const spelledForm = /^(\d{2})-([A-Za-z]{3})-(\d{4}) (\d{2}:\d{2}:\d{2})$/
const naiveForm = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/

/** Returns the instant of `16-Aug-2024 13:19:03`, which is India time without saying so; null for any other text. */
export function parseTradeTime(text: string): EpochMs | null {
  const [, day, name, year, time] = spelledForm.exec(text) ?? []
  const month = months.indexOf(name?.toUpperCase() ?? '') + 1
  return month === 0 ? null : parseTimestamp(`${year}-${String(month).padStart(2, '0')}-${day}T${time}+05:30`)
}

/** Returns the instant of `2024-06-03 09:15:00`, which is India time without saying so; null for any other text. */
export function parseCandleTime(text: string): EpochMs | null {
  return naiveForm.test(text) ? parseTimestamp(`${text}+05:30`) : null
}

/** Returns the instant as the vendor's history takes it: India time, and a Z that is not true (upstreams.md §3.5). */
export function formatHistoryTime(instant: EpochMs): string {
  return `${formatIst(instant).slice(0, 19)}.000Z`
}
