import type {
  DeletedReply,
  DismissedReply,
  JournalDraftsReply,
  JournalEntry,
  JournalEntryBody,
  JournalImportReply,
  JournalPatchBody,
  JournalReply,
  JournalStatisticsReply,
} from '@banyan/contracts'
import { query } from '../query.ts'
import { type Abortable, type AccountCall, part } from './account-call.ts'

/** Which entries are asked for; all of them by default. */
export interface JournalFilter {
  readonly symbol?: string
  /** In any case. */
  readonly tag?: string
  /** First and last date of the opening, `YYYY-MM-DD` in IST, both included. */
  readonly from?: string
  readonly to?: string
}

interface JournalPage {
  /** 1–200, default 50. */
  readonly limit?: number
  /** `next_cursor` of the page before. */
  readonly cursor?: string
}

const base = '/api/journal'

/** Returns the calls of the trade journal. */
export function createJournal({
  asUser,
  csvAsUser,
}: {
  readonly asUser: AccountCall
  readonly csvAsUser: (path: string, options?: Abortable) => Promise<string>
}) {
  return {
    journal: {
      /** Newest opening first, a page at a time. */
      list: ({ symbol, tag, from, to, limit, cursor, ...options }: JournalFilter & JournalPage & Abortable = {}) =>
        asUser<JournalReply>('GET', `${base}${query({ symbol, tag, from, to, limit, cursor })}`, options),
      create: (body: JournalEntryBody, options?: Abortable) => asUser<JournalEntry>('POST', base, { body, ...options }),
      get: (id: string, options?: Abortable) => asUser<JournalEntry>('GET', `${base}/${part(id)}`, options),
      /** Changes what is given; null clears `closed_at`, `exit_price` or `rating`. */
      update: (id: string, body: JournalPatchBody, options?: Abortable) =>
        asUser<JournalEntry>('PATCH', `${base}/${part(id)}`, { body, ...options }),
      remove: (id: string, options?: Abortable) => asUser<DeletedReply>('DELETE', `${base}/${part(id)}`, options),

      statistics: ({ symbol, tag, from, to, ...options }: JournalFilter & Abortable = {}) =>
        asUser<JournalStatisticsReply>('GET', `${base}/statistics${query({ symbol, tag, from, to })}`, options),

      /** Returns the entries as a CSV file. */
      exportCsv: ({ symbol, tag, from, to, ...options }: JournalFilter & Abortable = {}) =>
        csvAsUser(`${base}/export${query({ symbol, tag, from, to })}`, options),
      /** Adds the entries of a CSV file, all or, when a row is wrong, none; a preview writes nothing and lists what is wrong. */
      importCsv: (csv: string, { preview, ...options }: Abortable & { readonly preview?: boolean } = {}) =>
        asUser<JournalImportReply>('POST', `${base}/import${query({ preview })}`, { csv, ...options }),

      /** Trades at synced brokers that may become entries. */
      drafts: (options?: Abortable) => asUser<JournalDraftsReply>('GET', `${base}/drafts`, options),
      dismissDraft: (id: string, options?: Abortable) =>
        asUser<DismissedReply>('POST', `${base}/drafts/${part(id)}/dismiss`, options),
    },
  }
}
