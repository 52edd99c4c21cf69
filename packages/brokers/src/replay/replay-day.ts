import { type EpochMs, type InstrumentId, istMidnight, type TradingCalendar, type TradingDate } from '@banyan/domain'
import type { TickDay } from './tick-day.ts'

/** A close with the instant its session ended. */
interface SessionClose {
  readonly price: number
  readonly asOf: EpochMs
}

export interface ReplayInstrument {
  readonly id: InstrumentId
  /** False for an index: its ticks carry no volume of their own. */
  readonly hasVolume: boolean
  /** Latest close before the recorded day, shown until the first tick; null when none is known. */
  readonly previous: SessionClose | null
  /** Close of the session before `previous`; null when that session's row is missing. */
  readonly beforePrevious: number | null
  /** Close of the session before the recorded one, what the day's change is against; null when that row is missing. */
  readonly prevClose: number | null
  /** Official close of the recorded day, shown after the last tick of all; null when unknown, then the last tick stays. */
  readonly close: SessionClose | null
}

/** Everything replayed: the ticks, and the closes around them. `instruments` begins with those of `ticks`, in its order. */
export interface ReplayDay {
  readonly date: TradingDate
  readonly midnight: EpochMs
  readonly instruments: readonly ReplayInstrument[]
  readonly ticks: TickDay
}

export interface FollowedInstrument {
  readonly id: InstrumentId
  readonly hasVolume: boolean
  /** Daily closes up to and including the recorded date, newest first, on that date's price basis; three are looked at. */
  readonly closes: readonly { readonly date: TradingDate; readonly close: number }[]
}

/** How far an official close may lie from the last tick. It is an average of the last half hour; no split or bonus is this small. */
const closeTolerance = 0.05

/**
 * Joins a day's ticks with the daily closes around it. Instruments without ticks show the previous close and, after the
 * session, the day's. A tick's instrument nobody follows is replayed with unknown closes; so is one whose close of the day is not
 * near its last tick: then the closes stand on another price basis, split since for instance, and no change may be taken over both.
 */
export function createReplayDay(parts: {
  readonly date: TradingDate
  readonly calendar: TradingCalendar
  readonly ticks: TickDay
  readonly followed: readonly FollowedInstrument[]
}): ReplayDay {
  const followed = new Map(parts.followed.map((instrument) => [instrument.id, instrument]))
  const lastPrices = lastPricesOf(parts.ticks)
  const withTicks = parts.ticks.instruments.map((id, position) => {
    const instrument = followed.get(id) ?? { id, hasVolume: true, closes: [] }
    return isOnBasisOf(lastPrices[position] ?? 0, instrument, parts.date) ? instrument : { ...instrument, closes: [] }
  })
  const ticking = new Set(parts.ticks.instruments)
  const withoutTicks = parts.followed.filter((instrument) => !ticking.has(instrument.id))
  return {
    date: parts.date,
    midnight: istMidnight(parts.date),
    instruments: [...withTicks, ...withoutTicks].map((instrument) => placeCloses(instrument, parts)),
    ticks: parts.ticks,
  }
}

function lastPricesOf({ instruments, instrument, price }: TickDay): Float64Array {
  const last = new Float64Array(instruments.length)
  instrument.forEach((position, tick) => {
    last[position] = price[tick] ?? 0
  })
  return last
}

function isOnBasisOf(lastPrice: number, { closes }: FollowedInstrument, date: TradingDate): boolean {
  const close = closes.find((row) => row.date === date)?.close
  return close === undefined || Math.abs(lastPrice / close - 1) <= closeTolerance
}

function placeCloses(
  instrument: FollowedInstrument,
  { date, calendar }: { date: TradingDate; calendar: TradingCalendar },
): ReplayInstrument {
  const segment = instrument.id.startsWith('BSE:') ? 'BSE_CM' : 'NSE_CM'
  const closeOf = (day: TradingDate) => instrument.closes.find((row) => row.date === day)?.close ?? null
  const shown = instrument.closes.find((row) => row.date < date)
  const sessionEnd = (day: TradingDate) => calendar.sessionOf(day, segment)?.to ?? null
  const close = (day: TradingDate): SessionClose | null => {
    const [price, asOf] = [closeOf(day), sessionEnd(day)]
    return price === null || asOf === null ? null : { price, asOf }
  }
  return {
    id: instrument.id,
    hasVolume: instrument.hasVolume,
    previous: shown ? close(shown.date) : null,
    beforePrevious: shown ? closeOf(calendar.previousTradingDay(shown.date, segment)) : null,
    // Only the row of the very session before: with that row missing, an older one would give a change over several days.
    prevClose: closeOf(calendar.previousTradingDay(date, segment)),
    close: close(date),
  }
}
