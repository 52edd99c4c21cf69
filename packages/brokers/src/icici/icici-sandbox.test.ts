import { inspect } from 'node:util'
import { type InstrumentId, istMidnight, parseTimestamp, Secret } from '@banyan/domain'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../../../../apps/sandbox/src/index.ts'
import { createUpstreamPort, type UpstreamPort } from '../http/index.ts'
import { UpstreamError } from '../outcome.ts'
import { readIciciCallback } from './callback.ts'
import { type CodeMaster, createCodeMaster } from './code-master.ts'
import { createIcici, type IciciBroker } from './icici-broker.ts'
import { createIciciQuotes } from './icici-quotes.ts'
import { iciciOperations } from './operations.ts'

const never = () => new AbortController().signal
const key = 'canary+key=7!'
const secret = `${key}-secret`
const start = parseTimestamp('2026-09-16T12:00:00+05:30') ?? Number.NaN
/** What the sandbox's pace is measured with is in its own tests. */
const quick = { perMs: 1_000, calls: 100_000, scope: 'both' } as const

let sandbox: Sandbox
let port: UpstreamPort
let codes: CodeMaster
let broker: IciciBroker
beforeAll(async () => {
  sandbox = await startSandbox({ seed: 3, clockStart: start })
})
beforeEach(async () => {
  const { urls, control } = sandbox
  const { clock } = control
  clock.set(start)
  // A port of its own for each: a breaker that opened and a pause after a refusal would be felt by the next.
  port = createUpstreamPort({
    provider: 'icici',
    hosts: { api: urls.icici, history: urls.icici, master: urls.icici },
    operations: Object.values(iciciOperations),
    limits: { minute: quick, day: quick },
    clock: { now: () => Date.now() },
    allowPrivate: true,
    deadlines: { headMs: 300, idleMs: 300, totalMs: 2_000, retryMs: [1, 5] },
  })
  codes = createCodeMaster({ port, clock })
  await codes.load(never())
  broker = createIcici({ port, clock, codes, loginUrl: `${urls.icici}/apiuser/login`, limitKeyOf: () => 'mac' })
})
afterEach(async () => {
  await sandbox.control.clearFaults()
  await port.close()
})
afterAll(() => sandbox.close())

/** Signs in as a person does, and returns the code the page posts back. */
async function codeOf(user: string): Promise<Secret> {
  const form = { method: 'POST', body: new URLSearchParams({ user_id: user }) }
  const page = await (await fetch(broker.signInUrl(key, ''), form)).text()
  const [, name = '', value] = /name="(API_Session)" value="([^"]+)"/.exec(page) ?? []
  const code = readIciciCallback({ [name]: value })
  if (code === null) throw new Error('the page gave no code')
  return code
}

const credentialsOf = async (user: string) => ({
  apiKey: new Secret(key),
  apiSecret: new Secret(secret),
  code: await codeOf(user),
})
const openSession = async (user = 'BANYAN01') => broker.open(await credentialsOf(user), never())

async function failureOf(call: Promise<unknown>): Promise<unknown> {
  const error = await call.then(
    () => null,
    (reason: unknown) => reason,
  )
  return error instanceof UpstreamError ? error.failure : error
}

describe('against the sandbox', () => {
  it('reads a book of traps without a warning too many', async () => {
    const session = await openSession()
    const { rows, warnings } = await session.holdings(never())
    expect(warnings).toEqual([])
    expect(rows.every(({ mapped, isin }) => mapped && isin !== null)).toBe(true)
    expect(rows.map(({ symbol, quantity }) => `${symbol} ${quantity.toFixed()}`)).toEqual(
      expect.arrayContaining(['RELIANCE 20', 'INFY 30', 'ITC 75', 'M&M 9', 'ETERNAL 120']),
    )
  })

  const outcomes = [
    ['auth_required', 'revoke'],
    ['auth_required', 'expire_session'],
    ['auth_required', 'status:401:Invalid Checksum'],
    ['auth_required', 'status:401:Session key is expired'],
    ['forbidden', 'status:403'],
    ['rejected', 'status:400:Stock-Code cannot be empty'],
    ['rejected', 'echo_secret'],
    ['rate_limited', 'rate_limit'],
    ['rate_limited', 'status:401:Limit exceed: API call per day: '],
    ['rate_limited', 'html:429'],
    ['rate_limited', 'html:503'],
    ['unavailable', 'status:500'],
    ['unavailable', 'status:502:Resource not available.'],
    ['unavailable', 'partial:portfoliopositions'],
    ['unavailable', 'refuse'],
    ['unavailable', 'reset'],
    ['timeout', 'status:504'],
    ['timeout', 'hang'],
    ['malformed', 'html:200'],
    ['malformed', 'html:502'],
    ['malformed', 'garbage'],
    ['malformed', 'truncate'],
    ['malformed', 'wrong_type'],
    ['malformed', 'missing_field:quantity'],
  ] as const

  it.each(outcomes)('UP-1 ends as %s on the fault %s, and tells no secret', async (failure, fault) => {
    const session = await openSession()
    // Longer than all tries take; a fault that strikes once would be gone with the first.
    sandbox.control.setFault('icici', { fault, durationMs: 60_000 })
    const error = await session.positions(never()).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(UpstreamError)
    expect(error).toMatchObject({ failure, provider: 'icici', operation: 'positions' })
    const printed = `${inspect(error, { depth: 9, showHidden: true })} ${JSON.stringify(error)}`
    expect([key, secret].filter((text) => printed.includes(text))).toEqual([])
    expect(session.isOpen()).toBe(failure !== 'auth_required')
  })

  it.each(['status:500', 'truncate', 'reset', 'html:502'])('reads again what failed once with %s', async (fault) => {
    const session = await openSession()
    sandbox.control.setFault('icici', { fault })
    expect(await failureOf(session.positions(never()))).toBeNull()
  })

  it('BZ-6 is told at midnight by the sandbox what it knows itself', async () => {
    sandbox.control.clock.set(istMidnight('2026-09-17') - 600_000)
    const session = await openSession()
    expect(session.expiresAt).toBe(istMidnight('2026-09-17'))
    expect(await failureOf(session.positions(never()))).toBeNull()
    sandbox.control.clock.set(istMidnight('2026-09-17'))
    expect(await failureOf(session.positions(never()))).toBe('auth_required')
  })

  it('spends a code once', async () => {
    const credentials = await credentialsOf('BANYAN02')
    await broker.open(credentials, never())
    expect(await failureOf(broker.open(credentials, never()))).toBe('auth_required')
  })

  it('gives the price of the exchange that was asked', async () => {
    const session = await openSession('BANYAN02')
    const { clock } = sandbox.control
    const probe = 'NSE:RELIANCE' as InstrumentId
    const source = createIciciQuotes({ session: () => session, codes, clock, probe })
    const ids = ['NSE:RELIANCE', 'BSE:RELIANCE', 'NSE:NIFTY 50', 'BSE:SENSEX'] as InstrumentId[]
    for (const id of ids) {
      const quote = (await source.fetchQuotes([id], never())).get(id)
      expect(quote?.lastPrice).toBeGreaterThan(0)
      expect(quote?.volume === null).toBe(id.endsWith('NIFTY 50') || id.endsWith('SENSEX'))
    }
  })
})
