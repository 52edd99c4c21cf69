import {
  addDays,
  type Clock,
  dayMs,
  type EpochMs,
  istMidnight,
  istTimeOfDayMs,
  type MarketClock,
  type TradingDate,
} from '@banyan/domain'

export interface ReplayClockParts {
  readonly wall: Clock
  readonly date: TradingDate
  /** Market seconds per wall second, > 0; 1 by default. */
  readonly speed?: number
  /** Recorded time of day at creation, ms since 00:00 IST, from 09:00 to before 16:00; null (default) lets the wall clock decide. */
  readonly startMs?: number | null
  /** False plays once, from `startMs` or 09:00, and then stays at 16:00. True by default. */
  readonly loop?: boolean
}

/** A loop begins at the pre-open session and ends when the post-close session has; both ms since 00:00 IST. */
const loopStartMs = 9 * 3_600_000
const loopEndMs = 16 * 3_600_000
const loopMs = loopEndMs - loopStartMs

/** Returns the market clock of a replay. It runs backwards only where a loop ends. */
export function createReplayClock(parts: ReplayClockParts): MarketClock {
  const { speed = 1, startMs = null, loop = true } = parts
  if (!(Number.isFinite(speed) && speed > 0)) throw new RangeError('replay speed must be above zero')
  if (startMs !== null && !(startMs >= loopStartMs && startMs < loopEndMs)) {
    throw new RangeError('replay start must be from 09:00 to before 16:00')
  }
  if (speed === 1 && startMs === null && loop) return createFollowingClock(parts)
  return createLoopClock({ ...parts, speed, startMs, loop })
}

/**
 * The recorded time of day follows the wall clock in IST, every day. From midnight to 09:00 the market clock is on the day
 * after the recorded one: the day's close is then a night old, as it would be, and the trading day is still the recorded one.
 */
function createFollowingClock({ wall, date }: ReplayClockParts): MarketClock {
  const recorded = istMidnight(date)
  const dayAfter = istMidnight(addDays(date, 1))
  return {
    mode: 'replay',
    recordedDate: date,
    now() {
      const timeOfDay = istTimeOfDayMs(wall.now())
      return (timeOfDay >= loopStartMs ? recorded : dayAfter) + timeOfDay
    },
    wallTimeOf(marketInstant) {
      const now = wall.now()
      const ahead = (istTimeOfDayMs(marketInstant) - istTimeOfDayMs(now) + dayMs) % dayMs
      return now + (ahead === 0 ? dayMs : ahead)
    },
  }
}

/** One loop from 09:00 to 16:00 after the other, at any speed. */
function createLoopClock(parts: Required<ReplayClockParts>): MarketClock {
  const { wall, date, speed, loop } = parts
  const periodMs = loopMs / speed
  const recorded = istMidnight(date)
  const anchor = anchorOf(parts)
  const played = () => wall.now() - anchor
  const now = (): EpochMs => {
    const position = loop ? (((played() % periodMs) + periodMs) % periodMs) * speed : Math.min(played() * speed, loopMs)
    return recorded + loopStartMs + Math.floor(position)
  }
  return {
    mode: 'replay',
    recordedDate: date,
    now,
    wallTimeOf(marketInstant) {
      const timeOfDay = Math.min(Math.max(istTimeOfDayMs(marketInstant), loopStartMs), loopEndMs)
      const first = anchor + (timeOfDay - loopStartMs) / speed
      const passed = wall.now() - first
      if (passed < 0) return Math.ceil(first)
      return loop ? Math.ceil(first + (Math.floor(passed / periodMs) + 1) * periodMs) : Number.POSITIVE_INFINITY
    },
  }
}

/**
 * Returns the wall instant at which a loop begins. Without a start time that is a fixed midnight long past, the same for every
 * instance and every restart, so that all show the same market; a daily anchor would cut loops longer than a day for ever.
 */
function anchorOf({ wall, speed, startMs, loop }: Required<ReplayClockParts>): EpochMs {
  if (startMs === null) return loop ? istMidnight('2000-01-01') : wall.now()
  return wall.now() - (startMs - loopStartMs) / speed
}
