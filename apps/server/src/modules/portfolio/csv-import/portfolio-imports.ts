import { BanyanError, type Clock, type EpochMs, type TradingCalendar } from '@banyan/domain'
import type { StoredBook } from '../stored-book.ts'
import { type FileTitles, readFileTitles } from './file-titles.ts'
import { createShareFinder, type ShareDirectory } from './find-share.ts'
import { type ReadTable, readTable } from './read-table.ts'
import type { TableFormat } from './table-format.ts'
import type { TableHeader } from './table-header.ts'
import type { FileRow } from './table-row.ts'
import type { Trade } from './trade.ts'
import type { TradeStore } from './trade-store.ts'

/** A file whose header was found. */
export interface PortfolioFile {
  /** The lines above the header, in cells. */
  readonly titles: readonly (readonly string[])[]
  readonly header: TableHeader
  /** Those below it. To be read once. */
  readonly rows: AsyncIterable<FileRow>
}

interface ImportOptions {
  /** True writes nothing. */
  readonly isPreview: boolean
  /** True imports what was understood of a file with rejected rows; else such a file is refused. */
  readonly skipsRejected: boolean
  /** Whose account at the broker it is; null when the file says so. */
  readonly account: string | null
}

/** What a file brought, or would bring. */
export interface ImportReport extends Omit<ReadTable, 'account' | 'holdings' | 'trades'> {
  readonly format: TableFormat
  readonly brokerAccount: string
  /** Of holdings: the instant their figures are as of. */
  readonly asOf: EpochMs | null
  /** False in a preview, and when rejected rows kept the file out. */
  readonly isWritten: boolean
  /** Holdings in the book, or trades that are new. */
  readonly added: number
  /** Trades that are there already, or stand in the file twice. */
  readonly known: number
  /** What becomes of the book; null for trades. */
  readonly book: { readonly change: 'new' | 'replaced'; readonly asOfBefore: EpochMs | null } | null
}

/** Takes what brokers' files tell, for people without access to an API. */
export interface PortfolioImports {
  /**
   * Reads a file and puts all of it in its place, or nothing: a book in place of the one of its account, trades beside those that are there.
   * Throws `invalid_parameter` about the `body` or the `account` when the file as a whole cannot be taken.
   */
  importFile(accountId: number, file: PortfolioFile, options: ImportOptions): Promise<ImportReport>
}

/** Where books are; the portfolio is one. */
interface BookReplacement {
  books(accountId: number): Promise<readonly StoredBook[]>
  replaceBook(accountId: number, book: StoredBook): Promise<void>
}

export interface PortfolioImportParts {
  readonly books: BookReplacement
  readonly trades: Pick<TradeStore, 'add' | 'countKnown'>
  readonly instruments: ShareDirectory
  readonly calendar: Pick<TradingCalendar, 'tradingDayOf'>
  /** The wall clock. */
  readonly clock: Clock
}

export function createPortfolioImports(parts: PortfolioImportParts): PortfolioImports {
  const { clock, books, trades, calendar } = parts

  async function importHoldings(accountId: number, told: Told, isWritten: boolean) {
    const { format, brokerAccount, stored, table } = told
    const asOf = told.titles.asOf ?? told.now
    const before = stored.find((book) => book.broker === format.broker && book.brokerAccount === brokerAccount)
    const key = { broker: format.broker, brokerAccount, source: 'csv' as const }
    const dated = { syncedAt: asOf, tradingDay: calendar.tradingDayOf(asOf) }
    if (isWritten) await books.replaceBook(accountId, { ...key, ...dated, holdings: table.holdings, positions: [] })
    const change = before === undefined ? ('new' as const) : ('replaced' as const)
    return { asOf, added: table.holdings.length, known: 0, book: { change, asOfBefore: before?.syncedAt ?? null } }
  }

  async function importTrades(accountId: number, { format, brokerAccount, table }: Told, isWritten: boolean) {
    const all: readonly Trade[] = table.trades.map((trade) => ({ ...trade, broker: format.broker, brokerAccount }))
    const added = isWritten ? await trades.add(accountId, all) : all.length - (await trades.countKnown(accountId, all))
    return { asOf: null, added, known: table.rows - table.rejected - added, book: null }
  }

  return {
    async importFile(accountId, file, { isPreview, skipsRejected, account }) {
      const now = clock.now()
      const { format } = file.header
      const titles = readFileTitles(file.titles, now)
      const findShare = createShareFinder(parts.instruments)
      const table = await readTable(file.header, file.rows, { findShare, now })
      if (table.rows === 0) throw refusal('body', 'has no rows below its header')
      const stored = await books.books(accountId)
      const brokerAccount = accountOf({ format, given: account, told: table.account ?? titles.account, stored })
      const isWritten = !isPreview && table.rejected < table.rows && (table.rejected === 0 || skipsRejected)
      const told = { format, brokerAccount, stored, table, titles, now }
      const brought = await (format.kind === 'holdings' ? importHoldings : importTrades)(accountId, told, isWritten)
      const { account: _inBrokerAccount, holdings: _inBook, trades: _inStore, ...read } = table
      return { ...read, ...brought, format, brokerAccount, isWritten }
    },
  }
}

/** What is known of a file before anything is written. */
interface Told {
  readonly format: TableFormat
  readonly brokerAccount: string
  readonly stored: readonly StoredBook[]
  readonly table: ReadTable
  readonly titles: FileTitles
  readonly now: EpochMs
}

/** Returns the account at the broker as its book spells it: two spellings would be two books, and everything would count twice. */
function accountOf({
  format,
  given,
  told,
  stored,
}: {
  readonly format: TableFormat
  readonly given: string | null
  readonly told: string | null
  readonly stored: readonly StoredBook[]
}): string {
  const isSame = (one: string, other: string) => one.toLowerCase() === other.toLowerCase()
  if (given !== null && told !== null && !isSame(given, told))
    throw refusal('account', `is ${given}, but the file is of ${told}`)
  const account = given ?? told ?? (format.broker === 'csv' ? 'csv' : null)
  if (account === null)
    throw refusal('account', `is required: a ${format.title} file does not say whose it is. Give your client ID there`)
  const known = stored.find((book) => book.broker === format.broker && isSame(book.brokerAccount, account))
  return known?.brokerAccount ?? account
}

function refusal(field: string, reason: string): BanyanError {
  return new BanyanError('invalid_parameter', { details: [{ field, reason }] })
}
