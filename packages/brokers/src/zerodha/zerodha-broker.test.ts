import { inspect } from 'node:util'
import { gzipSync } from 'node:zlib'
import { createTradingCalendar, istMidnight, parseCalendarData, parseTimestamp } from '@banyan/domain'
import { describe, expect, it } from 'vitest'
import { createManualTime } from '../memory/manual-time.ts'
import { UpstreamError } from '../outcome.ts'
import { createAnsweringPort } from './testing/answering-port.ts'
import { credentials, loginTime, morning, never, openSession } from './testing/opened-session.ts'
import { failure, success, textAnswer } from './testing/vendor-answers.ts'
import { createZerodha } from './zerodha-broker.ts'

const empty = () => success([])
const failureOf = async (call: Promise<unknown>) => {
  const error = await call.then(
    () => null,
    (reason: unknown) => reason,
  )
  return error instanceof UpstreamError ? error.failure : error
}

describe('signing in', () => {
  it('sends key, code and checksum as a form, once, without authorization', async () => {
    const { port, session } = await openSession(empty)
    const [call] = port.calls
    expect(call?.operation).toMatchObject({ method: 'POST', path: '/session/token', retried: false })
    expect([...new URLSearchParams(call?.body)].map(([name]) => name)).toEqual(['api_key', 'request_token', 'checksum'])
    expect(call?.body).not.toContain('canary-secret')
    expect(call?.headers).toEqual({ 'x-kite-version': '3', 'content-type': 'application/x-www-form-urlencoded' })
    expect([session.account, session.expiresAt]).toEqual(['AB1234', parseTimestamp('2026-03-13T06:00:00+05:30')])
  })

  it.each([
    ['a used code', failure(403, 'TokenException', 'Token is invalid or has expired.'), 'auth_required'],
    ['a wrong key', failure(400, 'InputException', 'Invalid `api_key`.'), 'auth_required'],
    ['an answer without a token', success({ user_id: 'AB1234', exchanges: [], login_time: loginTime }), 'malformed'],
  ])('gives no session for %s, and tries once', async (_, answer, expected) => {
    const port = createAnsweringPort(() => answer)
    const broker = createZerodha({ port, clock: createManualTime(morning), limitKeyOf: () => 'k' })
    expect(await failureOf(broker.open(credentials(), never()))).toBe(expected)
    expect(port.calls.length).toBe(1)
  })

  it('begins at the page of the vendor', async () => {
    const { broker } = await openSession(empty)
    expect(broker.signInUrl('k', 's')).toBe(
      'https://kite.zerodha.com/connect/login?v=3&api_key=k&redirect_params=state%3Ds',
    )
  })
})

