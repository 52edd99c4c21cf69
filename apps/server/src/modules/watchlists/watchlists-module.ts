import { randomBytes } from 'node:crypto'
import { BanyanError, type Clock, type InstrumentId } from '@banyan/domain'
import type { InstrumentsModule } from '../instruments/index.ts'
import type { Watchlist, WatchlistStore } from './watchlist-store.ts'

export const watchlistLimits = { lists: 20, instruments: 200 } as const

interface WatchlistChange {
  readonly name?: string
  readonly instruments?: readonly InstrumentId[]
}

export interface WatchlistsModule {
  /** Returns the account's lists, oldest first. */
  list(accountId: number): Promise<readonly Watchlist[]>
  /** Throws `invalid_parameter` for an instrument no exchange list knows, `watchlist_limit_reached` for a list too many. */
  create(accountId: number, given: Required<WatchlistChange>): Promise<Watchlist>
  /** Changes what is given. Throws `not_found`, and as {@link create} does for instruments. */
  change(accountId: number, id: string, given: WatchlistChange): Promise<Watchlist>
  /** Throws `not_found`. */
  remove(accountId: number, id: string): Promise<void>
}

export function createWatchlistsModule(parts: {
  readonly store: WatchlistStore
  readonly instruments: Pick<InstrumentsModule, 'find'>
  readonly clock: Clock
}): WatchlistsModule {
  const { store, instruments, clock } = parts

  /** Several spellings may mean one instrument; it is kept under its own. */
  function known(ids: readonly InstrumentId[]): readonly InstrumentId[] {
    const found = ids.map((id) => ({ id, instrument: instruments.find(id) }))
    const unknown = found.filter(({ instrument }) => !instrument).map(({ id }) => id)
    if (unknown.length > 0) {
      const reason = `has ${unknown.slice(0, 5).join(', ')}, which no exchange list knows`
      throw new BanyanError('invalid_parameter', { details: [{ field: 'instruments', reason }] })
    }
    return [...new Set(found.flatMap(({ instrument }) => instrument?.id ?? []))]
  }

  return {
    list: (accountId) => store.list(accountId),
    async create(accountId, { name, instruments: ids }) {
      const now = clock.now()
      const id = `wl_${randomBytes(12).toString('base64url')}`
      const made = { id, name, instruments: known(ids), createdAt: now, updatedAt: now }
      if (!(await store.add(accountId, made, watchlistLimits.lists))) throw new BanyanError('watchlist_limit_reached')
      return made
    },
    async change(accountId, id, { instruments: ids, ...given }) {
      const changes = { ...given, ...(ids === undefined ? {} : { instruments: known(ids) }), updatedAt: clock.now() }
      const changed = await store.change(accountId, id, (watchlist) => ({ ...watchlist, ...changes }))
      if (changed === null) throw new BanyanError('not_found')
      return changed
    },
    async remove(accountId, id) {
      if (!(await store.remove(accountId, id))) throw new BanyanError('not_found')
    },
  }
}
