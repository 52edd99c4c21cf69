import { inspect } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import { createUpstreamPort, type UpstreamPortParts } from '../http/index.ts'
import { createManualTime } from '../memory/manual-time.ts'
import { UpstreamError } from '../outcome.ts'
import { zerodhaLimits, zerodhaOperations } from './operations.ts'
import { type KiteAnswer, type KiteRequest, startKiteServer } from './testing/kite-server.ts'
import { credentials, grantOf, morning, never } from './testing/opened-session.ts'
import { failure, page, success, textAnswer } from './testing/vendor-answers.ts'
import { createZerodha } from './zerodha-broker.ts'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

/** The adapter against a vendor on a real socket that signs everybody in; accounts are named after their app keys. */
async function connect(answer: (request: KiteRequest) => KiteAnswer, parts: Partial<UpstreamPortParts> = {}) {
  const server = await startKiteServer((request) =>
    request.method === 'POST' ? grantOf(new URLSearchParams(request.body).get('api_key') ?? '') : answer(request),
  )
  ends.push(server.close)
  const port = createUpstreamPort({
    provider: 'zerodha',
    hosts: { rest: server.url },
    operations: Object.values(zerodhaOperations),
    limits: zerodhaLimits,
    clock: { now: () => Date.now() },
    allowPrivate: true,
    deadlines: { headMs: 300, retryMs: [1, 5] },
    ...parts,
  })
  ends.push(port.close)
  const broker = createZerodha({ port, clock: createManualTime(morning), limitKeyOf: (key) => key.reveal() })
  return { server, open: (name: string) => broker.open(credentials(name), never()) }
}

const errorOf = async (call: Promise<unknown>): Promise<UpstreamError> => {
  const error = await call.catch((reason: unknown) => reason)
  if (error instanceof UpstreamError) return error
  throw new Error('the call did not fail as calls do', { cause: error })
}
const quoteRow = { instrument_token: 1, timestamp: '2026-03-12 08:55:00', last_price: 5, volume: 1, ohlc: { close: 4 } }

it('KC-4 lets quote calls leave a second apart', async () => {
  const { server, open } = await connect(() => success({}))
  const session = await open('one')
  await Promise.all([
    session.quotes(['NSE:A'], never()),
    session.ohlc(['NSE:A'], never()),
    session.ltp(['NSE:A'], never()),
  ])
  const times = server.requests.filter(({ path }) => path.startsWith('/quote')).map(({ at }) => at)
  const gaps = times.slice(1).map((at, i) => at - (times[i] ?? 0))
  expect(gaps.length).toBe(2)
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000)
})

it('KC-8 sends M&M and NIFTY 50 so that they come back under their names', async () => {
  const { server, open } = await connect(({ query }) =>
    success(Object.fromEntries(new URLSearchParams(query).getAll('i').map((key) => [key, quoteRow]))),
  )
  const quotes = await (await open('one')).quotes(['NSE:M&M', 'NSE:NIFTY 50'], never())
  expect(quotes.map(({ key }) => key)).toEqual(['NSE:M&M', 'NSE:NIFTY 50'])
  expect(server.requests[1]?.query).toMatch(/^i=NSE(:|%3A)M%26M&i=NSE(:|%3A)NIFTY(\+|%20)50$/)
})

describe('UP-1 outcomes', () => {
  it.each([
    ['403 TokenException', failure(403, 'TokenException'), 'auth_required', false],
    ['KC-3 403 PermissionException', failure(403, 'PermissionException'), 'forbidden', true],
    ['400 InputException', failure(400, 'InputException'), 'rejected', true],
    ['429 without a body', textAnswer(429, ''), 'rate_limited', true],
    ['KC-9 502 with a page', page(502), 'unavailable', true],
    ['hanging up', 'hang up', 'unavailable', true],
    ['504', failure(504, 'NetworkException'), 'timeout', true],
    ['silence', 'silence', 'timeout', true],
    ['KC-9 200 with a page', page(200), 'malformed', true],
    ['200 with half a row', textAnswer(200, '{"status":"success","data":[{"tradingsymbol":"TC'), 'malformed', true],
  ] as const)('%s', async (_, answer, expected, isKept) => {
    const { open } = await connect(() => answer)
    const session = await open('one')
    const error = await errorOf(session.holdings(never()))
    expect([error.failure, error.operation, session.isOpen()]).toEqual([expected, 'holdings', isKept])
    if (expected === 'rate_limited') expect(error.retryAfterS).toBe(1)
  })

  it('tries a sign-in once', async () => {
    const { server, open } = await connect(() => success({}))
    await open('one')
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /session/token'])
  })
})

it('UP-3 no credential of one session is seen on the calls of another', async () => {
  const fast = { all: { perMs: 1_000, calls: 100_000, scope: 'both' } } as const
  const { server, open } = await connect(() => success([]), {
    limits: { ...zerodhaLimits, ...fast },
    places: { atOnce: 10, waiting: 1_000 },
  })
  const sessions = await Promise.all([open('first'), open('second')])
  await Promise.all(sessions.flatMap((session) => Array.from({ length: 100 }, () => session.holdings(never()))))
  await Promise.all(sessions.map((session) => session.close(never())))
  const seen = server.requests
    .filter(({ path }) => path === '/portfolio/holdings')
    .map(({ authorization }) => authorization)
  for (const name of ['first', 'second']) {
    const own = `token ${name}-key:token-of-${name}-key`
    expect(seen.filter((authorization) => authorization === own).length).toBe(100)
    expect(server.requests.filter(({ method, query }) => method === 'DELETE' && query.includes(name)).length).toBe(1)
  }
})

it('UP-4 no secret that the vendor repeats is in an error', async () => {
  const echo = ({ query, authorization }: KiteRequest) =>
    failure(400, 'InputException', `bad: canary-secret ${authorization} ${query} ${encodeURIComponent('canary-key')}`)
  const { open } = await connect(echo)
  const session = await open('canary')
  for (const call of [
    session.holdings(never()),
    session.quotes(['NSE:A'], never()),
    session.instruments(null, never()),
  ]) {
    const error = await errorOf(call)
    const shown = `${inspect(error, { depth: 9, showHidden: true })} ${JSON.stringify(error)} ${error.vendorText} ${error.stack}`
    // The secret of the app is not held any more, so only its length would give it away; real ones have 32 characters.
    expect(shown).not.toMatch(/canary-key|token-of/)
    expect(error.vendorText).toContain('[redacted]')
  }
})
