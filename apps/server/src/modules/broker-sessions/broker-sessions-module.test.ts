import { inspect } from 'node:util'
import { type Broker, type BrokerSession, type OneTimeCredentials, UpstreamError } from '@banyan/brokers'
import { BanyanError, parseTimestamp, Secret } from '@banyan/domain'
import { describe, expect, it } from 'vitest'
import { type BookReport, createBrokerSessionsModule } from './index.ts'

const start = parseTimestamp('2026-03-12T09:00:00+05:30') ?? 0
const hourMs = 3_600_000
const asha = { accountId: 1, sessionId: 'ses_asha' }

/** A broker of one account, whose sessions say what became of them. */
function createTestBroker(id: 'zerodha' | 'icici', carriesState: boolean, expiresAt: number) {
  const opened: OneTimeCredentials[] = []
  const closed: string[] = []
  const broker = {
    id,
    name: id === 'zerodha' ? 'Zerodha' : 'ICICI Direct',
    abilities: { carriesState, canSignOut: true, hasDayPositions: true },
    signInUrl: (apiKey, state) =>
      `https://${id}.example/login?api_key=${encodeURIComponent(apiKey)}&redirect_params=${state}`,
    async open(credentials): Promise<BrokerSession> {
      opened.push(credentials)
      return {
        account: `AB${opened.length}`,
        expiresAt,
        holdings: async () => ({ rows: [], warnings: [] }),
        positions: async () => ({ rows: [], warnings: [] }),
        close: async () => void closed.push(credentials.code.reveal()),
      }
    },
  } satisfies Broker
  return { broker, opened, closed }
}

function open() {
  let now = start
  let failure: Error | null = null
  let syncedAt = start
  const zerodha = createTestBroker('zerodha', true, start + 21 * hourMs)
  const icici = createTestBroker('icici', false, start + 15 * hourMs)
  const synced: string[] = []
  let sweep: () => void = () => undefined
  const module = createBrokerSessionsModule({
    brokers: [zerodha.broker, icici.broker],
    unavailable: [{ id: 'kotak', name: 'Kotak', reason: 'Kotak publishes no way to read a portfolio.' }],
    clock: { now: () => now },
    timers: {
      every(_intervalMs, run) {
        sweep = run
        return () => undefined
      },
    },
    readCode: (_broker, fields) => (fields.has('code') ? new Secret(fields.get('code') ?? '') : null),
    budgetLeft: (broker) => (broker === 'icici' ? 4_745 : null),
    books: {
      async sync(accountId, { id }, openSession): Promise<BookReport> {
        const session = await openSession(AbortSignal.timeout(1_000))
        if (failure) throw failure
        syncedAt = now
        synced.push(`${accountId} ${id} ${session.account}`)
        await session.close(AbortSignal.timeout(1_000)) // as a sync ends what it was given
        const counts = { holdings: 0, netPositions: 0, dayPositions: 0, warnings: [] }
        return { broker: id, brokerAccount: session.account, ...counts, syncedAt: now, snapshotDate: '2026-03-12' }
      },
      listBooks: async () => [{ broker: 'zerodha', brokerAccount: 'AB1', syncedAt }],
    },
  })
  const given = (code: Secret | { claim: string }) => ({
    apiKey: new Secret('key'),
    apiSecret: new Secret('secret'),
    code,
  })
  const advance = (ms: number) => {
    now += ms
  }
  const fail = (error: Error | null) => {
    failure = error
  }
  const redirect = (broker: 'zerodha' | 'icici' | 'kotak', fields: Record<string, string>) =>
    module.receiveRedirect(broker, new URLSearchParams(fields))
  /** Comes back from a broker and returns the claim. */
  const comeBack = (broker: 'zerodha' | 'icici', fields: Record<string, string>): string => {
    const outcome = redirect(broker, fields)
    if ('problem' in outcome) throw new Error(outcome.problem)
    return outcome.claim
  }
  return { module, zerodha, icici, synced, given, advance, fail, redirect, comeBack, sweep: () => sweep() }
}

const codeOf = async (work: () => unknown): Promise<string> => {
  try {
    await work()
    return 'none'
  } catch (error) {
    return error instanceof BanyanError ? error.code : String(error)
  }
}
const stateIn = (url: string) => new URL(url).searchParams.get('redirect_params') ?? ''

