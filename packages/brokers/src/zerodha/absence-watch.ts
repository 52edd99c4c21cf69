import { type EpochMs, type InstrumentId, istDate, type TradingDate } from '@banyan/domain'

/** Notices that the day's instrument list may be wrong: the vendor leaves out what it does not know, and says nothing. */
export interface AbsenceWatch {
  /** Takes the instruments that were asked for and missing. True when one of them is for the third time that day. */
  note(missing: readonly InstrumentId[], at: EpochMs): boolean
}

const tooOften = 3

export function createAbsenceWatch(): AbsenceWatch {
  let date: TradingDate | null = null
  const times = new Map<InstrumentId, number>()
  const count = (id: InstrumentId): number => {
    const next = (times.get(id) ?? 0) + 1
    times.set(id, next)
    return next
  }
  return {
    note(missing, at) {
      if (istDate(at) !== date) times.clear()
      date = istDate(at)
      return missing.map(count).includes(tooOften)
    },
  }
}