describe('a session', () => {
  it('calls with its credentials, on the account of its key', async () => {
    const { session, port } = await openSession(empty)
    await session.holdings(never())
    expect(port.calls[1]).toMatchObject({
      headers: { 'x-kite-version': '3', authorization: 'token canary-key:token-of-AB1234' },
      limitKey: 'mac of 10',
      rank: 'sync',
    })
  })

  it('KC-3 keeps the session on 403 PermissionException', async () => {
    const { session } = await openSession(({ operation }) =>
      operation.name === 'quote' ? failure(403, 'PermissionException') : empty(),
    )
    expect(await failureOf(session.quotes(['NSE:INFY'], never()))).toBe('forbidden')
    expect(session.isOpen()).toBe(true)
    expect((await session.holdings(never())).rows).toEqual([])
  })

  it.each([
    ['403 TokenException', failure(403, 'TokenException')],
    ['400 naming access_token', failure(400, 'InputException', 'Missing `api_key` or `access_token`')],
  ])('KC-3 drops the session on %s', async (_, answer) => {
    const { session, port } = await openSession(() => answer)
    expect(await failureOf(session.holdings(never()))).toBe('auth_required')
    const calls = port.calls.length
    expect(await failureOf(session.positions(never()))).toBe('auth_required')
    expect([session.isOpen(), session.tickerAddress('ws://localhost'), port.calls.length]).toEqual([false, null, calls])
  })

  it.each([
    ['429', failure(429, 'NetworkException'), 'rate_limited'],
    ['400', failure(400, 'InputException'), 'rejected'],
    ['503', failure(503, 'NetworkException'), 'unavailable'],
    ['504', failure(504, 'NetworkException'), 'timeout'],
    ['cut JSON', textAnswer(200, '{"status":"succ'), 'malformed'],
  ])('keeps the session on %s', async (_, answer, expected) => {
    const { session } = await openSession(() => answer)
    expect([await failureOf(session.positions(never())), session.isOpen()]).toEqual([expected, true])
  })

  it('B4 is over at 06:00 IST, without a call', async () => {
    const { session, port, time } = await openSession(empty)
    time.set(parseTimestamp('2026-03-13T05:59:59+05:30') ?? 0)
    await session.holdings(never())
    time.set(session.expiresAt)
    expect(session.isOpen()).toBe(false)
    expect(await failureOf(session.holdings(never()))).toBe('auth_required')
    // It does not come back when the clock is corrected.
    time.set(morning)
    expect(await failureOf(session.holdings(never()))).toBe('auth_required')
    expect(port.calls.length).toBe(2)
  })

  it('is ended at the broker when it is closed, once, and then forgotten', async () => {
    const { session, port } = await openSession(() => success(true))
    await session.close(never())
    await session.close(never())
    expect(port.calls.slice(1)).toMatchObject([
      {
        operation: { method: 'DELETE', path: '/session/token' },
        query: [
          ['api_key', 'canary-key'],
          ['access_token', 'token-of-AB1234'],
        ],
      },
    ])
    expect(await failureOf(session.holdings(never()))).toBe('auth_required')
  })

  it('is forgotten also when the broker does not answer, or nobody waits', async () => {
    for (const [answer, signal] of [
      [failure(500, 'GeneralException'), never()],
      [success(true), AbortSignal.abort(new Error('too late'))],
    ] as const) {
      const { session } = await openSession(() => answer)
      await session.close(signal)
      expect(session.isOpen()).toBe(false)
    }
  })

  it('knows whose it is', async () => {
    const profileOf = (user_id: string) => success({ user_id, user_name: 'A B' })
    await expect((await openSession(() => profileOf('AB1234'))).session.confirm(never())).resolves.toBeUndefined()
    const other = await openSession(() => profileOf('ZZ9999'))
    expect(await failureOf(other.session.confirm(never()))).toBe('malformed')
  })

  it('rejects with the reason of its signal', async () => {
    const { session, port } = await openSession(empty)
    const reason = new Error('nobody waits')
    await expect(session.holdings(AbortSignal.abort(reason))).rejects.toBe(reason)
    expect(port.calls.length).toBe(1)
  })

  it('tells of an address the vendor does not know', async () => {
    const defects: unknown[] = []
    const onDefect = (operation: string, status: number) => defects.push([operation, status])
    const { session } = await openSession(() => failure(404, 'GeneralException'), { onDefect })
    expect(await failureOf(session.holdings(never()))).toBe('rejected')
    expect(defects).toEqual([['holdings', 404]])
  })

  it('B4 shows none of its secrets', async () => {
    const { session } = await openSession(empty)
    const address = session.tickerAddress('wss://ws.kite.trade')
    expect(address?.reveal()).toBe('wss://ws.kite.trade/?api_key=canary-key&access_token=token-of-AB1234')
    const texts = [
      inspect(session, { depth: 9, showHidden: true }),
      JSON.stringify(session),
      `${address}`,
      inspect(address),
    ]
    expect(texts.join('\n')).not.toMatch(/canary|token-of/)
    expect(() => structuredClone(session)).toThrow(Error)
  })
})

