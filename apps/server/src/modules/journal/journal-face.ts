import type { Decimal, InstrumentId, TradingDate } from '@banyan/domain'
import type { Given } from './entry-rules.ts'
import type { JournalEntry, TradeSide } from './journal-entry.ts'
import type { EntryFilter, EntryPlace } from './journal-ports.ts'

interface EntryPage {
  readonly entries: readonly JournalEntry[]
  /** Where the next page begins; null on the last. */
  readonly next: EntryPlace | null
}

/** Figures over trades whose P&L is known, in rupees. A mean over none is null. */
export interface Figures {
  readonly trades: number
  readonly wins: number
  readonly losses: number
  readonly winRatePct: number | null
  readonly pnl: Decimal
  readonly grossProfit: Decimal
  /** 0 or more, as the average. */
  readonly grossLoss: Decimal
  readonly averageWin: Decimal | null
  readonly averageLoss: Decimal | null
  /** Mean P&L of a trade. */
  readonly expectancy: Decimal | null
  /** Gross profit over gross loss. */
  readonly profitFactor: Decimal | null
}

export interface JournalStatistics {
  readonly entries: number
  readonly open: number
  /** Closed, exit price not known. */
  readonly unpriced: number
  readonly total: Figures
  /** By `YYYY-MM` of the exit in IST, ascending. */
  readonly byMonth: ReadonlyMap<string, Figures>
  /** Most trades first; a trade counts under each of its tags. The spelling is that of the newest entry. */
  readonly byTag: ReadonlyMap<string, Figures>
  /** Most trades first; a trade counts under each pattern in force at its entry. */
  readonly byPattern: ReadonlyMap<string, Figures>
  /** Known to have had no pattern. */
  readonly withoutPattern: Figures
  readonly patternsUnknown: Figures
}

/** A row of a file of entries. */
export interface GivenRow extends Given {
  readonly line: number
  /** Null when the file gives none. */
  readonly id: string | null
  readonly patternsAtEntry: readonly string[] | null
}

export interface RowProblem {
  readonly line: number
  /** Null when the row as a whole is wrong. */
  readonly field: string | null
  readonly reason: string
}

export interface ImportReport {
  readonly rows: number
  /** Entries that were added, in a preview those that would be; 0 with problems. */
  readonly added: number
  /** Rows whose entry the journal has; 0 with problems. */
  readonly known: number
  /** The first hundred. */
  readonly problems: readonly RowProblem[]
  readonly problemCount: number
}

/** A trade at a broker that may become an entry. What the broker does not tell is null. */
export interface Draft {
  readonly id: string
  readonly date: TradingDate
  readonly broker: string
  readonly brokerAccount: string
  readonly product: string | null
  readonly symbol: InstrumentId
  /** Null, as the quantity, when the day ended where it began. */
  readonly side: TradeSide | null
  readonly quantity: Decimal | null
  readonly price: Decimal | null
  readonly realised: Decimal | null
}

/**
 * The trade journal of every account. Each call is about one account's own entries: an id that is not among them is `not_found`. Problems
 * of members come as `invalid_parameter` in the names of {@link JournalEntry}.
 */
export interface JournalModule {
  create(accountId: number, given: Given): Promise<JournalEntry>
  get(accountId: number, id: string): Promise<JournalEntry>
  list(
    accountId: number,
    filter: EntryFilter,
    page: { readonly after: EntryPlace | null; readonly limit: number },
  ): Promise<EntryPage>
  /** Changes the members given and checks the whole. */
  update(accountId: number, id: string, given: Given): Promise<JournalEntry>
  remove(accountId: number, id: string): Promise<void>
  /** Reads every entry of a filter, in order, some hundred at a time. */
  everything(accountId: number, filter: EntryFilter): AsyncIterable<readonly JournalEntry[]>
  statistics(accountId: number, filter: EntryFilter): Promise<JournalStatistics>
  /**
   * Adds the entries of a file, all or, when a row is wrong, none. An entry the journal has already, by its id or else by its opening, is
   * left as it is, so that a file given twice adds nothing. A preview writes nothing.
   */
  importEntries(
    accountId: number,
    rows: AsyncIterable<GivenRow>,
    options: { readonly isPreview: boolean },
  ): Promise<ImportReport>
  /** Returns the trades of the last 30 days at the account's brokers, newest first, without those dismissed. */
  drafts(accountId: number): Promise<readonly Draft[]>
  /** Offers a draft no more. */
  dismissDraft(accountId: number, id: string): Promise<void>
}
