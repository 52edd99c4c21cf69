import type {
  BookReply,
  HoldingsReply,
  IciciSyncBody,
  IciciSyncReply,
  PnlReply,
  PortfolioDeletedReply,
  PortfolioImportReply,
  PositionsReply,
  ReturnsReply,
  ZerodhaSyncBody,
  ZerodhaSyncReply,
} from '@banyan/contracts'
import { query } from '../query.ts'
import type { Abortable, AccountCall } from './account-call.ts'

const base = '/api/portfolio'

/** The server gives a broker 25 s. */
export const syncMs = 35_000

/** Returns the calls about what the account holds at its brokers. */
export function createPortfolio({ asUser }: { readonly asUser: AccountCall }) {
  return {
    portfolio: {
      /** Reads the book at Zerodha with a fresh sign-in. Takes up to 25 s, whatever `timeoutMs` of the client is. */
      syncZerodha: (body: ZerodhaSyncBody, options?: Abortable) =>
        asUser<ZerodhaSyncReply>('POST', `${base}/sync`, { body, leastTimeoutMs: syncMs, ...options }),
      /** The same at ICICI Direct. */
      syncIcici: (body: IciciSyncBody, options?: Abortable) =>
        asUser<IciciSyncReply>('POST', `${base}/icici-sync`, { body, leastTimeoutMs: syncMs, ...options }),
      /** Everything at every broker, at the prices of now. */
      book: (options?: Abortable) => asUser<BookReply>('GET', `${base}/book`, options),
      /** Yearly return on the person's own money, and growth of one rupee, from imported trades. */
      returns: (options?: Abortable) => asUser<ReturnsReply>('GET', `${base}/returns`, options),
      /** As the brokers gave them at the last sync. */
      holdings: (options?: Abortable) => asUser<HoldingsReply>('GET', `${base}/holdings`, options),
      /** Open ones: `net` is held now, `day` was bought and sold today; both lists without `type`. They are never added. */
      positions: ({ type, ...options }: Abortable & { readonly type?: 'net' | 'day' } = {}) =>
        asUser<PositionsReply>('GET', `${base}/positions${query({ type })}`, options),
      /** Of now and of the calendar days until today, 1–365, default 30. */
      pnl: ({ days, ...options }: Abortable & { readonly days?: number } = {}) =>
        asUser<PnlReply>('GET', `${base}/pnl${query({ days })}`, options),
      /**
       * Imports holdings or trades from a broker's CSV file, all or, when a row is wrong, none; a preview writes nothing and lists what is wrong.
       * `account` is the client ID, for files that do not say it; `rejected: 'skip'` imports the other rows.
       */
      importCsv: (
        csv: string,
        {
          preview,
          rejected,
          account,
          ...options
        }: Abortable & {
          readonly preview?: boolean
          readonly rejected?: 'refuse' | 'skip'
          readonly account?: string
        } = {},
      ) =>
        asUser<PortfolioImportReply>('POST', `${base}/import${query({ preview, rejected, account })}`, {
          csv,
          ...options,
        }),
      /** Erases everything synced or imported, for good. */
      remove: (options?: Abortable) => asUser<PortfolioDeletedReply>('DELETE', base, options),
    },
  }
}
