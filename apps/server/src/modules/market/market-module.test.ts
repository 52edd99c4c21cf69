import { formatIst, type Quote } from '@banyan/domain'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createTestMarket, id, ist, settle, type TestMarket } from './testing/create-test-market.ts'

const openAt = '2026-03-12T11:00:00'
const zerodhaAndYahoo = [{ id: 'zerodha' }, { id: 'yahoo', lagging: true }]
const brief = { timeoutMs: 20, startWithinMs: 20 }

function two(now = openAt, options = {}) {
  const bench = createTestMarket(now, zerodhaAndYahoo, { options: { ...brief, ...options } })
  const [zerodha, yahoo] = bench.sources
  if (!zerodha || !yahoo) throw new Error('two sources were asked for')
  return { ...bench, zerodha, yahoo }
}

const shown = (quote: Quote | null | undefined) =>
  quote && [quote.lastPrice, quote.source, 'delay' in quote && quote.delay]

describe('the chain of sources', () => {
  it('asks the first source, and the next only for what it does not have', async () => {
    const { market, zerodha, yahoo } = two()
    zerodha.hold({ [id('TCS')]: { lastPrice: 3412.5, prevClose: 3398 } })
    yahoo.hold({ [id('TCS')]: 1, [id('INFY')]: { lastPrice: 1501.2, asOf: ist('2026-03-12T10:45:00') } })
    const quotes = await market.quotes([id('TCS'), id('INFY'), id('M&M')])
    expect([...quotes.keys()]).toEqual([id('TCS'), id('INFY'), id('M&M')])
    expect(shown(quotes.get(id('TCS')))).toEqual([3412.5, 'zerodha', 'snapshot'])
    expect(shown(quotes.get(id('INFY')))).toEqual([1501.2, 'yahoo', 'delayed'])
    expect(quotes.get(id('M&M'))).toBeNull()
    expect(yahoo.calls).toEqual([[id('INFY'), id('M&M')]])
  })

  it.each(['fail', 'hang'] as const)('goes to the next source when the first one is told to %s', async (behaviour) => {
    const { market, zerodha, yahoo, problems } = two()
    zerodha.behave(behaviour)
    yahoo.hold({ [id('TCS')]: 3400 })
    expect(shown((await market.quotes([id('TCS')])).get(id('TCS')))).toEqual([3400, 'yahoo', 'delayed'])
    expect(problems).toEqual([['source', 'zerodha']])
    expect(zerodha.pending()).toBe(0)
  })

  it('goes to the next source when the first one is silent and does not even hear the deadline', async () => {
    const { market, zerodha, yahoo } = two()
    zerodha.fetchQuotes = () => new Promise(() => undefined)
    yahoo.hold({ [id('TCS')]: 3400 })
    expect((await market.quotes([id('TCS')])).get(id('TCS'))?.source).toBe('yahoo')
  })

  it('gives an older known price as delayed when all sources fail, and null where none is known', async () => {
    const { market, time, zerodha, yahoo } = two()
    zerodha.hold({ [id('TCS')]: 3412.5 })
    await market.quotes([id('TCS')])
    for (const source of [zerodha, yahoo]) source.behave('fail')
    time.advance(120_000)
    const quotes = await market.quotes([id('TCS'), id('INFY')])
    expect(shown(quotes.get(id('TCS')))).toEqual([3412.5, 'zerodha', 'delayed'])
    expect(quotes.get(id('TCS'))?.asOf).toBe(ist(openAt))
    expect(quotes.get(id('INFY'))).toBeNull()
  })

  it('never puts an older price in the place of a newer one', async () => {
    const { market, time, zerodha, yahoo } = two()
    zerodha.hold({ [id('TCS')]: 3412.5 })
    await market.quotes([id('TCS')])
    zerodha.behave('fail')
    yahoo.hold({ [id('TCS')]: { lastPrice: 3390, asOf: ist(openAt) - 900_000 } })
    time.advance(5_000)
    expect(shown((await market.quotes([id('TCS')])).get(id('TCS')))).toEqual([3412.5, 'zerodha', 'snapshot'])
  })

  it('makes one call for a thousand callers at once', async () => {
    const { market, zerodha } = two()
    zerodha.hold({ [id('TCS')]: 3412.5 })
    zerodha.behave({ lagMs: 5 })
    const answers = await Promise.all(Array.from({ length: 1_000 }, () => market.quotes([id('TCS')])))
    expect(new Set(answers.map((quotes) => quotes.get(id('TCS'))?.lastPrice))).toEqual(new Set([3412.5]))
    expect(zerodha.calls.length).toBe(1)
  })

  it('asks again only when the price is no longer fresh, also for an instrument without a price', async () => {
    const { market, time, zerodha } = two()
    zerodha.hold({ [id('TCS')]: 3412.5 })
    for (let i = 0; i < 5; i++) await market.quotes([id('TCS'), id('INFY')])
    expect(zerodha.calls.length).toBe(1)
    time.advance(1_000)
    await market.quotes([id('TCS'), id('INFY')])
    expect(zerodha.calls.length).toBe(2)
  })

  it('does not keep a failure: the next caller asks again', async () => {
    const { market, zerodha } = two()
    zerodha.behave('fail')
    await market.quotes([id('TCS')])
    zerodha.behave('answer')
    zerodha.hold({ [id('TCS')]: 3412.5 })
    expect((await market.quotes([id('TCS')])).get(id('TCS'))).toBeNull()
    expect(zerodha.calls.length).toBe(1)
  })

  it('answers without sources', async () => {
    const { market } = createTestMarket(openAt, [])
    expect((await market.quotes([id('TCS')])).get(id('TCS'))).toBeNull()
  })
})

