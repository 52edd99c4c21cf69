import type { DeletedReply, Watchlist, WatchlistBody, WatchlistPatchBody, WatchlistsReply } from '@banyan/contracts'
import { type Abortable, type AccountCall, part } from './account-call.ts'

const base = '/api/watchlists'

/** Returns the calls about the account's watchlists. */
export function createWatchlists({ asUser }: { readonly asUser: AccountCall }) {
  return {
    watchlists: {
      list: (options?: Abortable) => asUser<WatchlistsReply>('GET', base, options),
      create: (body: WatchlistBody, options?: Abortable) => asUser<Watchlist>('POST', base, { body, ...options }),
      update: (id: string, body: WatchlistPatchBody, options?: Abortable) =>
        asUser<Watchlist>('PATCH', `${base}/${part(id)}`, { body, ...options }),
      remove: (id: string, options?: Abortable) => asUser<DeletedReply>('DELETE', `${base}/${part(id)}`, options),
    },
  }
}
