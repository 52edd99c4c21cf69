import type { BrokerHolding } from '@banyan/brokers'
import { BanyanError, type EpochMs } from '@banyan/domain'
import type { FindShare } from './find-share.ts'
import { gatherHoldings } from './gather-holdings.ts'
import { gatherTrades } from './gather-trades.ts'
import { readCode } from './read-cell.ts'
import { type ReadTrade, readHoldingRow, readTradeRow } from './read-rows.ts'
import { readTableHeader, type TableHeader } from './table-header.ts'
import { createRowReader, type FileRow, isFooter, type RowProblem, type RowReader } from './table-row.ts'
import type { Trade } from './trade.ts'

/** All that was read of a table. */
export interface ReadTable {
  /** Without footers. */
  readonly rows: number
  /** Lines below the header that are no rows: sums and sentences. */
  readonly footers: number
  /** Rows of which something is wrong. */
  readonly rejected: number
  /** The first of {@link problemCount}. */
  readonly problems: readonly RowProblem[]
  readonly problemCount: number
  /** The first of those that were understood. */
  readonly shown: readonly ShownRow[]
  /** What the column `account` says; null without one. */
  readonly account: string | null
  readonly holdings: readonly BrokerHolding[]
  readonly trades: readonly Omit<Trade, 'broker' | 'brokerAccount'>[]
}

/** A row that was understood. */
export type ShownRow = { readonly line: number } & (
  | { readonly holding: BrokerHolding }
  | { readonly trade: ReadTrade['trade'] }
)

const shownProblems = 100
const shownRows = 200
/** One transaction holds them all, and other writers wait for it. */
const mostRows = 50_000

/** Reads a whole table; nothing is written. Throws `invalid_parameter` for one with another table in it, and for too many rows. */
export async function readTable(
  header: TableHeader,
  rows: AsyncIterable<FileRow>,
  parts: { readonly findShare: FindShare; readonly now: EpochMs },
): Promise<ReadTable> {
  const table = createTable(header, parts)
  for await (const row of rows) table.take(row)
  return table.read()
}

function createTable(header: TableHeader, parts: { readonly findShare: FindShare; readonly now: EpochMs }) {
  const rowParts = { ...parts, format: header.format }
  const { holdings, take: takeHolding } = gatherHoldings()
  const { trades, take: takeTrade } = gatherTrades()
  const account = createAccountColumn()
  const problems: RowProblem[] = []
  const shown: ShownRow[] = []
  let [rows, footers, rejected, problemCount] = [0, 0, 0, 0]

  function readRow(row: RowReader, { cells, isBroken }: FileRow): ShownRow | null {
    if (isBroken)
      return row.refuse(null, 'has quotes that do not match', 'Close each quote, or double one inside a cell.')
    if (cells.slice(header.names.length).some((cell) => cell.trim() !== ''))
      return row.refuse(null, 'has more cells than the header', 'Put names and numbers with commas in quotes.')
    account.check(row)
    return header.format.kind === 'holdings' ? readHolding(row) : readTrade(row)
  }

  function readHolding(row: RowReader): ShownRow | null {
    const holding = readHoldingRow(row, rowParts)
    if (holding === null) return null
    takeHolding(row, holding)
    return { line: row.line, holding }
  }

  function readTrade(row: RowReader): ShownRow | null {
    const read = readTradeRow(row, rowParts)
    if (read === null) return null
    takeTrade(row, read)
    return { line: row.line, trade: read.trade }
  }

  function reject(row: RowReader, { cells, line }: FileRow): void {
    if (readTableHeader(cells) !== null)
      throw refusal(`has a second header on line ${line}: import each table as a file of its own`)
    rejected++
    problemCount += row.problems.length
    problems.push(...row.problems.slice(0, shownProblems - problems.length))
  }

  return {
    take(given: FileRow): void {
      if (isFooter(given)) {
        footers++
        return
      }
      rows++
      if (rows > mostRows) throw refusal(`has more than ${mostRows} rows: split it`)
      const row = createRowReader(header, given)
      const understood = readRow(row, given)
      if (row.problems.length > 0) reject(row, given)
      else if (understood !== null && shown.length < shownRows) shown.push(understood)
    },
    read: (): ReadTable => {
      const counts = { rows, footers, rejected, problemCount }
      return { ...counts, problems, shown, account: account.told(), holdings, trades }
    },
  }
}

/** A file is of one account. */
function createAccountColumn() {
  let first: { readonly account: string; readonly line: number } | null = null
  return {
    check(row: RowReader): void {
      const account = row.read('account', readCode)
      if (account === null) return
      first ??= { account, line: row.line }
      if (account !== first.account)
        row.refuse('account', `is not that of line ${first.line}`, 'Import each account as a file of its own.')
    },
    told: () => first?.account ?? null,
  }
}

function refusal(reason: string): BanyanError {
  return new BanyanError('invalid_parameter', { details: [{ field: 'body', reason }] })
}