describe('the circuit of a source', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  const pass = ({ time }: TestMarket, ms: number) => {
    // First the process's time, which the breaker reads, then what our own timers do at that time.
    vi.setSystemTime(time.now() + ms)
    time.advance(ms)
  }
  const ask = (bench: TestMarket) => bench.market.quotes([id('TCS')])
  const circuit = (bench: TestMarket) => bench.market.providers().map((one) => [one.state, one.circuit])[0]

  async function fail(bench: TestMarket, times: number) {
    for (let i = 0; i < times; i++) {
      await ask(bench)
      pass(bench, 10)
    }
  }

  function failing() {
    const bench = createTestMarket(openAt, [{ id: 'zerodha' }], { options: brief })
    const [zerodha] = bench.sources
    if (!zerodha) throw new Error('a source was asked for')
    zerodha.behave('fail')
    pass(bench, 0)
    return { ...bench, zerodha }
  }

  it('opens at the tenth failure, and the eleventh call never reaches the source', async () => {
    const bench = failing()
    await fail(bench, 9)
    expect(circuit(bench)).toEqual(['down', 'closed'])
    await fail(bench, 2)
    expect([circuit(bench), bench.zerodha.calls.length]).toEqual([['down', 'open'], 10])
  })

  it('names while it is open from when the source is asked again, and nothing else ever', async () => {
    const bench = failing()
    const nextTry = () => bench.market.providers()[0]?.nextTry
    await fail(bench, 9)
    expect(nextTry()).toBeNull()
    const opened = bench.time.now()
    await fail(bench, 1)
    expect(nextTry()).toBe(opened + 30_000)
    pass(bench, 30_000)
    bench.zerodha.hold({ [id('TCS')]: 3412.5 })
    bench.zerodha.behave('answer')
    await ask(bench)
    expect(nextTry()).toBeNull()
  })

  it('lets one call try after 30 s while others go on at once, and closes when it succeeds', async () => {
    const bench = failing()
    await fail(bench, 10)
    pass(bench, 30_000)
    bench.zerodha.hold({ [id('TCS')]: 3412.5, [id('INFY')]: 1501 })
    bench.zerodha.behave({ lagMs: 5 })
    const trial = ask(bench)
    await settle()
    expect(circuit(bench)).toEqual(['down', 'half_open'])
    expect((await bench.market.quotes([id('INFY')])).get(id('INFY'))).toBeNull()
    expect((await trial).get(id('TCS'))?.lastPrice).toBe(3412.5)
    expect([circuit(bench), bench.zerodha.calls.length]).toEqual([['up', 'closed'], 11])
  })

  it('forgets failures older than 10 s, also when nobody called in between', async () => {
    const bench = failing()
    await fail(bench, 9)
    pass(bench, 10_000)
    await fail(bench, 9)
    expect(circuit(bench)).toEqual(['down', 'closed'])
  })

  it('asks an idle source for its probe, so that an open circuit closes without a caller', async () => {
    const bench = failing()
    await bench.market.start()
    await fail(bench, 10)
    bench.zerodha.behave('answer')
    bench.zerodha.hold({ [id('TCS')]: 3412.5 })
    pass(bench, 61_000)
    await settle()
    expect(bench.zerodha.calls.at(-1)).toEqual([id('TCS')])
    expect(circuit(bench)).toEqual(['up', 'closed'])
    await bench.market.stop()
    expect(bench.time.running()).toBe(0)
  })
})

