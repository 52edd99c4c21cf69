import { type EpochMs, istDate, type TradingDate } from '@banyan/domain'
import { ImportFileError } from './import-file-error.ts'
import { type Rejection, rejection } from './rejection.ts'

/** The rule of end-of-day files: all rows are of one session. */
export interface OneDayRule {
  /**
   * Returns null when the time is of the file's session, a rejection when another row decided it is not. Throws `wrong_date` when the
   * file's name says another day: on holidays the exchange's host serves the previous file under the asked name (upstreams.md §5.5).
   */
  check(time: EpochMs): Rejection | null
  date(): TradingDate | null
}

export function createOneDayRule(dateInName: TradingDate | null): OneDayRule {
  let session: TradingDate | null = null
  let midnight = Number.NaN
  return {
    date: () => session,
    check(time) {
      if (time === midnight) return null
      const date = istDate(time)
      if (dateInName !== null && date !== dateInName) {
        throw new ImportFileError('wrong_date', `The file is named for ${dateInName} and holds rows of ${date}.`)
      }
      if (session !== null) return rejection('wrong_date', `${date} in a file of ${session}`)
      session = date
      midnight = time
      return null
    },
  }
}
