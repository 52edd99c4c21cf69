import { inspect } from 'node:util'
import { exchanges, isIsin, parseInstrumentId, Secret } from '@banyan/domain'
import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  type Broker,
  type BrokerHolding,
  type BrokerPosition,
  type BrokerSession,
  brokerIds,
  type OneTimeCredentials,
} from './broker.ts'
import type { ManualTime } from './memory/manual-time.ts'
import { type BrokerFault, type BrokerOperation, brokerOperations } from './memory/memory-broker.ts'
import { failureRules, UpstreamError, type UpstreamFailure, upstreamFailures } from './outcome.ts'

/**
 * A broker made ready for the suite. Each of its two accounts has holdings and positions, the one other rows than the other. Nothing is said
 * of retries: a harness whose way out repeats calls waits as little as it can.
 */
export interface BrokerHarness {
  readonly broker: Broker
  /** The adapter's clock. */
  readonly time: ManualTime
  readonly accounts: readonly [string, string]
  /** Signs somebody in at the broker and returns what the program gets for it; the secrets are others each time and occur nowhere else. */
  signIn(account: string): OneTimeCredentials
  /** Makes every further call of an operation go wrong; with null they go well again, and those that hang are answered. */
  fail(operation: BrokerOperation, fault: BrokerFault | null): void
  /** Number of requests that reached the broker. */
  requests(): number
  /** Texts of every secret so far: of the sign-ins, and of the sessions the broker made of them. */
  secrets(): readonly string[]
  close?(): Promise<void>
}

