import { createManualTime } from '@banyan/brokers/memory'
import { createReplayClock } from '@banyan/brokers/replay'
import { describe, expect, it } from 'vitest'
import { createTestMarket, id, ist } from './testing/create-test-market.ts'

const openAt = '2026-03-12T11:00:00'

async function streaming(now = openAt) {
  const bench = createTestMarket(now, [{ id: 'zerodha', delivery: 'stream' }], { options: { startWithinMs: 20 } })
  const [zerodha] = bench.sources
  if (!zerodha) throw new Error('a source was asked for')
  await bench.market.start()
  return { ...bench, zerodha }
}

describe('the snapshot', () => {
  it('with every source down and nothing known has no prices, no sectors priced, and the status of the calendar', () => {
    const { market, sources } = createTestMarket(openAt, [{ id: 'zerodha' }])
    sources[0]?.behave('fail')
    const snapshot = market.snapshot()
    expect(snapshot).toMatchObject({ nifty: null, bankNifty: null, sensex: null, status: { isOpen: true } })
    expect(snapshot.sectors.map((sector) => sector.quote)).toEqual([null, null, null])
    expect(market.snapshotOrigin()).toBe('miss')
  })

  it('shows the three indices and says they come from this process', async () => {
    const { market, zerodha } = await streaming()
    zerodha.push({ [id('NIFTY 50')]: 24812.05, [id('NIFTY BANK')]: 55120.3, 'BSE:SENSEX': 81500 })
    const { nifty, bankNifty, sensex } = market.snapshot()
    expect([nifty?.lastPrice, bankNifty?.lastPrice, sensex?.lastPrice]).toEqual([24812.05, 55120.3, 81500])
    expect(market.snapshotOrigin()).toBe('l1')
    await market.stop()
  })

  it('is the same object, whoever asks, until a price changes; then its version grows by one', async () => {
    const { market, time, zerodha } = await streaming()
    zerodha.push({ [id('NIFTY 50')]: 24812.05 })
    const first = market.snapshot()
    time.advance(500)
    expect(market.snapshot()).toBe(first)
    zerodha.push({ [id('TCS')]: 3412.5 })
    expect(market.snapshot()).toBe(first)
    zerodha.push({ [id('NIFTY 50')]: 24813 })
    expect(market.snapshot().version).toBe(first.version + 1)
    await market.stop()
  })

  it('changes by time alone: a phase begins, a delay class ends', async () => {
    const { market, time, zerodha } = await streaming('2026-03-12T15:29:58')
    zerodha.push({ [id('NIFTY 50')]: 24812.05 })
    const first = market.snapshot()
    expect([first.status.isOpen, first.nifty?.delay]).toEqual([true, 'live'])
    time.advance(2_000)
    const second = market.snapshot()
    expect([second.status.isOpen, second.nifty?.delay, second.version]).toEqual([false, 'delayed', first.version + 1])
    zerodha.push({ [id('NIFTY 50')]: 24810 })
    expect(market.snapshot().nifty?.delay).toBe('close')
    await market.stop()
  })

  it('changes when a stream falls silent, without any new price', async () => {
    const { market, time, zerodha } = await streaming()
    zerodha.push({ [id('NIFTY 50')]: 24812.05 })
    expect(market.snapshot().nifty?.delay).toBe('live')
    time.advance(5_001)
    expect(market.snapshot().nifty).toMatchObject({ lastPrice: 24812.05, delay: 'snapshot' })
    await market.stop()
  })

  it('orders sectors by change as shown, then name, unknown last', async () => {
    const { market, zerodha } = await streaming()
    const names = () => market.snapshot().sectors.map((sector) => sector.name)
    expect(names()).toEqual(['NIFTY AUTO', 'NIFTY IT', 'NIFTY MEDIA'])
    zerodha.push({ [id('NIFTY MEDIA')]: { lastPrice: 101, prevClose: 100 } })
    expect(names()).toEqual(['NIFTY MEDIA', 'NIFTY AUTO', 'NIFTY IT'])
    zerodha.push({
      [id('NIFTY AUTO')]: { lastPrice: 102.001, prevClose: 100 },
      [id('NIFTY IT')]: { lastPrice: 102.002, prevClose: 100 },
    })
    expect(names()).toEqual(['NIFTY AUTO', 'NIFTY IT', 'NIFTY MEDIA'])
    zerodha.push({ [id('NIFTY AUTO')]: { lastPrice: 99, prevClose: 100 } })
    expect(names()).toEqual(['NIFTY IT', 'NIFTY MEDIA', 'NIFTY AUTO'])
    await market.stop()
  })

  it('leaves a sector last priced in an earlier session unknown beside those priced today', async () => {
    const { market, time, zerodha } = await streaming('2026-03-11T15:00:00')
    zerodha.push({ [id('NIFTY IT')]: 101, [id('NIFTY AUTO')]: 102 })
    time.advance(20 * 3_600_000)
    zerodha.push({ [id('NIFTY AUTO')]: 99 })
    const quoted = new Map(market.snapshot().sectors.map((sector) => [sector.name, sector.quote?.lastPrice ?? null]))
    expect([quoted.get('NIFTY AUTO'), quoted.get('NIFTY IT')]).toEqual([99, null])
    await market.stop()
  })

  it('shows replay as the class of every price, and forgets prices the replay has not reached when it begins again', async () => {
    const wall = createManualTime(ist('2026-11-21T15:59:00'))
    const marketClock = createReplayClock({ wall, date: '2021-06-09', startMs: 15 * 3_600_000 })
    const parts = { marketClock, wallClock: wall, timers: wall, options: { startWithinMs: 20 } }
    const { market, sources } = createTestMarket('2026-11-21T15:59:00', [{ id: 'replay', delivery: 'stream' }], parts)
    await market.start()
    sources[0]?.push({ [id('NIFTY 50')]: { lastPrice: 15_635, asOf: market.now() } })
    expect(market.snapshot().nifty?.delay).toBe('replay')
    wall.advance(3_600_000)
    expect(market.snapshot().nifty).toBeNull()
    sources[0]?.push({ [id('NIFTY 50')]: { lastPrice: 15_740, asOf: market.now() - 60_000 } })
    expect(market.snapshot().nifty?.lastPrice).toBe(15_740)
    await market.stop()
  })
})

