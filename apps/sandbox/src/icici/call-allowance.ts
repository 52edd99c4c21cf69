import type { TradingDate } from '@banyan/domain'

const minuteMs = 60_000
/** The vendor's published limits, over all operations (upstreams.md §3.4). */
const callsPerMinute = 100
const callsPerDay = 5_000

/** When a call was made. */
interface CallTime {
  /** Of a clock that never goes back: limits of a minute count on it. */
  readonly elapsedMs: number
  /** In India. */
  readonly date: TradingDate
}

/** Counts calls by who made them. */
export interface CallAllowance {
  /**
   * Counts a call against all of the names, whether it is of a key or of a user nobody knows (upstreams.md §3.4). Returns null when it may
   * go on, else the limit that is reached for one of them; then it counts for none.
   */
  take(names: readonly string[], at: CallTime): 'minute' | 'day' | null
}

export function createCallAllowance(): CallAllowance {
  const meters = new Map<string, Meter>()
  const meterOf = (name: string) => {
    const meter = meters.get(name) ?? { minute: [], date: '', today: 0 }
    meters.set(name, meter)
    return meter
  }
  return {
    take(names, at) {
      const used = names.map((name) => turnedTo(meterOf(name), at))
      if (used.some(({ today }) => today >= callsPerDay)) return 'day'
      if (used.some(({ minute }) => minute.length >= callsPerMinute)) return 'minute'
      for (const meter of used) {
        meter.minute.push(at.elapsedMs)
        meter.today++
      }
      return null
    },
  }
}

interface Meter {
  /** When the calls of the last minute were made, oldest first. */
  minute: number[]
  date: TradingDate
  today: number
}

function turnedTo(meter: Meter, { elapsedMs, date }: CallTime): Meter {
  meter.minute = meter.minute.filter((made) => made > elapsedMs - minuteMs)
  if (meter.date !== date) Object.assign(meter, { date, today: 0 })
  return meter
}
