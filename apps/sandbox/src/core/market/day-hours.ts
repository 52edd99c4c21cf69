import { dateOfDayNumber, dayNumberOf, type EpochMs, istDayNumber, type TradingCalendar } from '@banyan/domain'
import { type ListedInstrument, segmentOf, type TradingSpan } from './listed-instrument.ts'

/** When a market trades on a day. */
export interface DayHours {
  readonly dayNumber: number
  /** Continuous trading, ascending. */
  readonly spans: readonly TradingSpan[]
  /** When the closing auction has its one price; null without one. */
  readonly auctionAt: EpochMs | null
}

/** The closing auction's price, this long after it began (its random end is 15:28 to 15:30). */
const auctionDelayMs = 15 * 60_000

/** Returns the hours of a day; null when there is no trading. */
export function hoursOn(calendar: TradingCalendar, instrument: ListedInstrument, dayNumber: number): DayHours | null {
  const phases = calendar.phasesOf(dateOfDayNumber(dayNumber), segmentOf(instrument.exchange), instrument.group)
  const spans = phases.filter(({ phase }) => phase === 'open')
  if (spans.length === 0) return null
  const auction = phases.find(({ phase }) => phase === 'closing_auction')
  return { dayNumber, spans, auctionAt: auction ? auction.from + auctionDelayMs : null }
}

/** Returns the hours of the latest day that has begun to trade; null before the instrument's first. */
export function hoursBegun(calendar: TradingCalendar, instrument: ListedInstrument, at: EpochMs): DayHours | null {
  const first = dayNumberOf(instrument.listedOn)
  for (let day = istDayNumber(at); day >= first; day--) {
    const hours = hoursOn(calendar, instrument, day)
    if (hours && (hours.spans[0]?.from ?? Number.POSITIVE_INFINITY) <= at) return hours
  }
  return null
}

/** Returns the latest day of trading before; ends, since a market trades within any month. */
export function previousDayOf(calendar: TradingCalendar, instrument: ListedInstrument, dayNumber: number): number {
  let day = dayNumber - 1
  while (hoursOn(calendar, instrument, day) === null && day > dayNumber - 31) day--
  return day
}
