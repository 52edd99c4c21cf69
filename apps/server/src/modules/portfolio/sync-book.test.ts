import { inspect } from 'node:util'
import { upstreamFailures } from '@banyan/brokers'
import { type BrokerFault, type BrokerOperation, brokerOperations } from '@banyan/brokers/memory'
import { BanyanError } from '@banyan/domain'
import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createPostgresPlaces } from '../../infra/database/testing/postgres-places.ts'
import { amount, holdingOf, positionOf } from './testing/book-of.ts'
import { openTestPortfolio, type TestPortfolio, type TestPortfolioOptions } from './testing/open-test-portfolio.ts'

const places = createPostgresPlaces(process.env)
const isPostgresAbsent = await places.isAbsent()

const running: TestPortfolio[] = []
afterEach(async () => {
  for (const one of running.splice(0)) await one.close()
})

async function open(options: TestPortfolioOptions = {}) {
  const world = await openTestPortfolio(options)
  running.push(world)
  return { ...world, asha: await world.addAccount() }
}

const infosys = (last = '1501.20') =>
  holdingOf('INFY', '10', '1400.05', { lastPrice: amount(last), closePrice: amount('1485.55') })
const shares = (...symbols: string[]) =>
  symbols.map((symbol) => holdingOf(symbol, '1', '100', { lastPrice: amount('110') }))
const future = positionOf('NIFTY26MARFUT', '75', { exchange: 'NFO', pnl: amount('1125'), m2m: amount('1125') })

const plain = (value: unknown) => JSON.parse(JSON.stringify(value))

/** Returns why work did not succeed: the code and the sentence of a refusal. */
async function refusalOf(work: Promise<unknown>): Promise<readonly [string, string]> {
  const error = await errorOf(work)
  return error instanceof BanyanError ? [error.code, error.message] : ['', String(error)]
}

async function errorOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => null,
    (error: unknown) => error,
  )
}

describe('a sync', () => {
  it('SY-1 stores what the broker tells, whole, and ends the session', async () => {
    const { sync, zerodha, portfolio, asha } = await open()
    zerodha.hold('AB1234', { holdings: [infosys()], positions: [future], warnings: ['Prices of yesterday.'] })
    const { book, warnings } = await sync(asha, zerodha)
    expect([book.brokerAccount, book.tradingDay, warnings]).toEqual(['AB1234', '2026-03-12', ['Prices of yesterday.']])
    expect(plain(await portfolio.books(asha))).toEqual(plain([book]))
    expect(zerodha.calls.map(({ operation }) => operation)).toEqual(['open', 'holdings', 'positions', 'close'])
    expect(zerodha.openSessions()).toBe(0)
  })

  it('puts a book in place of the one before, not beside it', async () => {
    const { sync, zerodha, portfolio, asha } = await open()
    zerodha.hold('AB1234', { holdings: shares('A', 'B', 'C'), positions: [future] })
    await sync(asha, zerodha)
    zerodha.hold('AB1234', { holdings: shares('B', 'D'), positions: [] })
    await sync(asha, zerodha)
    const [book, ...more] = await portfolio.books(asha)
    expect([book?.holdings.map(({ symbol }) => symbol), book?.positions, more]).toEqual([['B', 'D'], [], []])
  })

  it('IC-1 of ICICI leaves Zerodha alone, and one account at a broker leaves the other alone', async () => {
    const { sync, zerodha, icici, portfolio, asha } = await open()
    zerodha.hold('AB1234', { holdings: [infosys()], positions: [] })
    zerodha.hold('CD5678', { holdings: shares('M&M'), positions: [] })
    icici.hold('ASHA01', { holdings: shares('TCS'), positions: [] })
    for (const account of ['AB1234', 'CD5678']) await sync(asha, zerodha, account)
    for (const _again of [1, 2]) await sync(asha, icici, 'ASHA01')
    const books = await portfolio.books(asha)
    expect(books.map((book) => [book.broker, book.brokerAccount, book.holdings[0]?.symbol])).toEqual([
      ['icici', 'ASHA01', 'TCS'],
      ['zerodha', 'AB1234', 'INFY'],
      ['zerodha', 'CD5678', 'M&M'],
    ])
  })

  it('HO-2 is nobody else’s', async () => {
    const { sync, zerodha, portfolio, asha, addAccount } = await open()
    zerodha.hold('AB1234', { holdings: [infosys()], positions: [] })
    await sync(asha, zerodha)
    const ravi = await addAccount()
    expect([await portfolio.books(ravi), (await portfolio.pnl(ravi, 30)).current]).toEqual([[], null])
  })
})

