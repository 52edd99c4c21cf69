import { createManualTime } from '@banyan/brokers/memory'
import { createReplayClock, createReplayDay, createReplaySource, parseTickCsv } from '@banyan/brokers/replay'
import type { InstrumentId } from '@banyan/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTestMarket, id, ist, testCalendar } from './testing/create-test-market.ts'

/** All prices are invented. */
const csv = `symbol,timestamp,ltp,volume
NIFTY 50,09:15:58,15020,0
TCS,09:16:00,101,10
NIFTY 50,12:00:00,15100,0
TCS,15:29:59,104,90
NIFTY 50,15:30:20,15190,0
`
const sensex = 'BSE:SENSEX' as InstrumentId
const closes = (day: number, before: number, first: number) => [
  { date: '2021-06-09', close: day },
  { date: '2021-06-08', close: before },
  { date: '2021-06-07', close: first },
]

async function replayedMarket(wallTime: string, speed = 1) {
  const { ticks } = await parseTickCsv([csv])
  const followed = [
    { id: id('NIFTY 50'), hasVolume: false, closes: closes(15_200, 15_000, 14_900) },
    { id: id('TCS'), hasVolume: true, closes: closes(105, 100, 99) },
    { id: sensex, hasVolume: false, closes: closes(52_500, 52_000, 51_900) },
  ]
  const day = createReplayDay({ date: '2021-06-09', calendar: testCalendar, ticks, followed })
  const wall = createManualTime(ist(wallTime))
  const marketClock = createReplayClock({
    wall,
    date: '2021-06-09',
    speed,
    startMs: speed === 1 ? null : 9 * 3_600_000,
  })
  const source = createReplaySource({ day, clock: marketClock, seed: 1, timers: wall })
  const parts = { sources: [source], marketClock, wallClock: wall, timers: wall, options: { startWithinMs: 20 } }
  const { market } = createTestMarket(wallTime, [], parts)
  await market.start()
  return { market, wall }
}

describe('a market in replay', () => {
  it.each([
    ['2026-11-21T09:00:00', 15_000, 52_000, 'pre_open'],
    ['2026-11-21T09:16:00', 15_020, 52_000, 'open'],
    ['2026-11-21T15:30:10', 15_100, 52_500, 'closed'],
    ['2026-11-21T15:30:21', 15_200, 52_500, 'closed'],
    ['2026-11-22T03:00:00', 15_200, 52_500, 'closed'],
  ])('shows at %s NIFTY 50 at %d and SENSEX at %d, in phase %s', async (wallTime, nifty, lastSensex, phase) => {
    const { market } = await replayedMarket(wallTime)
    const snapshot = market.snapshot()
    expect([snapshot.nifty?.lastPrice, snapshot.sensex?.lastPrice, snapshot.status.phase]).toEqual([
      nifty,
      lastSensex,
      phase,
    ])
    expect([snapshot.nifty?.delay, snapshot.nifty?.source]).toEqual(['replay', 'replay'])
    await market.stop()
  })

  it('has every price, none from the future, at the very instant it begins again', async () => {
    const { market, wall } = await replayedMarket('2026-11-21T08:59:59')
    expect(market.snapshot().nifty?.lastPrice).toBe(15_200)
    wall.set(ist('2026-11-21T09:00:00'))
    const { nifty, sensex: bse, status } = market.snapshot()
    expect([nifty?.lastPrice, nifty?.prevClose, bse?.lastPrice]).toEqual([15_000, 14_900, 52_000])
    expect(status.phase).toBe('pre_open')
    await market.stop()
  })

  it('answers quotes from the book, in the order asked, with null for what it does not replay', async () => {
    const { market } = await replayedMarket('2026-11-21T12:30:00')
    const quotes = await market.quotes([id('TCS'), id('INFY'), sensex])
    expect([...quotes].map(([instrument, quote]) => [instrument, quote?.lastPrice])).toEqual([
      [id('TCS'), 101],
      [id('INFY'), undefined],
      [sensex, 52_000],
    ])
    await market.stop()
  })

  it('ranks no share by the move of the session before while the replayed session runs', async () => {
    const { market, wall } = await replayedMarket('2026-11-21T09:10:00')
    expect(market.movers(5).gainers[0]).toMatchObject({ lastPrice: 100, prevClose: 99 })
    wall.advance(10 * 60_000)
    expect(market.movers(5).gainers[0]).toMatchObject({ lastPrice: 101, prevClose: 100 })
    await market.stop()
  })

  it('never shows a negative age, whatever the speed, over several loops', async () => {
    const steps = fc.array(fc.integer({ min: 1, max: 9 * 60_000 }), { minLength: 1, maxLength: 15 })
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(60, 333.3), steps, async (speed, waits) => {
        const { market, wall } = await replayedMarket('2026-11-21T10:00:00', speed)
        for (const wait of waits) {
          wall.advance(wait)
          const { nifty, sensex: bse } = market.snapshot()
          for (const quote of [nifty, bse, market.peek(id('TCS'))]) {
            expect(market.now() - (quote?.asOf ?? Number.POSITIVE_INFINITY)).toBeGreaterThanOrEqual(0)
          }
        }
        await market.stop()
      }),
      { numRuns: 15 },
    )
  })
})