describe('a sign-in by redirect', () => {
  it('leads to a session that is kept: the code comes back with the state and is claimed once', async () => {
    const { module, given, zerodha, synced, comeBack } = open()
    const { url, expiresInS } = module.beginSignIn(asha, 'zerodha', 'k+=!')
    expect([url.includes('api_key=k%2B%3D!'), expiresInS, stateIn(url).length]).toEqual([true, 600, 43])
    const claim = comeBack('zerodha', { code: 'code-1', state: stateIn(url) })
    await module.connect(asha, 'zerodha', given({ claim }))
    expect([zerodha.opened[0]?.code.reveal(), synced]).toEqual(['code-1', ['1 zerodha AB1']])
    expect(zerodha.closed).toEqual([])
    expect(await codeOf(() => module.connect(asha, 'zerodha', given({ claim })))).toBe('invalid_parameter')
  })

  it('takes no code with a state that nobody began, that is used, over or of another broker', () => {
    const { module, advance, redirect } = open()
    const begin = () => stateIn(module.beginSignIn(asha, 'zerodha', 'key').url)
    expect(redirect('zerodha', { code: 'c', state: 'invented' })).toEqual({ problem: 'not_begun' })
    expect(redirect('zerodha', { code: 'c' })).toEqual({ problem: 'not_begun' })
    const used = begin()
    expect(redirect('zerodha', { state: used })).toEqual({ problem: 'no_code' })
    expect(redirect('zerodha', { code: 'c', state: used })).toEqual({ claim: expect.any(String) })
    expect(redirect('zerodha', { code: 'c', state: used })).toEqual({ problem: 'not_begun' })
    const late = begin()
    advance(600_000)
    expect(redirect('zerodha', { code: 'c', state: late })).toEqual({ problem: 'not_begun' })
    expect(redirect('kotak', { code: 'c' })).toEqual({ problem: 'not_available' })
  })

  it('gives a code to nobody but the session that began, also where the broker sends no state back', async () => {
    const { module, given, comeBack } = open()
    const stranger = { accountId: 2, sessionId: 'ses_other' }
    const state = stateIn(module.beginSignIn(asha, 'zerodha', 'key').url)
    const claim = comeBack('zerodha', { code: 'code', state })
    expect(await codeOf(() => module.connect(stranger, 'zerodha', given({ claim })))).toBe('invalid_parameter')
    expect(await codeOf(() => module.connect(asha, 'icici', given({ claim })))).toBe('invalid_parameter')
    const free = comeBack('icici', { code: 'code' })
    expect(await codeOf(() => module.connect(asha, 'icici', given({ claim: free })))).toBe('invalid_parameter')
    module.beginSignIn(asha, 'icici', 'key')
    expect(await codeOf(() => module.connect(stranger, 'icici', given({ claim: free })))).toBe('invalid_parameter')
    expect(await codeOf(() => module.connect(asha, 'icici', given({ claim: free })))).toBe('none')
  })

  it('keeps a code for a minute', async () => {
    const { module, given, advance, comeBack } = open()
    const state = stateIn(module.beginSignIn(asha, 'zerodha', 'key').url)
    const claim = comeBack('zerodha', { code: 'code', state })
    advance(60_000)
    expect(await codeOf(() => module.connect(asha, 'zerodha', given({ claim })))).toBe('invalid_parameter')
  })
})

