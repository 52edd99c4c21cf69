import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bodyOf } from './testing/body-of.ts'
import { startTestServer, type TestServer } from './testing/test-server.ts'

interface Field {
  readonly route: string
  readonly name: string
  readonly place: 'query' | 'path'
  readonly others: string
}

const injected = [
  "'; drop table candles; --",
  '<script>alert(1)</script>',
  '../../etc/passwd',
  '\u0000',
  '1e309',
  '-1',
  'NaN',
  '1e2',
  '１２',
  '__proto__',
  'constructor',
  'हिन्दी',
  '😀',
  ' ',
  '0x10',
  '9'.repeat(40),
  'A'.repeat(101),
  'A'.repeat(1_500),
  '2026-02-30',
  '12-03-2026',
  '2021-06-09T09:15:00',
  'null',
  '[]',
  '{"a":1}',
  '%',
  'x\r\nSet-Cookie: a=b',
]

describe('every parameter of every route', () => {
  let server: TestServer
  let fields: Field[] = []
  beforeAll(async () => {
    server = await startTestServer()
    fields = fieldsOf(await bodyOf<Document>(await server.get('/openapi.json')))
  })
  afterAll(() => server.app.close())

  it('is known from the routes themselves, so that a new one is tested as soon as it exists', () => {
    const names = fields.map(({ route, name }) => `${route} ${name}`).sort()
    expect(names).toEqual([
      '/api/analysis/{symbol} symbol',
      '/api/candles/{instrument} adjusted',
      '/api/candles/{instrument} from',
      '/api/candles/{instrument} instrument',
      '/api/candles/{instrument} interval',
      '/api/candles/{instrument} to',
      '/api/instruments limit',
      '/api/instruments q',
      '/api/market-map limit',
      '/api/movers limit',
      '/api/patterns/{symbol} interval',
      '/api/patterns/{symbol} symbol',
      '/api/patterns/{symbol}/matches k',
      '/api/patterns/{symbol}/matches metric',
      '/api/patterns/{symbol}/matches symbol',
      '/api/patterns/{symbol}/matches window',
      '/api/quotes symbols',
      '/api/signals cursor',
      '/api/signals direction',
      '/api/signals limit',
      '/api/signals pattern',
      '/api/signals sort',
      '/api/signals symbol',
      '/api/signals timeframe',
      '/api/signals verdict',
    ])
    const documented = server.app.routes().filter(({ url, method }) => method === 'GET' && url.startsWith('/api/'))
    expect(documented.map(({ url }) => url.replace(/:(\w+)\(.*\)/, '{$1}')).sort()).toEqual([
      '/api/analysis/{symbol}',
      '/api/candles/{instrument}',
      '/api/health',
      '/api/index/snapshot',
      '/api/instruments',
      '/api/market-map',
      '/api/movers',
      '/api/patterns',
      '/api/patterns/{symbol}',
      '/api/patterns/{symbol}/matches',
      '/api/quotes',
      '/api/signals',
    ])
  })

  it('answers injected, wrong, long and foreign values with 200, 404 or a 400 that names the field, never 500', async () => {
    const wrong: string[] = []
    for (const field of fields) {
      for (const value of injected) {
        const reply = await server.get(addressOf(field, value))
        if (!(await isGoodAnswer(reply, field.name)))
          wrong.push(`${field.route} ${field.name}=${value}: ${reply.status}`)
      }
    }
    expect(wrong).toEqual([])
  })

  it('refuses each query value when it is empty or repeated, naming the field', async () => {
    for (const field of fields.filter(({ place }) => place === 'query')) {
      for (const query of [`${field.name}=`, `${field.name}=1&${field.name}=1`, `${field.name}=&${field.name}=`]) {
        const reply = await server.get(`${addressOf({ ...field, place: 'path' }, 'TCS').split('?')[0]}?${query}`)
        const body = await bodyOf(reply)
        expect({ status: reply.status, code: body.code }).toEqual({ status: 400, code: 'invalid_parameter' })
        expect(body.details?.map((detail) => detail.field)).toContain(field.name)
      }
    }
  })

  it('names every failing field at once', async () => {
    const reply = await server.get('/api/candles/XYZ:TCS?interval=2minute&from=x&to=&adjusted=yes')
    const { details, message, error, msg } = await bodyOf(reply)
    expect(details?.map((detail) => detail.field)).toEqual(['instrument', 'interval', 'from', 'to', 'adjusted'])
    expect([error, msg]).toEqual([message, message])
  })

  it('ignores parameters it does not know, also ones named like object internals', async () => {
    for (const query of ['nonsense=1', '__proto__=1&__proto__=2', 'constructor=1', 'toString=1'])
      expect((await server.get(`/api/movers?${query}`)).status).toBe(200)
  })
})

interface Document {
  readonly paths: Record<
    string,
    { get?: { parameters?: { name: string; in: 'query' | 'path'; required?: boolean }[] } }
  >
}

function fieldsOf(document: Document): Field[] {
  return Object.entries(document.paths).flatMap(([route, { get }]) =>
    (get?.parameters ?? []).map((parameter) => {
      const others = (get?.parameters ?? []).filter((other) => other.in === 'query' && other.required)
      const rest = others.filter((other) => other !== parameter).map((other) => `&${other.name}=TCS`)
      return { route, name: parameter.name, place: parameter.in, others: rest.join('') }
    }),
  )
}

function addressOf(field: Field, value: string): string {
  const path = field.route.replace(/\{\w+\}/, encodeURIComponent(field.place === 'path' ? value : 'TCS'))
  return field.place === 'path'
    ? `${path}?x=1${field.others}`
    : `${path}?${field.name}=${encodeURIComponent(value)}${field.others}`
}

async function isGoodAnswer(reply: Response, field: string): Promise<boolean> {
  const body = await bodyOf(reply)
  if (reply.status === 200) return body.success === undefined
  if (reply.status === 404) return body.code === 'unknown_symbol'
  return reply.status === 400 && (body.details ?? []).some((detail) => detail.field === field)
}