/** Describes what every broker must do. `create` returns a fresh harness for each test. */
export function describeBroker(name: string, create: () => BrokerHarness | Promise<BrokerHarness>): void {
  const open = async () => {
    const harness = await create()
    running.push(harness)
    const [account] = harness.accounts
    return { harness, account, session: await harness.broker.open(harness.signIn(account), never()) }
  }
  const running: BrokerHarness[] = []
  afterEach(async () => {
    for (const harness of running.splice(0)) await harness.close?.()
  })

  describe(`${name} as a broker`, () => {
    it('says who it is, and where one signs in with a key', async () => {
      const { broker } = (await open()).harness
      expect(brokerIds).toContain(broker.id)
      expect(broker.name.trim()).toMatch(/\S/)
      const key = 'k+e=y!& '
      const address = broker.signInUrl(key, 'state-of-ours')
      expect(new URL(address).searchParams.get('api_key')).toBe(key)
      expect(address.includes('state-of-ours')).toBe(broker.abilities.carriesState)
    })

    it('opens a session of whoever signed in, which ends', async () => {
      const { harness, session, account } = await open()
      expect(session.account).toBe(account)
      expect(Number.isInteger(session.expiresAt)).toBe(true)
      expect(session.expiresAt).toBeGreaterThan(harness.time.now())
      expect(session.expiresAt - harness.time.now()).toBeLessThanOrEqual(86_400_000)
    })

    it('opens nothing with a code that was used, or with another secret', async () => {
      const { harness, account } = await open()
      const used = harness.signIn(account)
      await harness.broker.open(used, never())
      expect(await failureOf(harness.broker.open(used, never()))).toBe('auth_required')
      // Where the secret signs calls and not the sign-in, the first call tells.
      const wrong = { ...harness.signIn(account), apiSecret: new Secret('of-somebody-else') }
      const reading = harness.broker.open(wrong, never()).then((session) => session.holdings(never()))
      expect(await failureOf(reading)).toBe('auth_required')
    })

    it.each(upstreamFailures)('tries to open a session once, also when that is %s', async (failure) => {
      const { harness, account } = await open()
      harness.fail('open', failure)
      const before = harness.requests()
      await expectFailure(harness.broker.open(harness.signIn(account), never()), failure, harness.broker)
      expect(harness.requests() - before).toBeLessThanOrEqual(1)
    })

    for (const operation of readings) {
      it.each(upstreamFailures)(
        `tells ${operation} that are %s, and keeps the session unless it is over`,
        async (how) => {
          const { harness, session } = await open()
          harness.fail(operation, how)
          await expectFailure(session[operation](never()), how, harness.broker)
          harness.fail(operation, null)
          const { endsSession } = failureRules[how]
          expect(await failureOf(session[operation](never()))).toBe(endsSession ? 'auth_required' : null)
          expect(await failureOf(session[other(operation)](never()))).toBe(endsSession ? 'auth_required' : null)
        },
      )

      it(`asks for no ${operation} when the signal is already aborted, and rejects with its reason`, async () => {
        const { harness, session } = await open()
        const before = harness.requests()
        const reason = new Error('nobody waits any more')
        await expect(session[operation](AbortSignal.abort(reason))).rejects.toBe(reason)
        expect(harness.requests()).toBe(before)
      })

      it(`breaks off ${operation} with the reason of the signal, and keeps the session`, async () => {
        const { harness, session } = await open()
        harness.fail(operation, 'hang')
        const controller = new AbortController()
        const reason = new Error('too slow')
        const before = harness.requests()
        const reading = session[operation](controller.signal)
        await untilAsked(harness, before)
        controller.abort(reason)
        await expect(reading).rejects.toBe(reason)
        harness.fail(operation, null)
        expect((await session[operation](never())).rows.length).toBeGreaterThan(0)
      })
    }

    it('breaks off a sign-in with the reason of the signal', async () => {
      const { harness, account } = await open()
      const reason = new Error('too slow')
      await expect(harness.broker.open(harness.signIn(account), AbortSignal.abort(reason))).rejects.toBe(reason)
      harness.fail('open', 'hang')
      const controller = new AbortController()
      const before = harness.requests()
      const opening = harness.broker.open(harness.signIn(account), controller.signal)
      await untilAsked(harness, before)
      controller.abort(reason)
      await expect(opening).rejects.toBe(reason)
    })

    it('gives holdings that are sane', async () => {
      const { session } = await open()
      const { rows, warnings } = await session.holdings(never())
      expect(rows.length).toBeGreaterThan(0)
      for (const row of rows) expectSaneHolding(row)
      for (const warning of warnings) expect(warning).toMatch(/\S/)
    })

    it('gives positions that are sane, of the lists it says it has', async () => {
      const { harness, session } = await open()
      const { rows } = await session.positions(never())
      expect(rows.length).toBeGreaterThan(0)
      for (const row of rows) expectSanePosition(row)
      const hasDay = rows.some(({ type }) => type === 'day')
      if (!harness.broker.abilities.hasDayPositions) expect(hasDay).toBe(false)
    })

    it('is over at its time, without a request', async () => {
      const { harness, session } = await open()
      harness.time.set(session.expiresAt - 1)
      expect(await failureOf(session.holdings(never()))).toBeNull()
      harness.time.set(session.expiresAt)
      const before = harness.requests()
      for (const operation of readings) expect(await failureOf(session[operation](never()))).toBe('auth_required')
      expect(harness.requests()).toBe(before)
    })

    it('is over when it is closed, which may be done twice', async () => {
      const { harness, session } = await open()
      await session.close(never())
      const before = harness.requests()
      await session.close(never())
      for (const operation of readings) expect(await failureOf(session[operation](never()))).toBe('auth_required')
      expect(harness.requests()).toBe(before)
    })

    it('is over when it is closed though nobody waits for the broker', async () => {
      const { session } = await open()
      await session.close(AbortSignal.abort(new Error('nobody waits')))
      expect(await failureOf(session.holdings(never()))).toBe('auth_required')
    })

    it('keeps sessions apart that work at the same time', async () => {
      const { harness } = await open()
      const sessions = await Promise.all(
        harness.accounts.map((one) => harness.broker.open(harness.signIn(one), never())),
      )
      const read = () => Promise.all(sessions.flatMap((one) => [linesOf(one), linesOf(one), linesOf(one)]))
      const [first, , , second, ...more] = await read()
      expect(first).not.toEqual(second)
      expect(sessions.map(({ account }) => account)).toEqual(harness.accounts)
      expect(more).toEqual([second, second])
      await sessions[0]?.close(never())
      expect(await linesOf(sessions[1] as BrokerSession)).toEqual(second)
    })

    it('shows no secret in what can be printed of a session', async () => {
      const { harness, session } = await open()
      await session.holdings(never())
      expect(secretsIn([session, harness.broker, await session.positions(never())], harness)).toEqual([])
    })

    it.each(['echo', ...upstreamFailures] as const)(
      'shows no secret in the error of a call that is %s',
      async (fault) => {
        const { harness, session, account } = await open()
        for (const operation of brokerOperations) harness.fail(operation, fault)
        const errors = [
          await errorOf(harness.broker.open(harness.signIn(account), never())),
          await errorOf(session.holdings(never())),
          await errorOf(session.positions(never())),
        ]
        expect(errors.every((error) => error instanceof UpstreamError)).toBe(true)
        expect(secretsIn(errors, harness)).toEqual([])
      },
    )
  })
}