describe('market data', () => {
  it('KC-8 asks for M&M and NIFTY 50 by the names it gets them back under', async () => {
    const quote = { instrument_token: 1, last_price: 5 }
    const { session, port } = await openSession(({ query }) =>
      success(Object.fromEntries((query ?? []).map(([, key]) => [key, quote]))),
    )
    const quotes = await session.ltp(['NSE:M&M', 'NSE:NIFTY 50'], never())
    expect(quotes.map(({ key }) => key)).toEqual(['NSE:M&M', 'NSE:NIFTY 50'])
    expect(port.calls[1]?.query).toEqual([
      ['i', 'NSE:M&M'],
      ['i', 'NSE:NIFTY 50'],
    ])
  })

  it.each([
    ['quotes', 500],
    ['ohlc', 1_000],
    ['ltp', 1_000],
  ] as const)('%s never asks for more than %i at once', async (method, atMost) => {
    const { session, port } = await openSession(() => success({}))
    expect(
      await session[method](
        Array.from({ length: 2_001 }, (_, i) => `NSE:S${i}`),
        never(),
      ),
    ).toEqual([])
    const sizes = port.calls.slice(1).map(({ query }) => query?.length ?? 0)
    expect([sizes.reduce((sum, size) => sum + size), Math.max(...sizes)]).toEqual([2_001, atMost])
  })

  it('fetches the list of one exchange, packed or not, or of all', async () => {
    const csv =
      'instrument_token,exchange_token,tradingsymbol,name,expiry,strike,tick_size,lot_size,instrument_type,segment,exchange'
    const row = '25601,100,ACME,ACME,,0,0.05,1,EQ,NSE,NSE'
    const packed = { status: 200, headers: {}, body: gzipSync(`${csv}\n${row}\n`) }
    const { session, port } = await openSession(({ path }) => (path ? packed : textAnswer(200, `${csv}\n${row}`)))
    for (const exchange of ['NSE', null] as const) {
      expect((await session.instruments(exchange, never())).instruments.map(({ id }) => id)).toEqual(['NSE:ACME'])
    }
    expect(port.calls.slice(1).map(({ operation, path }) => [operation.path, path])).toEqual([
      ['/instruments/:exchange', { exchange: 'NSE' }],
      ['/instruments', undefined],
    ])
  })

  it.each([
    ['a refusal', failure(403, 'PermissionException'), 'forbidden'],
    ['a page', textAnswer(200, '<html></html>'), 'malformed'],
    ['a broken archive', { status: 200, headers: {}, body: Buffer.from([0x1f, 0x8b, 8, 0, 0]) }, 'malformed'],
  ])('takes %s for no list', async (_, answer, expected) => {
    const { session } = await openSession(() => answer)
    expect(await failureOf(session.instruments('NSE', never()))).toBe(expected)
  })
})

describe('candles', () => {
  const calendar = createTradingCalendar(
    parseCalendarData({
      version: '1',
      hours: [{ segment: 'NSE_CM', from: '2000-01-01', phases: [['open', '09:15', '15:30']] }],
    }),
  )
  const day = istMidnight('2026-03-12')
  const query = { token: 408065, interval: '60minute', calendar, hours: {}, from: day, to: day + 86_400_000 } as const
  const bar = (time: string) => [`2026-03-12T${time}:00+0530`, 10, 11, 9, 10.5, 100]

  it('asks in India time with both ends, and leaves the forming bar out', async () => {
    const { session, port, time } = await openSession(() => success({ candles: ['09:15', '14:15', '15:15'].map(bar) }))
    time.set(day + 15.4 * 3_600_000)
    const early = await session.candles(query, never())
    expect(early.adjusted).toBe('unknown')
    expect(early.series.time.length).toBe(2)
    // The last hour of a session is complete when the session is.
    time.set(day + 15.5 * 3_600_000)
    expect((await session.candles(query, never())).series.time.length).toBe(3)
    expect(port.calls[1]).toMatchObject({
      path: { token: '408065', interval: '60minute' },
      query: [
        ['from', '2026-03-12 00:00:00'],
        ['to', '2026-03-12 23:59:59'],
        ['continuous', '0'],
        ['oi', '0'],
      ],
      rank: 'history',
    })
  })

  it('splits a wide window, and asks again in the width the vendor names', async () => {
    const { session, port } = await openSession(({ query: asked }) => {
      const [from, to] = [0, 1].map((i) => Date.parse(`${asked?.[i]?.[1]}Z`))
      const days = ((to ?? 0) - (from ?? 0)) / 86_400_000
      return days > 50
        ? failure(400, 'InputException', 'interval exceeds max limit: 50 days')
        : success({ candles: [] })
    })
    await session.candles({ ...query, interval: '1minute', from: day - 100 * 86_400_000 }, never())
    const spans = port.calls.slice(1).map(({ query: asked }) => [0, 1].map((i) => asked?.[i]?.[1].slice(0, 10)))
    expect(spans).toEqual([
      ['2025-12-02', '2026-01-30'],
      ['2025-12-02', '2026-01-20'],
      ['2026-01-21', '2026-01-30'],
      ['2026-01-31', '2026-03-12'],
    ])
  })

  it('asks no third time', async () => {
    const { session, port } = await openSession(() =>
      failure(400, 'InputException', 'interval exceeds max limit: 5 days'),
    )
    expect(await failureOf(session.candles(query, never()))).toBe('rejected')
    expect(port.calls.length).toBe(3)
  })

  it('asks nothing for an empty window', async () => {
    const { session, port } = await openSession(empty)
    expect((await session.candles({ ...query, to: day }, never())).series.time.length).toBe(0)
    expect(port.calls.length).toBe(1)
  })
})
