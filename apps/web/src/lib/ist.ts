/** India has one offset and no daylight saving, so a shifted UTC clock reads as IST whatever zone the browser is in. */
const istOffsetMs = 19_800_000

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const

/** Returns `11:42:07`, the IST time of day of an instant in epoch milliseconds. */
export function istTime(instant: number): string {
  return shifted(instant).slice(11, 19)
}

/** Returns `2021-06-09`, the IST date of an instant. */
export function istDate(instant: number): string {
  return shifted(instant).slice(0, 10)
}

/** Returns `Wed 9 Jun 2021` of a date written `YYYY-MM-DD`. */
export function readableDate(date: string): string {
  const day = new Date(`${date}T00:00:00Z`)
  return `${weekdays[day.getUTCDay()]} ${day.getUTCDate()} ${months[day.getUTCMonth()]} ${day.getUTCFullYear()}`
}

/** Returns `Wed 9 Jun 2021, 11:42:07 IST` of a timestamp of the API; null gives null. */
export function readableInstant(timestamp: string | null): string | null {
  if (timestamp === null) return null
  const instant = Date.parse(timestamp)
  return `${readableDate(istDate(instant))}, ${istTime(instant)} IST`
}

/** Returns `Wed 9 Jun 2021, 11:42 IST` of a timestamp of the API, for what no second matters of. */
export function readableMinute(timestamp: string): string {
  const instant = Date.parse(timestamp)
  return `${readableDate(istDate(instant))}, ${istTime(instant).slice(0, 5)} IST`
}

/** Returns `Mon 23 Nov, 09:15 IST` of a timestamp of the API. */
export function nextOpening(timestamp: string): string {
  const instant = Date.parse(timestamp)
  return `${readableDate(istDate(instant)).slice(0, -5)}, ${istTime(instant).slice(0, 5)} IST`
}

/** Returns how long `ms` is, `0.4 s`, `42 s`, `12 min`, `5 h 10 min`, `3 days`; null gives null. */
export function readableAge(ms: number | null): string | null {
  if (ms === null) return null
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`
  if (ms < 120_000) return `${Math.floor(ms / 1000)} s`
  const minutes = Math.floor(ms / 60_000)
  if (minutes < 120) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours >= 48) return `${Math.floor(hours / 24)} days`
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
}

/** Returns the date `days` calendar days before `date`. */
export function daysBefore(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10)
}

/**
 * Returns the epoch second that a chart, which knows only UTC, must be given so that its axis reads IST.
 * `time` is a timestamp of the API.
 */
export function chartSecond(time: string): number {
  return Math.floor((Date.parse(time) + istOffsetMs) / 1000)
}

/** Returns `YYYY-MM-DDTHH:mm:ss.sssZ` whose digits are IST. */
function shifted(instant: number): string {
  return new Date(instant + istOffsetMs).toISOString()
}
