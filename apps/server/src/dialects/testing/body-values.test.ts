import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestPlace } from '../../infra/database/testing/open-stores.ts'
import { createPostgresPlaces } from '../../infra/database/testing/postgres-places.ts'
import { type ApiCalls, bearer, createApiCalls, password } from './api-calls.ts'
import { type IdentityServer, startIdentityServer } from './identity-server.ts'
import { refusingBroker } from './refusing-broker.ts'

interface Member {
  readonly type?: string
  readonly anyOf?: readonly Member[]
  readonly enum?: readonly string[]
}

interface Document {
  readonly paths: Record<string, Record<string, Operation>>
}

interface Operation {
  readonly requestBody?: { content: { 'application/json'?: { schema: { properties?: Record<string, Member> } } } }
  readonly parameters?: readonly { readonly name: string; readonly in: string }[]
}

interface Field {
  readonly method: string
  readonly path: string
  readonly name: string
  readonly types: ReadonlySet<string>
}

const wrongValues: readonly (readonly [string, unknown])[] = [
  ['null', null],
  ['integer', 5],
  ['number', 1.5],
  ['boolean', true],
  ['string', 'x'],
  ['array', []],
  ['array', ['x']],
  ['array', [null]],
  ['object', {}],
  ['object', { a: 1 }],
]

const texts = [
  '',
  ' ',
  "'; drop table accounts; --",
  '<script>alert(1)</script>',
  '../../etc/passwd',
  'a\u0000b',
  'x\r\nSet-Cookie: a=b',
  '\ud800',
  '__proto__',
  'constructor',
  'हिन्दी',
  '😀',
  '１２３４５６',
  '9'.repeat(40),
  'A'.repeat(1_500),
  'A'.repeat(20_000),
  'a.b.c',
  'null',
  '%',
  '2026-02-30T00:00:00Z',
]

/** Members that are only read beside another. */
const beside: Readonly<Record<string, object>> = {
  'patch /api/auth/me password': { email: 'x@example.com' },
  'patch /api/auth/me code': { email: 'x@example.com' },
}

/** What stands beside an odd text, so that it gets as far as it can. Of two that would change the account for good one is missing. */
const companions: Readonly<Record<string, unknown>> = {
  email: 'someone@example.com',
  password,
  code: '123456',
  challenge: 'a.b.c',
  ticket: 'ticket',
  response: { id: 'x' },
  token: 'token',
  name: 'Name',
  new_password: 'another horse 10',
  symbol: 'TCS',
  side: 'buy',
  quantity: 1,
  price: 1,
  opened_at: '2026-01-05T09:00:00+05:30',
}

const places = createPostgresPlaces(process.env)
const isPostgresAbsent = await places.isAbsent()

