import { inspect } from 'node:util'
import { istMidnight, parseTimestamp } from '@banyan/domain'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { UpstreamPort } from '../http/upstream-port.ts'
import { UpstreamError } from '../outcome.ts'
import { iciciLimits } from './operations.ts'
import { breezeAnswer, pageAnswer } from './testing/breeze-answer.ts'
import { holdingRow, plain, positionRow, quoteRow } from './testing/breeze-rows.ts'
import {
  type BreezeServer,
  isSigned,
  type SeenRequest,
  startBreezeServer,
  type Vendor,
} from './testing/breeze-server.ts'
import {
  type ConnectOptions,
  connectIcici,
  credentialsOf,
  never,
  signingIn,
  tokenOf,
} from './testing/connected-icici.ts'
import { inventedIsins } from './testing/invented-codes.ts'

let server: BreezeServer
const ports: UpstreamPort[] = []
beforeAll(async () => {
  server = await startBreezeServer()
})
afterEach(async () => {
  for (const port of ports.splice(0)) await port.close()
})
afterAll(() => server.close())

const asked = ({ body }: SeenRequest): Record<string, string> => JSON.parse(body.toString('utf8'))
const empty = breezeAnswer({ Success: null, Status: 500, Error: 'No Data Found' })

function connect(vendor: Vendor, also: ConnectOptions = {}) {
  server.answerWith(signingIn(vendor))
  const connected = connectIcici(server, also)
  ports.push(connected.port)
  return connected
}

async function openSession(vendor: Vendor, also: ConnectOptions = {}) {
  const connected = connect(vendor, also)
  return { ...connected, session: await connected.broker.open(credentialsOf('asha'), never()) }
}

async function errorOf(call: Promise<unknown>): Promise<UpstreamError> {
  const error = await call.catch((reason: unknown) => reason)
  if (error instanceof UpstreamError) return error
  throw new Error('the call did not fail as calls do', { cause: error })
}

describe('signing in', () => {
  it('BZ-5 leads to a page whose address holds the key, encoded', () => {
    const { broker } = connect(() => empty)
    expect(broker.signInUrl('a+b=c!d', 'state')).toBe('https://api.icicidirect.com/apiuser/login?api_key=a%2Bb%3Dc%21d')
    expect(new URL(broker.signInUrl("k'(*)&é", 'state')).searchParams.get('api_key')).toBe("k'(*)&é")
  })

  it('BZ-2 sends the code in the body of a GET, byte for byte and with its length, unsigned', async () => {
    const { session } = await openSession(() => empty)
    const [request] = server.requests
    expect(request?.method).toBe('GET')
    expect(request?.path).toBe('/breezeapi/api/v1/customerdetails')
    expect(request?.body.toString('utf8')).toBe('{"SessionToken":"code-asha","AppKey":"key-asha+=!"}')
    expect(request?.headers['content-length']).toBe(String(request?.body.length))
    expect(request?.headers['content-type']).toBe('application/json')
    expect(Object.keys(request?.headers ?? {}).filter((name) => name.startsWith('x-'))).toEqual([])
    expect(session.account).toBe('ASHA')
  })

  it('is tried once, whatever goes wrong, for the code is spent', async () => {
    const failures = [
      [breezeAnswer({ Status: 500, Error: 'Resource not available.' }), 'auth_required'],
      [breezeAnswer({ Status: 500, Error: 'Unable to retrieve customer details' }), 'unavailable'],
      [breezeAnswer({ Success: { session_token: 'abc' } }), 'malformed'],
      [breezeAnswer({ Success: { session_token: 'a b', idirect_userid: 'X' } }), 'malformed'],
      [pageAnswer(502), 'malformed'],
      [pageAnswer(503), 'rate_limited'],
    ] as const
    for (const [answer, failure] of failures) {
      const { broker } = connect(() => empty)
      server.answerWith(() => answer)
      const error = await errorOf(broker.open(credentialsOf('asha'), never()))
      expect([error.failure, error.operation]).toEqual([failure, 'customer-details'])
      expect(server.operations()).toEqual(['customerdetails'])
    }
  })

  it('BZ-6 makes a session that ends at midnight, also one made ten minutes before', async () => {
    const { broker, time } = connect(() => empty)
    time.set(parseTimestamp('2026-03-12T23:50:00+05:30') ?? Number.NaN)
    const session = await broker.open(credentialsOf('asha'), never())
    expect(session.expiresAt).toBe(istMidnight('2026-03-13'))
    expect((await session.positions(never())).rows).toEqual([])
    time.advance(599_999)
    expect(session.isOpen()).toBe(true)
    time.advance(1)
    expect(session.isOpen()).toBe(false)
    expect((await errorOf(session.positions(never()))).failure).toBe('auth_required')
    expect(server.operations()).toEqual(['customerdetails', 'portfoliopositions'])
  })
})