describe('hostile upstream data', () => {
  it.each([
    { lastPrice: Number.NaN },
    { lastPrice: Number.POSITIVE_INFINITY },
    { lastPrice: 0 },
    { lastPrice: -3412.5 },
    { lastPrice: 1e300 },
    { lastPrice: '3412.5' as unknown as number },
    { prevClose: 0 },
    { prevClose: Number.NaN },
    { volume: -1 },
    { asOf: Number.NaN },
    { asOf: 0 },
    { asOf: 1.5 },
    { asOf: ist(openAt) + 2_001 },
    { source: 'elsewhere' },
  ])('is refused and counted: %o', async (fault) => {
    const { market, zerodha } = two()
    zerodha.hold({ [id('TCS')]: { lastPrice: 3412.5, prevClose: 3398, volume: 1, ...fault } })
    expect((await market.quotes([id('TCS')])).get(id('TCS'))).toBeNull()
    expect([market.providers()[0]?.state, market.rejectedQuotes().get('zerodha')]).toEqual(['down', 1])
  })

  it('leaves the good quotes of the same answer alone', async () => {
    const { market, zerodha } = two()
    zerodha.hold({ [id('TCS')]: Number.NaN, [id('INFY')]: 1501 })
    const quotes = await market.quotes([id('TCS'), id('INFY')])
    expect([quotes.get(id('TCS')), quotes.get(id('INFY'))?.lastPrice]).toEqual([null, 1501])
    expect([market.providers()[0]?.state, market.rejectedQuotes().get('zerodha')]).toEqual(['up', 1])
  })

  it('brings a price from a clock slightly ahead back to now, so that no age is negative', async () => {
    const { market, zerodha } = two()
    zerodha.hold({ [id('TCS')]: { lastPrice: 3412.5, asOf: ist(openAt) + 1_500 } })
    expect((await market.quotes([id('TCS')])).get(id('TCS'))?.asOf).toBe(market.now())
  })

  it('is refused when it is pushed, together with instruments no list knows', async () => {
    const { market, sources } = createTestMarket(openAt, [{ id: 'zerodha', delivery: 'stream' }], { options: brief })
    await market.start()
    sources[0]?.push({ [id('TCS')]: Number.NaN, [id('NOPE')]: 5, [id('INFY')]: 1501 })
    expect([market.peek(id('TCS')), market.peek(id('NOPE')), market.peek(id('INFY'))?.lastPrice]).toEqual([
      null,
      null,
      1501,
    ])
    expect(market.rejectedQuotes().get('zerodha')).toBe(2)
    await market.stop()
  })

  it('counts an answer that is no answer as a failure of the source', async () => {
    const { market, zerodha, yahoo } = two()
    zerodha.fetchQuotes = () => Promise.resolve('<html>' as unknown as ReadonlyMap<never, never>)
    yahoo.hold({ [id('TCS')]: 3400 })
    expect((await market.quotes([id('TCS')])).get(id('TCS'))?.source).toBe('yahoo')
    expect(market.providers()[0]?.state).toBe('down')
  })
})