describe('a sync that fails', () => {
  const told: Readonly<Record<BrokerFault, readonly [string, string]>> = {
    auth_required: ['broker_rejected', 'Zerodha refused: Told auth_required.'],
    forbidden: ['broker_rejected', 'Zerodha refused: Told forbidden.'],
    rejected: ['broker_rejected', 'Zerodha refused: Told rejected.'],
    echo: ['broker_rejected', 'Zerodha refused: Refused [redacted] and [redacted] and [redacted].'],
    rate_limited: ['broker_rate_limited', 'Zerodha takes no more requests for now.'],
    unavailable: ['broker_unreachable', 'Zerodha cannot be reached.'],
    malformed: ['broker_unreachable', 'Zerodha answered something that was not understood.'],
    timeout: ['broker_timeout', 'Zerodha did not answer in time.'],
    hang: ['broker_timeout', 'Zerodha did not answer in time.'],
  }

  it.each([...upstreamFailures, 'echo', 'hang'] as const)(
    'SY-2 at the sign-in (%s) says so and changes nothing',
    async (fault) => {
      const { sync, zerodha, asha, stored } = await open({ times: { readMs: 300, closeMs: 100, stopMs: 100 } })
      zerodha.hold('AB1234', { holdings: [infosys()], positions: [] })
      await sync(asha, zerodha)
      const before = await stored(asha)
      zerodha.hold('AB1234', { holdings: [], positions: [] })
      zerodha.fail('open', fault)
      expect(await refusalOf(sync(asha, zerodha))).toEqual(told[fault])
      expect(await stored(asha)).toEqual(before)
    },
  )

  it('says when to come back', async () => {
    const { sync, zerodha, asha } = await open()
    zerodha.fail('holdings', 'rate_limited')
    expect(await errorOf(sync(asha, zerodha))).toMatchObject({ code: 'broker_rate_limited', retryAfterS: 2 })
  })

  it('SY-5 at the positions, with good holdings, stores nothing', async () => {
    const { sync, zerodha, portfolio, asha, stored } = await open()
    zerodha.hold('AB1234', { holdings: [infosys()], positions: [] })
    zerodha.fail('positions', 'unavailable')
    expect((await refusalOf(sync(asha, zerodha)))[0]).toBe('broker_unreachable')
    expect([await stored(asha), (await portfolio.pnl(asha, 30)).current]).toEqual([[[], []], null])
    expect(zerodha.openSessions()).toBe(0)
  })

  it('at any step, for any reason, changes nothing, ends the session and leaves the place free', async () => {
    const world = await open({ times: { readMs: 100, closeMs: 50, stopMs: 50 } })
    const { sync, zerodha, asha, stored, time } = world
    const step = fc.constantFrom<BrokerOperation>(...brokerOperations)
    const fault = fc.constantFrom<BrokerFault>(...upstreamFailures, 'echo', 'hang')
    const symbols = fc.uniqueArray(fc.constantFrom('A', 'B', 'C', 'D', 'E'), { minLength: 1 })
    await fc.assert(
      fc.asyncProperty(step, fault, symbols, symbols, async (operation, how, old, fresh) => {
        zerodha.hold('AB1234', { holdings: shares(...old), positions: [future] })
        await sync(asha, zerodha)
        const before = await stored(asha)
        zerodha.hold('AB1234', { holdings: shares(...fresh), positions: [] })
        zerodha.fail(operation, how)
        expect((await refusalOf(sync(asha, zerodha)))[0]).toMatch(/^broker_/)
        expect([await stored(asha), zerodha.openSessions()]).toEqual([before, 0])
        zerodha.fail(operation, null)
        time.advance(60_000)
      }),
      { numRuns: 40 },
    )
  })

  it('at any statement of the database changes nothing, however far it came', async () => {
    const { sync, zerodha, asha, stored, statements, time } = await open()
    zerodha.hold('AB1234', { holdings: shares('A', 'B'), positions: [future] })
    await sync(asha, zerodha)
    const before = await stored(asha)
    zerodha.hold('AB1234', { holdings: shares('A', 'B', 'C'), positions: [] })
    let failed = 0
    for (let nth = 1; ; nth++) {
      time.advance(60_000)
      statements.failAt(nth)
      const error = await errorOf(sync(asha, zerodha))
      statements.failAt(null)
      if (error === null) break
      failed += 1
      expect([nth, String(error)]).toEqual([nth, 'Error: the disk is on fire'])
      expect(await stored(asha)).toEqual(before)
      expect(zerodha.openSessions()).toBe(0)
    }
    expect(failed).toBeGreaterThan(8)
    expect(await stored(asha)).not.toEqual(before)
  })

  it('shows no secret, also when the broker repeats them all', async () => {
    const { sync, zerodha, asha } = await open()
    for (const operation of brokerOperations) {
      zerodha.fail(operation, 'echo')
      const printed = inspect(await errorOf(sync(asha, zerodha)), { depth: 20, showHidden: true })
      zerodha.fail(operation, null)
      expect(printed).toContain('[redacted]')
      expect(zerodha.secrets().filter((secret) => printed.includes(secret))).toEqual([])
    }
  })
})

