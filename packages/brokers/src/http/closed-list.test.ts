import { describe, expect, it } from 'vitest'
import { UpstreamError } from '../outcome.ts'
import { createUpstreamPort, type UpstreamPortParts } from './create-upstream-port.ts'
import { json, startStandIn } from './testing/stand-in.ts'
import { createTestPort, operations } from './testing/test-port.ts'
import type { Operation, UpstreamCall } from './upstream-port.ts'

const defect = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'went out',
    (error: unknown) => (error instanceof UpstreamError ? 'an outcome' : String(error)),
  )

describe('what is off the closed list throws before any connection', () => {
  const item = { path: { kind: 'a', id: 'b' } }
  it.each<[string, Operation, Partial<UpstreamCall<unknown>>]>([
    ['an order', { ...operations.once, name: 'place', method: 'POST', path: '/orders/regular' }, {}],
    ['a copy of an operation', { ...operations.once }, {}],
    ['a missing path value', operations.item, { path: { kind: 'a' } }],
    ['no path value', operations.item, {}],
    ['an inherited path value', operations.item, { path: Object.create({ kind: 'a', id: 'b' }) }],
    ['an unknown path value', operations.item, { path: { ...item.path, more: 'c' } }],
    ['a path value for a fixed path', operations.once, { path: { once: 'orders' } }],
    ['an empty segment', operations.item, { path: { kind: 'a', id: '' } }],
    ['the same folder', operations.item, { path: { kind: '.', id: 'b' } }],
    ['the folder above', operations.item, { path: { kind: '..', id: 'orders' } }],
    ['half a surrogate pair', operations.item, { path: { kind: '\ud800', id: 'b' } }],
    ['another host', operations.once, { headers: { Host: 'elsewhere.example' } }],
    ['a length of its own', operations.once, { headers: { 'content-length': '0' } }],
    ['a framing of its own', operations.once, { headers: { 'Transfer-Encoding': 'chunked' } }],
  ])('%s', async (_, operation, also) => {
    const server = await startStandIn(json({}))
    const { call } = createTestPort(server.address)
    expect(await defect(call(operation, also))).toMatch(/Error/)
    expect(server.connections()).toBe(0)
  })
})

describe('a port is not made', () => {
  const parts: UpstreamPortParts = {
    provider: 'vendor',
    hosts: { rest: 'https://vendor.example' },
    operations: [operations.limited],
    limits: { pace: { perMs: 1_000, calls: 1, scope: 'both' } },
    clock: { now: () => 0 },
  }
  const withPath = (path: string) => ({ operations: [{ ...operations.limited, path }] })
  const withHost = (rest: string, allowPrivate = true) => ({ hosts: { rest }, allowPrivate })

  it('of parts that fit it is', () => {
    expect(createUpstreamPort(parts).circuit()).toBe('closed')
    expect(createUpstreamPort({ ...parts, ...withHost('http://[::1]:8080/base') }).provider).toBe('vendor')
  })

  it.each<[Partial<UpstreamPortParts>, string]>([
    [{ hosts: {} }, 'limited names the host rest'],
    [{ limits: {} }, 'limited names the limit pace'],
    [{ limits: { pace: { perMs: 0, calls: 1, scope: 'key' } } }, 'pace needs perMs and calls above 0'],
    [withPath('limited'), 'path of plain segments'],
    [withPath('/a/../b'), 'path of plain segments'],
    [withPath('/a?b'), 'path of plain segments'],
    [withPath('/a%2e'), 'path of plain segments'],
    [withHost('vendor.example'), 'host rest is no http or https URL'],
    [withHost('ftp://vendor.example'), 'host rest is no http or https URL'],
    [withHost('https://me:word@vendor.example'), 'neither user and password nor a query'],
    [withHost('https://vendor.example/?a=b'), 'neither user and password nor a query'],
    [withHost('http://vendor.example'), 'must be https'],
    [withHost('http://93.184.215.14'), 'must be https'],
    [withHost('https://127.0.0.1', false), 'is private'],
    [withHost('http://localhost:80', false), 'is private'],
    [withHost('https://[::ffff:10.0.0.1]', false), 'is private'],
    [{ hosts: { rest: 'https://10.0.0.1' }, allowPrivate: ['other'] }, 'is private'],
  ])('with %j: %s', (also, why) => {
    expect(() => createUpstreamPort({ ...parts, ...also })).toThrow(why)
  })
})