describe('a stream', () => {
  async function streaming(now = openAt) {
    const bench = createTestMarket(now, [{ id: 'zerodha', delivery: 'stream' }], { options: brief })
    const [zerodha] = bench.sources
    if (!zerodha) throw new Error('a source was asked for')
    await bench.market.start()
    return { ...bench, zerodha }
  }

  it('is live while it gives signs of life, and no longer after 5 s of silence, while the age grows', async () => {
    const { market, time, zerodha } = await streaming()
    zerodha.push({ [id('TCS')]: 3412.5 })
    expect(market.peek(id('TCS'))?.delay).toBe('live')
    time.advance(4_000)
    zerodha.heartbeat()
    time.advance(5_000)
    expect(market.peek(id('TCS'))?.delay).toBe('live')
    time.advance(1)
    expect(market.peek(id('TCS'))?.delay).toBe('snapshot')
    expect(market.providers()[0]?.state).toBe('degraded')
    time.advance(60_000)
    expect(market.peek(id('TCS'))?.delay).toBe('delayed')
    await market.stop()
  })

  it('loses its class at once when the source says it is down, and what was pushed before is not live when it returns', async () => {
    const { market, time, zerodha } = await streaming()
    zerodha.push({ [id('TCS')]: 3412.5 })
    zerodha.goDown('connection lost')
    expect(market.peek(id('TCS'))?.delay).toBe('snapshot')
    time.advance(1_000)
    zerodha.push({ [id('INFY')]: 1501 })
    expect([market.peek(id('TCS'))?.delay, market.peek(id('INFY'))?.delay]).toEqual(['snapshot', 'live'])
    await market.stop()
  })

  it('is believed while alive: quotes ask nobody', async () => {
    const { market, time, zerodha } = await streaming()
    zerodha.push({ [id('TCS')]: 3412.5 })
    const before = zerodha.calls.length
    for (let i = 0; i < 5; i++) {
      time.advance(2_000)
      zerodha.heartbeat()
      await market.quotes([id('TCS')])
    }
    expect(zerodha.calls.length).toBe(before)
    await market.stop()
  })

  it('tells every listener of what changed, and a listener that throws harms no other', async () => {
    const { market, zerodha, problems } = await streaming()
    const heard: (readonly Quote[])[] = []
    market.onQuotes(() => {
      throw new Error('a broken listener')
    })
    const end = market.onQuotes((quotes) => heard.push(quotes))
    zerodha.push({ [id('TCS')]: 3412.5, [id('INFY')]: 1501 })
    zerodha.push({ [id('TCS')]: 3412.5 })
    zerodha.push({ [id('TCS')]: 3413 })
    end()
    zerodha.push({ [id('TCS')]: 3414 })
    expect(heard.map((quotes) => quotes.map((quote) => quote.lastPrice))).toEqual([[3412.5, 1501], [3413]])
    expect(problems.filter(([what]) => what === 'listener').length).toBe(3)
    await market.stop()
  })

  it('counts ticks over ten seconds', async () => {
    const { market, time, zerodha } = await streaming()
    for (let i = 0; i < 20; i++) {
      zerodha.push({ [id('TCS')]: 3400 + i })
      time.advance(1_000)
    }
    expect(market.ticksPerSecond()).toBeCloseTo(0.9, 1)
    await market.stop()
  })

  it('ends with the market: no subscriber, no timer, no listener call', async () => {
    const { market, time, zerodha } = await streaming()
    const heard: (readonly Quote[])[] = []
    market.onQuotes((quotes) => heard.push(quotes))
    await market.stop()
    await market.stop()
    zerodha.push({ [id('TCS')]: 3412.5 })
    expect([zerodha.subscribers(), time.running(), heard.length]).toEqual([0, 0, 0])
  })
})

describe('starting', () => {
  it('does not wait for a source that is silent', async () => {
    const { market, zerodha, yahoo } = two(openAt, { timeoutMs: 10_000 })
    for (const source of [zerodha, yahoo]) source.behave('hang')
    await market.start()
    expect(market.snapshot().nifty).toBeNull()
    await market.stop()
    await settle()
    expect(zerodha.pending()).toBe(0)
  })

  it('fills the snapshot from sources that are only asked', async () => {
    const { market, zerodha } = two()
    zerodha.hold({ [id('NIFTY 50')]: { lastPrice: 24812.05, prevClose: 24708.28 }, [id('NIFTY IT')]: 38_000 })
    await market.start()
    expect(market.snapshot().nifty?.lastPrice).toBe(24812.05)
    expect(formatIst(market.snapshot().nifty?.asOf ?? 0)).toBe('2026-03-12T11:00:00+05:30')
    await market.stop()
  })
})