describe.each([
  ['SQLite', false],
  ['PostgreSQL', true],
] as const)('bodies of every account route, over %s', (_name, isPostgres) => {
  let place: TestPlace | null = null
  let server: IdentityServer
  let api: ApiCalls
  let document: Document
  let fields: readonly Field[] = []
  let headers: Record<string, string> = {}
  const isSkipped = isPostgres && isPostgresAbsent

  beforeAll(async () => {
    if (isSkipped) return
    place = isPostgres ? await places.createPlace() : null
    const brokers = [refusingBroker('zerodha'), refusingBroker('icici')]
    server = await startIdentityServer({ brokers, ...(place === null ? {} : { database: place.options }) })
    api = createApiCalls(server)
    const owner = { email: 'owner@example.com', password, name: null, role: 'owner' } as const
    await server.identity.administration.create(owner)
    headers = bearer((await api.login(owner.email)).body.access_token)
    document = (await api.get<Document>('/openapi.json')).body
    fields = fieldsOf(document)
  })
  afterAll(async () => {
    if (isSkipped) return
    await server.close()
    await place?.remove()
  })

  const send = ({ method, path, name }: Field, value: unknown, more: object = {}) =>
    api.send(method.toUpperCase(), path.replace('{id}', 'key_0000000000000000').replace('{broker}', 'icici'), {
      headers,
      body: { ...more, ...beside[`${method} ${path} ${name}`], [name]: value },
    })

  it.skipIf(isSkipped)('are known from the routes, so that a new one is tested as soon as it exists', () => {
    const withBody = new Set(fields.map(({ method, path }) => `${method} ${path}`))
    const changing = Object.entries(document.paths)
      .filter(([path]) => path.startsWith('/api/'))
      .flatMap(([path, operations]) => Object.keys(operations).map((method) => `${method} ${path}`))
      .filter((route) => !route.startsWith('get '))
    expect(changing.filter((route) => !withBody.has(route)).sort()).toEqual([
      'delete /api/applications/{id}',
      'delete /api/auth/factors/devices/{id}',
      'delete /api/auth/sessions',
      'delete /api/auth/sessions/{id}',
      'delete /api/brokers/{broker}/connect',
      'delete /api/journal/{id}',
      'delete /api/keys/{id}',
      'delete /api/portfolio',
      'delete /api/watchlists/{id}',
      'post /api/auth/logout',
      'post /api/auth/me/export',
      'post /api/brokers/icici/callback',
      'post /api/journal/drafts/{id}/dismiss',
      'post /api/journal/import',
      'post /api/portfolio/import',
    ])
    expect(withBody.size).toBe(38)
  })

  it.skipIf(isSkipped)('refuse a value of another type and name the member', async () => {
    const wrong: string[] = []
    for (const field of fields)
      for (const [type, value] of wrongValues.filter(([of]) => !field.types.has(of))) {
        const { status, body } = await send(field, value)
        const isNamed = body.details?.some((detail) => detail.field === field.name) === true
        if (status !== 400 || body.code !== 'invalid_parameter' || !isNamed)
          wrong.push(
            `${field.method} ${field.path} ${field.name}=${type} ${JSON.stringify(value)}: ${status} ${body.code}`,
          )
      }
    expect(wrong).toEqual([])
  })

  it.skipIf(isSkipped)('answer any text with an answer of ours, never with a failure', async () => {
    const wrong: string[] = []
    for (const field of fields.filter(({ types }) => types.has('string'))) {
      server.turn(901_000) // what was guessed wrong is over
      const others = fields.filter(({ method, path }) => method === field.method && path === field.path)
      const named = others.map(({ name }) => [name, companions[name]] as const)
      const isProfile = `${field.method} ${field.path}` === 'patch /api/auth/me'
      const more = isProfile ? {} : Object.fromEntries(named)
      for (const text of texts) {
        const { status, body } = await send(field, text, more)
        const isRefusal = status >= 400 && status < 500 && body.success === 'false'
        const shown = `${field.method} ${field.path} ${field.name}=${text.slice(0, 30)}`
        if (status >= 300 && !isRefusal) wrong.push(`${shown}: ${status} ${body.code}`)
      }
    }
    expect(wrong).toEqual([])
    expect(server.lines.filter((line) => line.includes('"level":"error"'))).toEqual([])
  })

  it.skipIf(isSkipped)('have no id that fails', async () => {
    const wrong: string[] = []
    for (const [path, operations] of Object.entries(document.paths)) {
      if (!path.startsWith('/api/') || !path.includes('{id}')) continue
      for (const method of Object.keys(operations))
        for (const text of texts.filter((one) => one !== '' && one.isWellFormed())) {
          const address = path.replace('{id}', encodeURIComponent(text.slice(0, 1_000)))
          const body = { password: 'wrong horse 9', days: 1, enabled: true }
          const { status } = await api.send(method.toUpperCase(), address, {
            headers,
            ...(method === 'get' ? {} : { body }),
          })
          if (![400, 403, 404, 429].includes(status)) wrong.push(`${method} ${address.slice(0, 60)}: ${status}`)
        }
    }
    expect(wrong).toEqual([])
  })
})

function fieldsOf(document: Document): readonly Field[] {
  return Object.entries(document.paths)
    .filter(([path]) => path.startsWith('/api/'))
    .flatMap(([path, operations]) =>
      Object.entries(operations).flatMap(([method, { requestBody }]) =>
        Object.entries(requestBody?.content['application/json']?.schema.properties ?? {}).map(([name, member]) => ({
          method,
          path,
          name,
          types: typesOf(member),
        })),
      ),
    )
}

/** An integer is a number, too; an enumeration takes some texts only, so that any other is wrong as well. */
function typesOf(member: Member): ReadonlySet<string> {
  const types = (member.anyOf ?? [member]).map(({ type, enum: words }) => (words === undefined ? (type ?? '') : ''))
  return new Set(types.includes('number') ? [...types, 'integer'] : types)
}
