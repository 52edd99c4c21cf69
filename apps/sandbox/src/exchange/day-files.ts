import type { TradingDate } from '@banyan/domain'
import type { SandboxAnswer } from '../core/upstream.ts'
import { datedZip } from './dated-zip.ts'
import type { DayFormat } from './file-names.ts'
import { fullBhavcopy } from './full-bhavcopy.ts'
import { indexCloses } from './index-closes.ts'
import { oldBhavcopy } from './old-bhavcopy.ts'
import type { HostHabit } from './publication.ts'
import type { SessionRowsParts } from './session-rows.ts'
import { spelledDate } from './spelled-date.ts'
import { bseCashFile, nseCashFile, nseContractFile } from './udiff-files.ts'

/** How the files of one format are made. */
interface DayFileKind extends HostHabit {
  text(parts: SessionRowsParts, session: TradingDate): string
  /** Returns the name inside the zip; null: the file is not packed. */
  readonly nameInZip: ((session: TradingDate) => string) | null
  /** First and last session there is a file of. */
  readonly from: TradingDate
  readonly to: TradingDate
}

const always = { from: '0000-01-01', to: '9999-12-31' } as const
/** UDiFF took the place of the old file on that Monday. */
const sinceUdiff = { from: '2024-07-08', to: '9999-12-31' } as const
const beforeUdiff = { from: '0000-01-01', to: '2024-07-05' } as const
const onNse = { repeatsOnHolidays: true } as const

const kinds: Readonly<Record<DayFormat, DayFileKind>> = {
  sec_bhavdata_full: { ...onNse, ...always, text: fullBhavcopy, nameInZip: null },
  udiff_cm: { ...onNse, ...sinceUdiff, text: nseCashFile, nameInZip: (session) => udiffName('CM', session) },
  udiff_fo: { ...onNse, ...sinceUdiff, text: nseContractFile, nameInZip: (session) => udiffName('FO', session) },
  bse_udiff_cm: { repeatsOnHolidays: false, ...sinceUdiff, text: bseCashFile, nameInZip: null },
  cm_bhav: { ...onNse, ...beforeUdiff, text: oldBhavcopy, nameInZip: oldName },
  ind_close_all: { ...onNse, ...always, text: indexCloses, nameInZip: null },
}

function udiffName(segment: 'CM' | 'FO', session: TradingDate): string {
  return `BhavCopy_NSE_${segment}_0_0_0_${session.replaceAll('-', '')}_F_0000.csv`
}

function oldName(session: TradingDate): string {
  return `cm${spelledDate(session).toUpperCase().replaceAll('-', '')}bhav.csv`
}

/** Returns how the host of a format treats dates without a session. */
export function hostHabitOf(format: DayFormat): HostHabit {
  return kinds[format]
}

/** Returns the file of a session; null when the format did not exist then. */
export function dayFileAnswer(format: DayFormat, session: TradingDate, parts: SessionRowsParts): SandboxAnswer | null {
  const { text, nameInZip, from, to } = kinds[format]
  if (session < from || session > to) return null
  const csv = text(parts, session)
  if (nameInZip === null) return { status: 200, headers: { 'content-type': 'text/csv' }, body: csv }
  const zip = datedZip({ [nameInZip(session)]: Buffer.from(csv) }, session)
  return { status: 200, headers: { 'content-type': 'application/zip' }, body: zip }
}
