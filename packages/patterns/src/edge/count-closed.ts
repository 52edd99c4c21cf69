/**
 * Returns how many of a series' candles were closed at `asOf`, all of them when it is not given. A candle tells when it opened, not
 * when it closed: it counts as closed once the smallest step between two candles of the series has passed since. That is later
 * than the truth before a break, and never earlier where all candles have one length, as all intervals but the month have.
 */
export function countClosed(time: Float64Array, asOf: number | undefined): number {
  if (asOf === undefined) return time.length
  let step = Number.POSITIVE_INFINITY
  for (let i = 1; i < time.length; i++) step = Math.min(step, (time[i] ?? 0) - (time[i - 1] ?? 0))
  const open = time.findIndex((opening) => opening + step > asOf)
  return open < 0 ? time.length : open
}
