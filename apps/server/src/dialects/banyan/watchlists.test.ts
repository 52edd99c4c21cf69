import type { ErrorBody, Watchlist, WatchlistsReply } from '@banyan/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiCalls, bearer, createApiCalls, wordOf } from '../testing/api-calls.ts'
import { type IdentityServer, startIdentityServer } from '../testing/identity-server.ts'

let server: IdentityServer
let api: ApiCalls
beforeAll(async () => {
  server = await startIdentityServer()
  api = createApiCalls(server)
})
afterAll(() => server.close())

let people = 0
async function arrive() {
  const { access } = await api.register(`watcher${++people}@example.com`)
  const headers = bearer(access)
  return {
    list: async () => (await api.get<WatchlistsReply>('/api/watchlists', headers)).body.watchlists,
    create: (body: object) => api.post<Watchlist>('/api/watchlists', body, headers),
    patch: (id: string, body: object) => api.patch<Watchlist>(`/api/watchlists/${id}`, body, headers),
    remove: (id: string) => api.delete(`/api/watchlists/${id}`, undefined, headers),
  }
}

describe('/api/watchlists', () => {
  it('makes, lists, renames, refills and removes a list', async () => {
    const { list, create, patch, remove } = await arrive()
    expect(await list()).toEqual([])
    const made = await create({ name: ' Banks ', instruments: ['tcs', 'NSE:M&M', 'NSE:TCS'] })
    expect([made.status, made.body]).toEqual([
      201,
      {
        id: expect.stringMatching(/^wl_[\w-]{16}$/),
        name: 'Banks',
        instruments: ['NSE:TCS', 'NSE:M&M'],
        created_at: expect.stringMatching(/\+05:30$/),
        updated_at: made.body.created_at,
      },
    ])
    const { id } = made.body
    expect((await patch(id, { name: 'Cars' })).body).toMatchObject({
      name: 'Cars',
      instruments: made.body.instruments,
    })
    expect((await patch(id, { instruments: [] })).body).toMatchObject({ name: 'Cars', instruments: [] })
    expect((await list()).map(({ name }) => name)).toEqual(['Cars'])
    expect((await remove(id)).status).toBe(200)
    expect([await list(), wordOf(await remove(id))]).toEqual([[], '404 not_found'])
  })

  it('names what is wrong, and changes nothing', async () => {
    const { list, create, patch } = await arrive()
    const { id } = (await create({ name: 'Mine', instruments: ['TCS'] })).body
    const wrong: readonly (readonly [object, readonly string[]])[] = [
      [{}, ['name']],
      [{ name: ' ' }, ['name']],
      [{ name: 'x', instruments: 'TCS' }, ['instruments']],
      [{ name: 5, instruments: ['NSE:'] }, ['name', 'instruments']],
      [{ name: 'x', instruments: ['NSE:NOPE'] }, ['instruments']],
      [{ name: 'x', instruments: Array.from({ length: 201 }, (_, i) => `S${i}`) }, ['instruments']],
    ]
    for (const [body, fields] of wrong) {
      const refused = (await create(body)) as unknown as { body: ErrorBody }
      expect(refused.body.details?.map(({ field }) => field)).toEqual(fields)
    }
    expect(wordOf(await patch(id, {}))).toBe('400 invalid_parameter')
    expect(wordOf(await patch(id, { instruments: ['NSE:NOPE'] }))).toBe('400 invalid_parameter')
    expect((await list()).map(({ name, instruments }) => [name, instruments])).toEqual([['Mine', ['NSE:TCS']]])
  })

  it('ends at 20 lists, also when they come at once', async () => {
    const { list, create } = await arrive()
    const replies = await Promise.all(Array.from({ length: 24 }, (_, i) => create({ name: `List ${i}` })))
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(20)
    expect(wordOf(await create({ name: 'One more' }))).toBe('409 watchlist_limit_reached')
    expect(await list()).toHaveLength(20)
  })
})
