import {
  DeletedReply,
  IdParams,
  named,
  Watchlist,
  WatchlistBody,
  WatchlistPatchBody,
  WatchlistsReply,
} from '@banyan/contracts'
import { BanyanError, type ErrorCode, formatIst, type InstrumentId } from '@banyan/domain'
import type { FastifyInstance } from 'fastify'
import {
  type Watchlist as StoredWatchlist,
  type WatchlistsModule,
  watchlistLimits,
} from '../../modules/watchlists/index.ts'
import { idOf, idPath } from '../api/account-fields.ts'
import { sessionOf } from '../api/api-checks.ts'
import { instrumentIdsOf, nameOf, needed, optionalField, readFields } from '../api/fields.ts'
import { responses, userErrors } from '../api/route-schema.ts'

const config = { credential: 'user', rateClass: 'api' } as const
const changing = { ...config, leastRole: 'member' } as const
const tags = ['watchlists']
const changes: readonly ErrorCode[] = [...userErrors, 'insufficient_role', 'cross_site_request']
const name = nameOf(60)
const instruments = instrumentIdsOf(0, watchlistLimits.instruments)
const none: readonly InstrumentId[] = []

/** /api/watchlists (ours): what an account keeps an eye on. */
export function addWatchlists(app: FastifyInstance, parts: { readonly watchlists: WatchlistsModule }): void {
  addListAndCreate(app, parts.watchlists)
  addPatchAndDelete(app, parts.watchlists)
}

const create = { name: needed(name), instruments: optionalField(instruments, none) }

function addListAndCreate(app: FastifyInstance, watchlists: WatchlistsModule): void {
  app.get('/api/watchlists', {
    config,
    schema: {
      operationId: 'listWatchlists',
      summary: 'Watchlists of the account',
      tags,
      response: responses({ 200: named(WatchlistsReply) }, userErrors),
    },
    async handler(request): Promise<WatchlistsReply> {
      return { watchlists: (await watchlists.list(sessionOf(request).accountId)).map(toBody) }
    },
  })
  app.post('/api/watchlists', {
    config: changing,
    schema: {
      operationId: 'createWatchlist',
      summary: 'Make a watchlist',
      tags,
      body: WatchlistBody,
      response: responses({ 201: named(Watchlist) }, [...changes, 'invalid_parameter', 'watchlist_limit_reached']),
    },
    async handler(request, reply): Promise<Watchlist> {
      const given = readFields(request.body, create)
      reply.code(201)
      return toBody(await watchlists.create(sessionOf(request).accountId, given))
    },
  })
}

const patch = { name: optionalField(name, undefined), instruments: optionalField(instruments, undefined) }

function addPatchAndDelete(app: FastifyInstance, watchlists: WatchlistsModule): void {
  app.patch(`/api/watchlists/${idPath}`, {
    config: changing,
    schema: {
      operationId: 'changeWatchlist',
      summary: 'Rename a watchlist or replace its instruments',
      tags,
      params: IdParams,
      body: WatchlistPatchBody,
      response: responses({ 200: named(Watchlist) }, [...changes, 'invalid_parameter', 'not_found']),
    },
    async handler(request): Promise<Watchlist> {
      const given = readFields(request.body, patch)
      const change = {
        ...(given.name === undefined ? {} : { name: given.name }),
        ...(given.instruments === undefined ? {} : { instruments: given.instruments }),
      }
      if (Object.keys(change).length === 0)
        throw new BanyanError('invalid_parameter', {
          details: [{ field: 'name', reason: 'or instruments is required' }],
        })
      return toBody(await watchlists.change(sessionOf(request).accountId, idOf(request.params), change))
    },
  })
  app.delete(`/api/watchlists/${idPath}`, {
    config: changing,
    schema: {
      operationId: 'deleteWatchlist',
      summary: 'Remove a watchlist',
      tags,
      params: IdParams,
      response: responses({ 200: named(DeletedReply) }, [...changes, 'not_found']),
    },
    async handler(request): Promise<DeletedReply> {
      await watchlists.remove(sessionOf(request).accountId, idOf(request.params))
      return { deleted: true }
    },
  })
}

function toBody({ id, name, instruments, createdAt, updatedAt }: StoredWatchlist): Watchlist {
  const listed = [...instruments]
  return { id, name, instruments: listed, created_at: formatIst(createdAt), updated_at: formatIst(updatedAt) }
}
