import type { TradingDate } from '@banyan/domain'
import { type Operation, type UpstreamAnswer, type UpstreamPort, Verdict } from '../http/upstream-port.ts'
import { dateOfFile } from './file-date.ts'
import { browserHeaders, dayFileOperations } from './operations.ts'

/** A file of an exchange about one session. */
export interface DayFile {
  /** As the exchange names it. */
  readonly name: string
  readonly bytes: Buffer
}

/** Which of a day's files there are, and the names of those that are not there yet. */
export interface DayFiles {
  readonly files: readonly DayFile[]
  readonly missing: readonly string[]
}

/** Fetches the end-of-day files of a session: shares and indices of NSE, shares of BSE. Rejects as the port does when an archive fails. */
export async function fetchDayFiles(port: UpstreamPort, date: TradingDate, signal: AbortSignal): Promise<DayFiles> {
  const [year = '', month = '', day = ''] = date.split('-')
  const asked = [
    [dayFileOperations.nseShares, `sec_bhavdata_full_${day}${month}${year}.csv`],
    [dayFileOperations.nseIndices, `ind_close_all_${day}${month}${year}.csv`],
    [dayFileOperations.bseShares, `BhavCopy_BSE_CM_0_0_0_${year}${month}${day}_F_0000.CSV`],
  ] as const
  const files: DayFile[] = []
  const missing: string[] = []
  for (const [operation, name] of asked) {
    const bytes = await fetchFile(port, { operation, name, date, signal })
    if (bytes === null) missing.push(name)
    else files.push({ name, bytes })
  }
  return { files, missing }
}

function fetchFile(
  port: UpstreamPort,
  asked: {
    readonly operation: Operation
    readonly name: string
    readonly date: TradingDate
    readonly signal: AbortSignal
  },
): Promise<Buffer | null> {
  return port.call({
    operation: asked.operation,
    path: { file: asked.name },
    headers: browserHeaders,
    limitKey: null,
    rank: 'history',
    secrets: [],
    signal: asked.signal,
    read: (answer) => readFile(answer, asked.date),
  })
}

/** Returns null for a file that is not there yet, also where the one before lies under its name. Throws for what is no such file. */
function readFile({ status, body }: UpstreamAnswer, date: TradingDate): Buffer | null {
  if (status === 404) return null
  if (status === 403) throw new Verdict('forbidden')
  if (status === 429) throw new Verdict('rate_limited', { retryAfterS: 60 })
  if (status >= 500) throw new Verdict(status === 504 ? 'timeout' : 'unavailable')
  const about = status === 200 ? dateOfFile(body.toString('utf8')) : null
  if (about === null) throw new Error('this is no end-of-day file')
  return about === date ? body : null
}