describe('a book that is suddenly empty or halved', () => {
  const four = shares('A', 'B', 'C', 'D')
  async function withFour() {
    const world = await open()
    world.zerodha.hold('AB1234', { holdings: four, positions: [] })
    await world.sync(world.asha, world.zerodha)
    const readings = () => world.zerodha.calls.filter(({ operation }) => operation === 'holdings').length - 1
    return { ...world, readings }
  }

  it.each([
    ['empty', []],
    ['halved', shares('A', 'B')],
    ['a quarter', shares('C')],
  ])('is read again, and kept from replacing when the second reading differs (%s)', async (_how, misread) => {
    const { sync, zerodha, asha, stored, readings } = await withFour()
    const before = await stored(asha)
    zerodha.misread('AB1234', misread)
    expect(await refusalOf(sync(asha, zerodha))).toEqual([
      'broker_unreachable',
      'Zerodha answered something that was not understood.',
    ])
    expect([await stored(asha), readings(), zerodha.openSessions()]).toEqual([before, 2, 0])
  })

  it('replaces when the second reading says the same: everything was sold', async () => {
    const { sync, zerodha, asha, portfolio, readings } = await withFour()
    zerodha.hold('AB1234', { holdings: [], positions: [] })
    await sync(asha, zerodha)
    expect([(await portfolio.books(asha))[0]?.holdings, readings()]).toEqual([[], 2])
  })

  it('is told by the quantities, not by prices, which move between two readings', async () => {
    const { sync, zerodha, asha, portfolio } = await withFour()
    zerodha.hold('AB1234', { holdings: [holdingOf('A', '1', '100', { lastPrice: amount('111') })], positions: [] })
    zerodha.misread('AB1234', [holdingOf('A', '1', '100', { lastPrice: amount('110.95') })])
    await sync(asha, zerodha)
    expect((await portfolio.books(asha))[0]?.holdings).toHaveLength(1)
    zerodha.hold('AB1234', { holdings: shares('A', 'B', 'C', 'D'), positions: [] })
    await sync(asha, zerodha)
    zerodha.hold('AB1234', { holdings: shares('A'), positions: [] })
    zerodha.misread('AB1234', [holdingOf('A', '2', '100')])
    expect((await refusalOf(sync(asha, zerodha)))[0]).toBe('broker_unreachable')
  })

  it('is read once when a few are gone, and on the first sync', async () => {
    const { sync, zerodha, icici, asha, readings } = await withFour()
    zerodha.hold('AB1234', { holdings: shares('A', 'B', 'C'), positions: [] })
    await sync(asha, zerodha)
    expect(readings()).toBe(1)
    await sync(asha, icici, 'EMPTY1')
    expect(icici.calls.map(({ operation }) => operation)).toEqual(['open', 'holdings', 'positions', 'close'])
  })
})

