import {
  type CandleInterval,
  type CandleSeries,
  dateOfDayNumber,
  type EpochMs,
  istDayNumber,
  istTimeOfDayMs,
} from '@banyan/domain'

/**
 * Renders candles as a JSON array, oldest first. Building the text by hand was tried and is no faster: writing 25,000 numbers is the
 * cost. Labels come from day numbers instead of a Date each.
 */
export function renderCandles(series: CandleSeries, interval: CandleInterval): string {
  const timeOf = interval.endsWith('minute') ? createMinuteLabels() : dateLabel
  const { time, open, high, low, close, volume } = series
  const rows = Array.from(time, (instant, i) => ({
    time: timeOf(instant),
    open: open[i],
    high: high[i],
    low: low[i],
    close: close[i],
    volume: volume[i],
  }))
  return JSON.stringify(rows)
}

function dateLabel(time: EpochMs): string {
  return dateOfDayNumber(istDayNumber(time))
}

/** Returns the function that labels a minute bar with its start; the date's text is kept from one bar to the next. */
function createMinuteLabels(): (time: EpochMs) => string {
  let day = Number.NaN
  let date = ''
  return (time) => {
    const number = istDayNumber(time)
    if (number !== day) {
      day = number
      date = dateOfDayNumber(number)
    }
    const minutes = Math.floor(istTimeOfDayMs(time) / 60_000)
    return `${date}T${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}:00+05:30`
  }
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value)
}