describe('a session', () => {
  it('BZ-2 signs the bytes it sends with a GET, and frames them so that the next request is whole', async () => {
    const { session } = await openSession(() => empty)
    await session.holdings(never())
    await session.positions(never())
    const calls = server.requests.slice(1)
    expect(calls.map((call) => [call.operation, call.body.toString('utf8')])).toEqual([
      ['portfolioholdings', '{"exchange_code":"NSE"}'],
      ['portfolioholdings', '{"exchange_code":"BSE"}'],
      ['dematholdings', '{}'],
      ['portfoliopositions', '{}'],
    ])
    for (const call of calls) {
      expect(isSigned(call, credentialsOf('asha').apiSecret)).toBe(true)
      expect(call.method).toBe('GET')
      expect(call.headers).toMatchObject({
        'content-length': String(call.body.length),
        'content-type': 'application/json',
        'x-appkey': 'key-asha+=!',
        'x-sessiontoken': tokenOf('asha'),
        'x-timestamp': '2026-11-25T06:30:00.000Z',
      })
    }
  })

  it('costs five calls a sync, the sign-in included', async () => {
    const { session } = await openSession(() => empty)
    await Promise.all([session.holdings(never()), session.positions(never())])
    expect(server.requests).toHaveLength(5)
  })

  it('reads holdings and positions', async () => {
    const { session } = await openSession((request) => {
      if (request.operation === 'dematholdings')
        return breezeAnswer({ Success: [{ stock_code: 'BANTRE', stock_ISIN: inventedIsins.banyan }] })
      if (request.operation === 'portfoliopositions')
        return breezeAnswer({ Success: [positionRow({ action: 'Sell', quantity: '40' })] })
      return asked(request)['exchange_code'] === 'NSE' ? breezeAnswer({ Success: [holdingRow('BANTRE', '10')] }) : empty
    })
    const [holdings, positions] = [await session.holdings(never()), await session.positions(never())]
    expect([holdings.warnings, positions.warnings]).toEqual([[], []])
    expect(plain(holdings.rows)).toMatchObject([{ symbol: 'BANYAN', quantity: '10', isin: inventedIsins.banyan }])
    expect(plain(positions.rows)).toMatchObject([{ symbol: 'BANYAN', quantity: '-40', pnl: '50' }])
  })

  it('BZ-3 is kept on a rate limit that comes as a 401, and is over on one that says so', async () => {
    const limit = 'Limit exceed: API call per minute:Try after some time'
    const { session } = await openSession(() => breezeAnswer({ Status: 5, Error: limit }, { status: 401 }))
    const limited = await errorOf(session.positions(never()))
    expect([limited.failure, limited.vendorText, session.isOpen()]).toEqual(['rate_limited', limit, true])
    expect(limited.retryAfterS).toBe(60)

    const ended = await openSession(() => breezeAnswer({ Status: 5, Error: 'Invalid session' }, { status: 401 }))
    expect((await errorOf(ended.session.positions(never()))).failure).toBe('auth_required')
    expect(ended.session.isOpen()).toBe(false)
    expect((await errorOf(ended.session.positions(never()))).failure).toBe('auth_required')
    expect(server.operations()).toEqual(['customerdetails', 'portfoliopositions'])
  })

  it('BZ-4 takes HTTP 200 with Status 500 for a failure', async () => {
    const { session } = await openSession(() => breezeAnswer({ Status: 500, Error: 'Out of order' }))
    expect((await errorOf(session.positions(never()))).failure).toBe('unavailable')
  })

  it('BZ-9 syncs without the ISINs and without BSE when ICICI refuses them, and says so', async () => {
    const refusals = [
      breezeAnswer({ Status: 5, Error: 'Exchange-Code cannot be BSE' }),
      breezeAnswer({ Status: 500, Error: 'Resource not available.' }),
    ]
    for (const refusal of refusals) {
      const { session } = await openSession((request) => {
        if (request.operation === 'dematholdings') return breezeAnswer({ Status: 500, Error: 'Oops' }, { status: 500 })
        return asked(request)['exchange_code'] === 'NSE'
          ? breezeAnswer({ Success: [holdingRow('BANTRE', '10')] })
          : refusal
      })
      const { rows, warnings } = await session.holdings(never())
      expect(server.operations().filter((name) => name === 'portfolioholdings')).toHaveLength(2)
      expect(plain(rows)).toMatchObject([{ symbol: 'BANYAN', mapped: true, quantity: '10' }])
      expect(warnings).toEqual([
        'ICICI gives no list of holdings for BSE; shares held only there are missing.',
        'ICICI did not confirm the ISINs; those of its list of codes are used.',
      ])
    }
  })

  it.each([
    ['BSE', 'unavailable', breezeAnswer({ Status: 500, Error: 'Oops' })],
    ['BSE', 'malformed', breezeAnswer({ Success: [{ stock_code: 'X', quantity: 'many' }] })],
    ['BSE', 'auth_required', breezeAnswer({ Status: 500, Error: 'Invalid session' })],
    ['NSE', 'rejected', breezeAnswer({ Status: 5, Error: 'No' })],
    ['demat', 'auth_required', breezeAnswer({ Status: 500, Error: 'Invalid session' })],
  ] as const)('gives no book, not half of one, when the %s list is %s', async (list, failure, answer) => {
    const { session } = await openSession((request) => {
      const isThis = request.operation === 'dematholdings' ? list === 'demat' : asked(request)['exchange_code'] === list
      return isThis ? answer : breezeAnswer({ Success: [] })
    })
    expect((await errorOf(session.holdings(never()))).failure).toBe(failure)
  })

  it('rejects with the reason of the signal, without a call', async () => {
    const { session } = await openSession(() => empty)
    const reason = new Error('nobody waits any more')
    await expect(session.holdings(AbortSignal.abort(reason))).rejects.toBe(reason)
    expect(server.operations()).toEqual(['customerdetails'])
  })

  it('rejects with the reason of the signal while ICICI is silent, and bears no such silence in the list it can do without', async () => {
    const reason = new UpstreamError('timeout', { provider: 'icici', operation: 'sync' })
    const aborting = new AbortController()
    const { session } = await openSession(async (request) => {
      if (request.operation === 'dematholdings') {
        aborting.abort(reason)
        await Promise.withResolvers().promise
      }
      return breezeAnswer({ Success: [] })
    })
    await expect(session.holdings(aborting.signal)).rejects.toBe(reason)
  })

  it('knows nothing any more after it was closed, twice if need be', async () => {
    const { session } = await openSession(() => empty)
    await session.close(never())
    await session.close(AbortSignal.abort())
    expect(session.isOpen()).toBe(false)
    expect((await errorOf(session.holdings(never()))).failure).toBe('auth_required')
    expect(server.operations()).toEqual(['customerdetails'])
  })

  it('BZ-8 asks for one price and takes the row of the exchange it asked for', async () => {
    const { session } = await openSession(() =>
      breezeAnswer({ Success: [quoteRow('NSE'), quoteRow('BSE', { ltp: 5 })] }),
    )
    expect((await session.quote({ exchange: 'BSE', code: 'BANTRE' }, never()))?.lastPrice).toBe(5)
    const request = server.requests.at(-1)
    expect(request && asked(request)).toEqual({ stock_code: 'BANTRE', exchange_code: 'BSE' })
  })

  it('asks for candles in the query, unsigned, in India time that ends in a Z', async () => {
    const { session } = await openSession(() => breezeAnswer({ Success: [] }))
    const window = { from: istMidnight('2026-11-24'), to: istMidnight('2026-11-25') }
    await session.candles({ exchange: 'NSE', code: 'BANTRE' }, '1minute', window, never())
    const request = server.requests.at(-1)
    expect(request?.path).toBe('/api/v2/historicalcharts')
    expect(Object.fromEntries(request?.query ?? [])).toEqual({
      stock_code: 'BANTRE',
      exch_code: 'NSE',
      interval: '1minute',
      from_date: '2026-11-24T00:00:00.000Z',
      to_date: '2026-11-24T23:59:59.000Z',
      product_type: 'cash',
    })
    expect(request?.headers).toMatchObject({ apikey: 'key-asha+=!', 'x-sessiontoken': tokenOf('asha') })
    expect(request?.headers['x-checksum']).toBeUndefined()
    expect(request?.body.length).toBe(0)
    expect(JSON.stringify([request?.headers, [...(request?.query ?? [])]])).not.toContain('secret-asha')
  })

  it('UP-3 shares nothing with another that calls at the same time', async () => {
    const { broker } = connect(() => empty)
    const names = ['asha', 'bela']
    const sessions = await Promise.all(names.map((name) => broker.open(credentialsOf(name), never())))
    const callOften = async (session: (typeof sessions)[number]) => {
      for (let i = 0; i < 100; i++) await session.positions(never())
    }
    await Promise.all(sessions.map(callOften))
    const calls = server.requests.filter(({ operation }) => operation === 'portfoliopositions')
    for (const name of names) {
      const own = calls.filter(({ headers }) => headers['x-sessiontoken'] === tokenOf(name))
      expect(own).toHaveLength(100)
      expect(own.every((call) => call.headers['x-appkey'] === `key-${name}+=!`)).toBe(true)
      expect(own.every((call) => isSigned(call, credentialsOf(name).apiSecret))).toBe(true)
    }
  })

  it('UP-4 leaves no secret in what it is or in what it throws', async () => {
    const { session } = await openSession(() =>
      breezeAnswer({ Status: 5, Error: `refused secret-asha key-asha+=! ${tokenOf('asha')} code-asha` }),
    )
    const error = await errorOf(session.positions(never()))
    const texts = [
      inspect(session, { depth: 9, showHidden: true }),
      inspect(error, { depth: 9, showHidden: true }),
      JSON.stringify(error),
    ]
    for (const text of texts)
      for (const secret of ['secret-asha', 'key-asha', tokenOf('asha')]) expect(text).not.toContain(secret)
    expect(error.vendorText).toContain('refused')
  })
})

it('BZ-10 lets calls asked for at once leave at the pace of 95 a minute; those that would come too late are refused', async () => {
  const { session } = await openSession(() => empty, { limits: iciciLimits, totalMs: 3000 })
  const name = { exchange: 'NSE', code: 'BANTRE' } as const
  const calls = Array.from({ length: 200 }, () => session.quote(name, never()))
  const ends = await Promise.allSettled(calls)
  const times = server.requests.map(({ atMs }) => atMs)
  const gaps = times.slice(1).map((at, i) => at - (times[i] ?? 0))
  expect(gaps.length).toBeGreaterThan(2)
  // Between leaving and arriving lie some milliseconds that differ; the mean does not drift.
  expect(Math.min(...gaps)).toBeGreaterThan(60_000 / 95 - 50)
  expect(((times.at(-1) ?? 0) - (times[0] ?? 0)) / gaps.length).toBeGreaterThan(60_000 / 95 - 10)
  const refused = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as UpstreamError] : []))
  expect(refused).toHaveLength(200 - gaps.length)
  expect(new Set(refused.map(({ failure }) => failure))).toEqual(new Set(['rate_limited']))
})