describe('two syncs', () => {
  it('of one account at once: the second is refused and the first goes on; another account’s is not kept waiting', async () => {
    const { sync, zerodha, icici, asha, portfolio, addAccount } = await open()
    zerodha.hold('AB1234', { holdings: [infosys()], positions: [] })
    zerodha.fail('holdings', 'hang')
    const first = sync(asha, zerodha)
    await vi.waitFor(() => expect(zerodha.calls).toHaveLength(2))
    expect((await refusalOf(sync(asha, icici, 'ASHA01')))[0]).toBe('sync_in_progress')
    await sync(await addAccount(), icici, 'RAVI01')
    zerodha.fail('holdings', null)
    await first
    await sync(asha, icici, 'ASHA01')
    expect((await portfolio.books(asha)).map(({ broker }) => broker)).toEqual(['icici', 'zerodha'])
  })

  it('do not wait for ever for one whose instance was killed', async () => {
    const { sync, zerodha, asha, modules, time } = await open({ instances: 2 })
    zerodha.fail('holdings', 'hang')
    const lost = sync(asha, zerodha, 'AB1234', modules[0]).catch(() => null)
    await vi.waitFor(() => expect(zerodha.calls).toHaveLength(2))
    expect((await refusalOf(sync(asha, zerodha, 'AB1234', modules[1])))[0]).toBe('sync_in_progress')
    time.advance(60_000)
    zerodha.fail('holdings', null)
    await sync(asha, zerodha, 'AB1234', modules[1])
    await lost
  })

  it.skipIf(isPostgresAbsent)('are told apart over two instances with one database', async () => {
    const { sync, zerodha, asha, modules, stored } = await open({ place: await places.createPlace(), instances: 2 })
    zerodha.hold('AB1234', { holdings: [infosys()], positions: [future] })
    zerodha.fail('holdings', 'hang')
    const codes: (string | undefined)[] = []
    const begun = [0, 1, 0, 1].map((n) =>
      sync(asha, zerodha, 'AB1234', modules[n]).catch(({ code }: BanyanError) => void codes.push(code)),
    )
    await vi.waitFor(() => expect(codes).toEqual(['sync_in_progress', 'sync_in_progress', 'sync_in_progress']))
    zerodha.fail('holdings', null)
    await Promise.all(begun)
    expect(codes).toHaveLength(3)
    expect(await stored(asha)).toMatchObject([[{ holdings: [{ symbol: 'INFY' }] }], [{ invested: '14000.5' }]])
  })
})

describe('the pace', () => {
  it('is six syncs in any minute, failed ones counted, those refused not, for each account', async () => {
    const { sync, zerodha, asha, time, addAccount } = await open()
    for (let n = 0; n < 5; n++) {
      await sync(asha, zerodha)
      time.advance(5_000)
    }
    zerodha.fail('open', 'rejected')
    expect((await refusalOf(sync(asha, zerodha)))[0]).toBe('broker_rejected')
    zerodha.fail('open', null)
    time.advance(5_000)
    expect(await errorOf(sync(asha, zerodha))).toMatchObject({ code: 'rate_limited', retryAfterS: 30 })
    await sync(await addAccount(), zerodha)
    time.advance(29_999)
    expect((await refusalOf(sync(asha, zerodha)))[0]).toBe('rate_limited')
    time.advance(1)
    await sync(asha, zerodha)
    expect((await refusalOf(sync(asha, zerodha)))[0]).toBe('rate_limited')
  })

  it('is asked after whether another sync runs', async () => {
    const { sync, zerodha, asha } = await open()
    for (let n = 0; n < 5; n++) await sync(asha, zerodha)
    zerodha.fail('holdings', 'hang')
    const sixth = sync(asha, zerodha)
    await vi.waitFor(() => expect(zerodha.openSessions()).toBe(1))
    expect((await refusalOf(sync(asha, zerodha)))[0]).toBe('sync_in_progress')
    zerodha.fail('holdings', null)
    await sixth
    expect((await refusalOf(sync(asha, zerodha)))[0]).toBe('rate_limited')
  })
})

describe('a server that stops', () => {
  const times = { readMs: 20_000, closeMs: 100, stopMs: 200 }

  it('G1 lets a sync finish that is done soon', async () => {
    const { sync, zerodha, asha, portfolio } = await open({ times: { ...times, stopMs: 20_000 } })
    zerodha.fail('positions', 'hang')
    const syncing = sync(asha, zerodha)
    await vi.waitFor(() => expect(zerodha.calls).toHaveLength(3))
    portfolio.stop()
    zerodha.fail('positions', null)
    await syncing
    expect(await portfolio.books(asha)).toHaveLength(1)
  })

  it.each(brokerOperations)(
    'G1 breaks a longer one off at %s: nothing is stored, the session is ended',
    async (operation) => {
      const { sync, zerodha, asha, portfolio, stored } = await open({ times })
      zerodha.hold('AB1234', { holdings: [infosys()], positions: [future] })
      zerodha.fail(operation, 'hang')
      const syncing = refusalOf(sync(asha, zerodha))
      await vi.waitFor(() => expect(zerodha.calls.at(-1)?.operation).toBe(operation))
      portfolio.stop()
      expect(await syncing).toEqual(['unavailable', 'The server stops. Nothing was changed.'])
      expect([await stored(asha), zerodha.openSessions()]).toEqual([[[], []], 0])
    },
  )

  it('lets none begin', async () => {
    const { sync, zerodha, asha, portfolio } = await open({ times })
    portfolio.stop()
    expect((await refusalOf(sync(asha, zerodha)))[0]).toBe('unavailable')
    expect(zerodha.calls).toEqual([])
  })
})
