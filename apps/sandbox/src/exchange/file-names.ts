import { parseTradingDate, type TradingDate } from '@banyan/domain'
import { joinSpelledDate } from './spelled-date.ts'

const dayFormats = ['sec_bhavdata_full', 'udiff_cm', 'udiff_fo', 'bse_udiff_cm', 'cm_bhav', 'ind_close_all'] as const
export type DayFormat = (typeof dayFormats)[number]

/** A file of one day. */
export interface DayFile {
  readonly format: DayFormat
  /** The date in its name. */
  readonly date: TradingDate
}

const dayFirst = '(?<d>\\d{2})(?<m>\\d{2})(?<y>\\d{4})'
const yearFirst = '(?<y>\\d{4})(?<m>\\d{2})(?<d>\\d{2})'
const spelled = '(?<y>\\d{4})/(?<mon>[A-Z]{3})/cm(?<d>\\d{2})\\k<mon>\\k<y>'

/** Where each file lies (upstreams.md §5.5). */
const places: Readonly<Record<DayFormat, RegExp>> = {
  sec_bhavdata_full: new RegExp(`^/products/content/sec_bhavdata_full_${dayFirst}\\.csv$`),
  udiff_cm: new RegExp(`^/content/cm/BhavCopy_NSE_CM_0_0_0_${yearFirst}_F_0000\\.csv\\.zip$`),
  udiff_fo: new RegExp(`^/content/fo/BhavCopy_NSE_FO_0_0_0_${yearFirst}_F_0000\\.csv\\.zip$`),
  bse_udiff_cm: new RegExp(`^/download/BhavCopy/Equity/BhavCopy_BSE_CM_0_0_0_${yearFirst}_F_0000\\.CSV$`),
  cm_bhav: new RegExp(`^/content/historical/EQUITIES/${spelled}bhav\\.csv\\.zip$`),
  ind_close_all: new RegExp(`^/content/indices/ind_close_all_${dayFirst}\\.csv$`),
}

/** Returns the file a path names; null for any other path, and for a date that does not exist. */
export function dayFileAt(path: string): DayFile | null {
  for (const format of dayFormats) {
    const parts = places[format].exec(path)?.groups
    if (parts) {
      const date = dateOf(parts)
      return date === null ? null : { format, date }
    }
  }
  return null
}

function dateOf({ y = '', m, mon = '', d = '' }: Readonly<Record<string, string | undefined>>): TradingDate | null {
  return parseTradingDate(m === undefined ? (joinSpelledDate(y, mon, d) ?? '') : `${y}-${m}-${d}`)
}
