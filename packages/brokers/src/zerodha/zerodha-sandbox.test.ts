import {
  createTradingCalendar,
  type InstrumentId,
  istMidnight,
  parseCalendarData,
  parseTimestamp,
  type Quote,
  Secret,
} from '@banyan/domain'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Sandbox, startSandbox } from '../../../../apps/sandbox/src/index.ts'
import { createUpstreamPort } from '../http/index.ts'
import type { UpstreamPort } from '../http/upstream-port.ts'
import { UpstreamError } from '../outcome.ts'
import { processTimers } from '../timers.ts'
import { createZerodhaDirectory } from './instrument-directory.ts'
import { zerodhaLimits, zerodhaOperations } from './operations.ts'
import { readSignInCode } from './sign-in.ts'
import { never } from './testing/opened-session.ts'
import { createZerodhaTicker } from './ticker.ts'
import { createZerodha, type ZerodhaSession } from './zerodha-broker.ts'
import { createZerodhaQuotes } from './zerodha-quotes.ts'

const [infy, mm, nifty, nope] = ['NSE:INFY', 'NSE:M&M', 'NSE:NIFTY 50', 'NSE:NOPE'] as InstrumentId[] as [
  InstrumentId,
  InstrumentId,
  InstrumentId,
  InstrumentId,
]
const start = parseTimestamp('2026-03-12T11:00:00+05:30') ?? Number.NaN

let sandbox: Sandbox
let port: UpstreamPort
beforeEach(async () => {
  sandbox = await startSandbox({ seed: 7, clockStart: start })
  port = createUpstreamPort({
    provider: 'zerodha',
    hosts: { rest: sandbox.urls.zerodha.rest },
    operations: Object.values(zerodhaOperations),
    limits: zerodhaLimits,
    clock: { now: () => Date.now() },
    allowPrivate: true,
    deadlines: { retryMs: [1, 5] },
  })
})
afterEach(async () => {
  await port.close()
  await sandbox.close()
})

/** Agrees on the sandbox's login page and opens a session with the code it gives. */
async function signIn(apiKey = 'sandbox-app-key'): Promise<ZerodhaSession> {
  const { rest, login } = sandbox.urls.zerodha
  const broker = createZerodha({
    port,
    clock: sandbox.control.clock,
    loginUrl: login,
    limitKeyOf: (key) => key.reveal(),
  })
  const page = new URL(broker.signInUrl(apiKey, 'the-state'))
  expect((await fetch(page)).status).toBe(200)
  const form = { api_key: apiKey, user_id: 'AB1234', redirect_params: page.searchParams.get('redirect_params') ?? '' }
  const agreed = await fetch(`${rest}/connect/finish`, {
    method: 'POST',
    body: new URLSearchParams(form),
    redirect: 'manual',
  })
  const { searchParams } = new URL(agreed.headers.get('location') ?? '')
  expect(searchParams.get('state')).toBe('the-state')
  const code = readSignInCode(searchParams)
  if (code === null) throw new Error('the sandbox gave no code')
  return broker.open({ apiKey: new Secret(apiKey), apiSecret: new Secret(`${apiKey}-secret`), code }, never())
}

const failureOf = async (call: Promise<unknown>) => {
  const error = await call.catch((reason: unknown) => reason)
  return error instanceof UpstreamError ? error.failure : error
}