describe('a kept session', () => {
  it('reads the book again without another sign-in, of its own account alone', async () => {
    const { module, given, zerodha, synced } = open()
    await module.connect(asha, 'zerodha', given(new Secret('code')))
    await module.sync(1, 'zerodha', null)
    await module.sync(1, 'zerodha', 'AB1')
    expect([synced.length, zerodha.opened.length, zerodha.closed]).toEqual([3, 1, []])
    expect(await codeOf(() => module.sync(2, 'zerodha', null))).toBe('broker_sign_in_required')
    expect(await codeOf(() => module.sync(1, 'zerodha', 'ZZ'))).toBe('broker_sign_in_required')
    expect(await codeOf(() => module.sync(1, 'icici', null))).toBe('broker_sign_in_required')
  })

  it('needs the account at the broker to be named when there are two', async () => {
    const { module, given } = open()
    await module.connect(asha, 'zerodha', given(new Secret('one')))
    await module.connect(asha, 'zerodha', given(new Secret('two')))
    expect(await codeOf(() => module.sync(1, 'zerodha', null))).toBe('broker_sign_in_required')
    expect(await codeOf(() => module.sync(1, 'zerodha', 'AB2'))).toBe('none')
  })

  it.each([
    ['its own end', 21 * hourMs],
    ['twelve hours without use', 12 * hourMs],
  ])('is over at %s', async (_when, ms) => {
    const { module, given, advance, sweep } = open()
    await module.connect(asha, 'zerodha', given(new Secret('code')))
    if (ms > 12 * hourMs) {
      advance(11 * hourMs)
      await module.sync(1, 'zerodha', null)
      advance(ms - 11 * hourMs)
    } else advance(ms)
    sweep()
    expect(await codeOf(() => module.sync(1, 'zerodha', null))).toBe('broker_sign_in_required')
  })

  it('is dropped when the broker says it is over, and kept when the broker is only away', async () => {
    const { module, given, fail } = open()
    await module.connect(asha, 'zerodha', given(new Secret('code')))
    const at = { provider: 'zerodha', operation: 'holdings' }
    fail(new BanyanError('broker_unreachable', { cause: new UpstreamError('unavailable', at) }))
    expect(await codeOf(() => module.sync(1, 'zerodha', null))).toBe('broker_unreachable')
    fail(new BanyanError('broker_rejected', { cause: new UpstreamError('auth_required', at) }))
    expect(await codeOf(() => module.sync(1, 'zerodha', null))).toBe('broker_rejected')
    fail(null)
    expect(await codeOf(() => module.sync(1, 'zerodha', null))).toBe('broker_sign_in_required')
  })

  it('is not kept when the first reading failed, but ended', async () => {
    const { module, given, fail, zerodha } = open()
    fail(new BanyanError('broker_timeout'))
    expect(await codeOf(() => module.connect(asha, 'zerodha', given(new Secret('code'))))).toBe('broker_timeout')
    expect(zerodha.closed).toEqual(['code'])
    fail(null)
    expect(await codeOf(() => module.sync(1, 'zerodha', null))).toBe('broker_sign_in_required')
  })

  it('is ended on demand, and with the account', async () => {
    const { module, given, zerodha } = open()
    expect(await codeOf(() => module.disconnect(1, 'zerodha', null))).toBe('not_found')
    await module.connect(asha, 'zerodha', given(new Secret('one')))
    await module.disconnect(1, 'zerodha', 'AB1')
    await module.connect(asha, 'zerodha', given(new Secret('two')))
    module.forget(1)
    expect(zerodha.closed).toEqual(['one', 'two'])
    expect(await codeOf(() => module.sync(1, 'zerodha', null))).toBe('broker_sign_in_required')
  })

  it('shows no secret of its own to whoever prints it', async () => {
    const { module, given, comeBack } = open()
    await module.connect(asha, 'zerodha', given(new Secret('canary-of-a-code')))
    const state = stateIn(module.beginSignIn(asha, 'zerodha', 'key').url)
    comeBack('zerodha', { code: 'canary-of-a-code', state })
    const printed =
      inspect([module, await module.board(1)], { depth: 20, showHidden: true }) + JSON.stringify(await module.board(1))
    expect(printed).not.toContain('canary')
  })
})