describe('movers', () => {
  it('are shares with a price and a previous close, ordered by their move; indices and flat shares are none', async () => {
    const { market, zerodha } = await streaming()
    zerodha.push({
      [id('NIFTY 50')]: { lastPrice: 130, prevClose: 100 },
      [id('TCS')]: { lastPrice: 101, prevClose: 100 },
      [id('INFY')]: { lastPrice: 95, prevClose: 100 },
      [id('M&M')]: 900,
    })
    expect(market.movers(10)).toMatchObject({
      gainers: [{ instrument: id('TCS') }],
      losers: [{ instrument: id('INFY') }],
      pricedCount: 2,
    })
    zerodha.push({ [id('M&M')]: { lastPrice: 90, prevClose: 100 }, [id('TCS')]: { lastPrice: 100, prevClose: 100 } })
    expect(market.movers(1)).toMatchObject({ gainers: [], losers: [{ instrument: id('M&M') }], pricedCount: 3 })
    await market.stop()
  })

  it('leave out what moved yesterday and has not traded today', async () => {
    const { market, zerodha } = await streaming()
    const movers = () => market.movers(10).gainers.map((quote) => quote.instrument)
    zerodha.push({ [id('TCS')]: { lastPrice: 110, prevClose: 100, asOf: ist('2026-03-11T15:30:00') } })
    expect(movers()).toEqual([id('TCS')])
    zerodha.push({ [id('INFY')]: { lastPrice: 101, prevClose: 100 } })
    expect([movers(), market.movers(10).pricedCount]).toEqual([[id('INFY')], 1])
    await market.stop()
  })
})