describe('against the sandbox', () => {
  it('signs in and reads the whole book', async () => {
    const session = await signIn()
    expect(session.account).toBe('AB1234')
    await session.confirm(never())
    const { rows: holdings, warnings } = await session.holdings(never())
    expect(holdings.every(({ mapped, isin, lastPrice }) => mapped && isin !== null && lastPrice !== null)).toBe(true)
    expect(holdings.filter(({ product }) => product === 'MTF').length).toBe(1)
    expect(holdings.filter(({ symbol }) => symbol === 'TCS').map(({ exchange }) => exchange)).toEqual(['NSE', 'BSE'])
    expect(holdings.find(({ symbol }) => symbol === 'INFY')).toMatchObject({ quantity: expect.anything() })
    expect(holdings.find(({ symbol }) => symbol === 'INFY')?.quantity.toString()).toBe('15')
    expect(holdings.some(({ symbol }) => symbol === 'RELINFRA')).toBe(true)
    expect(warnings.join(' ')).toMatch(/TATASTEEL/)
    const positions = await session.positions(never())
    expect(positions.warnings).toEqual([])
    expect(new Set(positions.rows.map(({ type }) => type))).toEqual(new Set(['net', 'day']))
    expect(
      positions.rows.some(({ quantity, realised }) => quantity.eq(0) && realised !== null && !realised.eq(0)),
    ).toBe(true)
    await session.close(never())
    expect(sandbox.control.log('zerodha').at(-1)).toMatchObject({ method: 'DELETE' })
  })

  it('reads quotes, lists and candles', async () => {
    const session = await signIn()
    const quotes = await session.quotes(['NSE:INFY', 'NSE:M&M', 'NSE:NIFTY 50', 'NSE:NOPE'], never())
    expect(quotes.map(({ key }) => key).sort()).toEqual(['NSE:INFY', 'NSE:M&M', 'NSE:NIFTY 50'])
    expect((await session.ltp(['NSE:INFY'], never())).length).toBe(1)
    const { instruments, dropped } = await session.instruments('NSE', never())
    expect(dropped).toBe(0)
    expect(instruments.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['equity', 'index', 'bond']))
    expect((await session.instruments(null, never())).instruments.length).toBeGreaterThan(instruments.length)
    const directory = createZerodhaDirectory(instruments)
    const hours = [{ segment: 'NSE_CM', from: '2000-01-01', phases: [['open', '09:15', '15:30']] }]
    const calendar = createTradingCalendar(parseCalendarData({ version: '1', hours }))
    const { series } = await session.candles(
      {
        token: directory.find(infy)?.token ?? 0,
        interval: '15minute',
        from: istMidnight('2026-03-12'),
        to: istMidnight('2026-03-13'),
        calendar,
        hours: {},
      },
      never(),
    )
    // 09:15 to 11:00 in quarters of an hour; the one that forms at 11:00 is not there.
    expect(series.time.length).toBe(7)
  })

  it('says that a key for the portfolio alone has no market data, and keeps its session', async () => {
    const session = await signIn('sandbox-app-free')
    const source = createZerodhaQuotes({
      session: () => session,
      directory: () => null,
      ticker: null,
      clock: sandbox.control.clock,
    })
    expect(await failureOf(source.fetchQuotes([infy], never()))).toBe('forbidden')
    expect(source.problem()).toMatch(/no market data/)
    expect((await session.holdings(never())).rows.length).toBeGreaterThan(0)
  })

  it('is pushed prices, and asks for the rest', async () => {
    const session = await signIn()
    const directory = createZerodhaDirectory((await session.instruments('NSE', never())).instruments)
    const ticker = createZerodhaTicker({
      session: () => session,
      clock: sandbox.control.clock,
      timers: processTimers,
      baseUrl: sandbox.urls.zerodha.ticker,
      allowPrivate: true,
    })
    const source = createZerodhaQuotes({
      session: () => session,
      directory: () => directory,
      ticker,
      clock: sandbox.control.clock,
    })
    const heard = new Map<InstrumentId, Quote>()
    source.subscribe?.({
      onQuotes(quotes) {
        for (const quote of quotes) heard.set(quote.instrument, quote)
      },
    })
    expect(source.follow([infy, mm, nifty, nope])).toEqual([nope])
    ticker.open()
    await vi.waitFor(() => expect([...heard.keys()].sort()).toEqual([infy, mm, nifty].sort()), { timeout: 10_000 })
    const asked = await source.fetchQuotes([infy, nope], never())
    expect([...asked.keys()]).toEqual([infy])
    expect(heard.get(infy)?.prevClose).toBe(asked.get(infy)?.prevClose)
    sandbox.control.setFault('zerodha', { fault: 'revoke' })
    expect(await failureOf(session.holdings(never()))).toBe('auth_required')
    await vi.waitFor(() => expect(ticker.states()).toEqual(['over']), { timeout: 5_000 })
    ticker.close()
  })

  it.each([
    ['status:403:TokenException', 'auth_required'],
    ['status:403:PermissionException', 'forbidden'],
    ['status:429', 'rate_limited'],
    ['html:502', 'unavailable'],
    ['html:200', 'malformed'],
    ['status:504', 'timeout'],
    ['truncate', 'malformed'],
    ['garbage', 'malformed'],
    ['wrong_type', 'malformed'],
    ['missing_field:quantity', 'malformed'],
    ['reset', 'unavailable'],
    ['expire_session', 'auth_required'],
  ])('takes the fault %s for %s', async (fault, expected) => {
    const session = await signIn()
    sandbox.control.setFault('zerodha', { fault, count: 3 })
    expect(await failureOf(session.holdings(never()))).toBe(expected)
  })
})