describe('the board', () => {
  const failuresOf = async ({ board }: ReturnType<typeof open>['module']) =>
    Object.fromEntries((await board(1)).map(({ broker, lastFailure }) => [broker, lastFailure]))

  it('keeps what failed and when, no longer than the account', async () => {
    const { module, given, fail, advance } = open() // whose book at Zerodha is of the start
    fail(new BanyanError('broker_timeout'))
    advance(1_000)
    await codeOf(() => module.connect(asha, 'zerodha', given(new Secret('code'))))
    await codeOf(() => module.connect(asha, 'icici', given(new Secret('code'))))
    expect(await failuresOf(module)).toEqual({
      zerodha: { broker: 'zerodha', brokerAccount: 'AB1', at: start + 1_000, code: 'broker_timeout' },
      icici: { broker: 'icici', brokerAccount: 'AB1', at: start + 1_000, code: 'broker_timeout' },
      kotak: null,
    })
    expect((await module.board(2)).map(({ lastFailure }) => lastFailure)).toEqual([null, null, null])
    module.forget(1)
    expect(await failuresOf(module)).toEqual({ zerodha: null, icici: null, kotak: null })
  })

  it('blames no account for another: one whose first sync failed has a line of its own', async () => {
    const { module, given, fail, advance } = open()
    await module.connect(asha, 'zerodha', given(new Secret('one')))
    advance(1_000)
    fail(new BanyanError('broker_timeout'))
    await codeOf(() => module.connect(asha, 'zerodha', given(new Secret('two'))))
    const lines = (await module.board(1)).filter(({ broker }) => broker === 'zerodha')
    expect(lines.map(({ brokerAccount, state, lastFailure }) => [brokerAccount, state, lastFailure?.code])).toEqual([
      ['AB1', 'connected', undefined],
      ['AB2', 'signed_out', 'broker_timeout'],
    ])
  })

  it('forgets what failed with the next good sync, whoever made it', async () => {
    const { module, given, fail, advance } = open()
    await module.connect(asha, 'zerodha', given(new Secret('code')))
    advance(1_000)
    fail(new BanyanError('broker_unreachable'))
    await codeOf(() => module.sync(1, 'zerodha', null))
    expect((await failuresOf(module))['zerodha']).toMatchObject({ code: 'broker_unreachable', at: start + 1_000 })
    advance(1_000)
    fail(null)
    await module.sync(1, 'zerodha', null)
    expect((await failuresOf(module))['zerodha']).toBeNull()
  })

  it('names what is no failure of a broker by its own code, and what was not even tried not at all', async () => {
    const { module, given, fail, advance } = open()
    await module.connect(asha, 'zerodha', given(new Secret('code')))
    advance(1_000)
    for (const code of ['sync_in_progress', 'rate_limited'] as const) {
      fail(new BanyanError(code))
      expect(await codeOf(() => module.sync(1, 'zerodha', null))).toBe(code)
    }
    expect((await failuresOf(module))['zerodha']).toBeNull()
    fail(new TypeError('the database said something nobody should read'))
    await codeOf(() => module.sync(1, 'zerodha', null))
    expect((await failuresOf(module))['zerodha']).toMatchObject({ code: 'internal_error' })
    expect(JSON.stringify(await module.board(1))).not.toContain('nobody should read')
  })

  it('has a line for each account at each broker, and says what is not available and why', async () => {
    const { module, given } = open()
    await module.connect(asha, 'icici', given(new Secret('code')))
    expect(await module.board(1)).toEqual([
      {
        broker: 'zerodha',
        name: 'Zerodha',
        brokerAccount: 'AB1',
        state: 'signed_out',
        reason: null,
        expiresAt: null,
        lastSuccess: start,
        lastFailure: null,
        budgetLeft: null,
        signInUrl: 'https://zerodha.example/login?api_key={api_key}',
      },
      expect.objectContaining({
        broker: 'icici',
        brokerAccount: 'AB1',
        state: 'connected',
        expiresAt: start + 15 * hourMs,
        lastSuccess: null,
        budgetLeft: 4_745,
      }),
      {
        broker: 'kotak',
        name: 'Kotak',
        brokerAccount: null,
        state: 'not_available',
        reason: 'Kotak publishes no way to read a portfolio.',
        expiresAt: null,
        lastSuccess: null,
        lastFailure: null,
        budgetLeft: null,
        signInUrl: null,
      },
    ])
  })

  it('refuses calls to a broker that is not there, with the reason', async () => {
    const { module, given } = open()
    const error = await module.connect(asha, 'kotak', given(new Secret('code'))).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({
      code: 'provider_not_configured',
      message: 'Kotak publishes no way to read a portfolio.',
    })
    expect(await codeOf(() => module.sync(1, 'synapsewave', null))).toBe('provider_not_configured')
  })
})
