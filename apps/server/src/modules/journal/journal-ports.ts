import type { Decimal, EpochMs, InstrumentId, TradingDate } from '@banyan/domain'
import type { JournalEntry } from './journal-entry.ts'

/** Which entries are asked for. Null asks for all. */
export interface EntryFilter {
  readonly symbol: InstrumentId | null
  /** In any case. */
  readonly tag: string | null
  /** Instants of opening, `[from, to)`. */
  readonly from: EpochMs | null
  readonly to: EpochMs | null
}

/** Place in the order of entries: newest opening first, then by id. */
export type EntryPlace = Pick<JournalEntry, 'openedAt' | 'id'>

/** What statistics read of an entry. Equal lists of tags, and of patterns, are best one and the same: trades of one are added up together. */
export type TradeOutcome = Pick<JournalEntry, 'closedAt' | 'pnl' | 'tags' | 'patternsAtEntry'>

export interface JournalStore {
  find(accountId: number, id: string): Promise<JournalEntry | null>
  /** Returns at most `limit` entries behind a place, in order; from the first one on for null. */
  list(
    accountId: number,
    filter: EntryFilter,
    page: { readonly after: EntryPlace | null; readonly limit: number },
  ): Promise<readonly JournalEntry[]>
  /** Reads every entry of a filter, some thousand at a time; the event loop gets a turn between them. */
  outcomes(accountId: number, filter: EntryFilter): AsyncIterable<readonly TradeOutcome[]>
  /** Returns how many of the ids the account has. */
  countKnown(accountId: number, ids: readonly string[]): Promise<number>
  /** Adds the entries whose ids the account does not have and leaves the others as they are, all or nothing. Returns how many were added. */
  add(accountId: number, entries: readonly JournalEntry[]): Promise<number>
  /** Replaces an entry by what `change` makes of it, in one transaction. Null when there is none. What `change` throws leaves it as it was. */
  change(accountId: number, id: string, change: (entry: JournalEntry) => JournalEntry): Promise<JournalEntry | null>
  /** Returns false when there is none. */
  remove(accountId: number, id: string): Promise<boolean>
  listDismissed(accountId: number): Promise<readonly string[]>
  /** Remembers a draft as dismissed, and forgets those of days before `since`, which are offered no more. */
  dismiss(
    accountId: number,
    draft: { readonly id: string; readonly date: TradingDate },
    since: TradingDate,
  ): Promise<void>
}

/** One line of a day's buying and selling at a broker, as the last sync of that day read it. */
export interface DayPosition {
  readonly broker: string
  readonly brokerAccount: string
  readonly instrument: InstrumentId
  /** In the broker's words; null where it does not say. */
  readonly product: string | null
  readonly date: TradingDate
  /** What the day added, signed; 0 when it ended where it began. */
  readonly quantity: Decimal
  /** Units of money per unit of quantity and price: 1 for shares. */
  readonly multiplier: Decimal
  /** Rupees a unit; null unknown. */
  readonly averagePrice: Decimal | null
  readonly realised: Decimal | null
}

/** Where drafts come from. */
export interface DayTrades {
  /** Returns the lines of trading days from `since` on, in any order. */
  listDayPositions(accountId: number, since: TradingDate): Promise<readonly DayPosition[]>
}

/** Returns the ids of the patterns in force in an instrument at an instant; null when not known, or not known soon enough. Never rejects. */
export type PatternsAt = (instrument: InstrumentId, at: EpochMs) => Promise<readonly string[] | null>
