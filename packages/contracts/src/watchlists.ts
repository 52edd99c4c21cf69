import { type Static, Type } from 'typebox'
import { timestamp } from './account-fields.ts'
import { named } from './named.ts'

const name = Type.String({ description: '1–60 characters after trimming, no control characters.' })
const instruments = Type.Array(Type.String(), {
  maxItems: 200,
  description: 'Instrument IDs in the order shown; a bare symbol means NSE. Duplicates merge.',
})

/** Body of POST /api/watchlists (ours). */
export const WatchlistBody = Type.Object({ name, instruments: Type.Optional(instruments) })
export type WatchlistBody = Static<typeof WatchlistBody>

/** Body of PATCH /api/watchlists/{id}: what is given changes; a list of instruments is replaced. */
export const WatchlistPatchBody = Type.Object({
  name: Type.Optional(name),
  instruments: Type.Optional(instruments),
})
export type WatchlistPatchBody = Static<typeof WatchlistPatchBody>

export const Watchlist = Type.Object(
  { id: Type.String(), name, instruments, created_at: timestamp('Creation'), updated_at: timestamp('Last change') },
  { $id: 'Watchlist' },
)
export type Watchlist = Static<typeof Watchlist>

/** Reply of GET /api/watchlists, oldest first. */
export const WatchlistsReply = Type.Object({ watchlists: Type.Array(named(Watchlist)) }, { $id: 'WatchlistsReply' })
export type WatchlistsReply = Static<typeof WatchlistsReply>