const readings = ['holdings', 'positions'] as const
type Reading = (typeof readings)[number]
const other = (operation: Reading): Reading => (operation === 'holdings' ? 'positions' : 'holdings')
const never = () => new AbortController().signal

/** Waits until one more request is under way; where there is a network that takes a moment. */
function untilAsked(harness: BrokerHarness, before: number): Promise<void> {
  return vi.waitFor(() => expect(harness.requests()).toBeGreaterThan(before), { interval: 1, timeout: 5_000 })
}

async function errorOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => null,
    (error: unknown) => error,
  )
}

/** Returns how a call failed; null when it did not. */
async function failureOf(call: Promise<unknown>): Promise<unknown> {
  const error = await errorOf(call)
  return error instanceof UpstreamError ? error.failure : error
}

async function expectFailure(call: Promise<unknown>, failure: UpstreamFailure, { id }: Broker): Promise<void> {
  const error = await errorOf(call)
  if (!(error instanceof UpstreamError)) throw new Error(`no UpstreamError but ${String(error)}`)
  expect([error.failure, error.provider]).toEqual([failure, id])
  expect(error.operation).toMatch(/^[a-z][a-z-]*$/)
  expect(error.retryAfterS === null || error.retryAfterS >= 1).toBe(true)
  if (error.vendorText !== null) expect(error.vendorText).toMatch(/^[^\p{Cc}]{1,200}$/u)
}

/** Returns the harness's secrets that a print of the values holds, also encoded. */
function secretsIn(values: readonly unknown[], harness: BrokerHarness): readonly string[] {
  const printed = values.flatMap((value) => [
    inspect(value, { depth: 20, showHidden: true }),
    JSON.stringify(value),
    value instanceof Error ? JSON.stringify({ ...value, message: value.message, stack: value.stack }) : '',
  ])
  const secrets = harness.secrets()
  if (secrets.length === 0) throw new Error('the harness knows no secret')
  const formsOf = (secret: string) => [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]
  return secrets.filter((secret) => formsOf(secret).some((form) => printed.some((text) => text.includes(form))))
}

async function linesOf(session: BrokerSession): Promise<readonly string[]> {
  const { rows } = await session.holdings(never())
  return rows.map(({ exchange, symbol, quantity }) => `${exchange}:${symbol} ${quantity.toFixed()}`).sort()
}

function expectSaneRow(row: BrokerHolding | BrokerPosition): void {
  expect(exchanges).toContain(row.exchange)
  if (row.mapped) expect(parseInstrumentId(`${row.exchange}:${row.symbol}`)).toBe(`${row.exchange}:${row.symbol}`)
  else expect(row.symbol).toMatch(/\S/)
  expect(row.isin === null || isIsin(row.isin)).toBe(true)
  expect(row.product === null || /\S/.test(row.product)).toBe(true)
  for (const price of [row.averagePrice, row.lastPrice, row.closePrice])
    expect(price === null || price.gte(0)).toBe(true)
}

function expectSaneHolding(row: BrokerHolding): void {
  expectSaneRow(row)
  expect(row.quantity.gte(0)).toBe(true)
  expect(row.t1Quantity === null || (row.t1Quantity.gte(0) && row.t1Quantity.lte(row.quantity))).toBe(true)
}

/** The figures a broker gives hang together: what was earned is what was realised and what is open (upstreams.md §2.6). */
function expectSanePosition(row: BrokerPosition): void {
  expectSaneRow(row)
  expect(['net', 'day']).toContain(row.type)
  expect(row.multiplier.gt(0)).toBe(true)
  const { pnl, realised, unrealised } = row
  if (pnl && realised && unrealised) expect(realised.plus(unrealised).toFixed()).toBe(pnl.toFixed())
}
