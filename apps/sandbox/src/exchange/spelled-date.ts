import type { TradingDate } from '@banyan/domain'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Returns `21-Aug-2026`. */
export function spelledDate(date: TradingDate): string {
  return `${date.slice(8)}-${months[Number(date.slice(5, 7)) - 1]}-${date.slice(0, 4)}`
}

/** Returns the date of a year, a spelled month in any case and a day; null when there is no such month. The day is not checked. */
export function joinSpelledDate(year: string, month: string, day: string): string | null {
  const number = months.findIndex((name) => name.toLowerCase() === month.toLowerCase()) + 1
  return number === 0 ? null : `${year}-${String(number).padStart(2, '0')}-${day}`
}
