import { describe, expect, it } from 'vitest'
import { createTestMarket, id, ist } from './testing/create-test-market.ts'

async function streaming() {
  const bench = createTestMarket('2026-03-12T11:00:00', [{ id: 'zerodha', delivery: 'stream' }], {
    options: { startWithinMs: 20 },
  })
  const [zerodha] = bench.sources
  if (!zerodha) throw new Error('a source was asked for')
  await bench.market.start()
  return { ...bench, zerodha }
}

describe('traded shares', () => {
  it('come by units × price, largest first, with what each was', async () => {
    const { market, zerodha } = await streaming()
    zerodha.push({
      [id('TCS')]: { lastPrice: 4_000, prevClose: 3_900, volume: 10 },
      [id('INFY')]: { lastPrice: 1_500, prevClose: 1_550, volume: 100 },
      [id('NIFTY 50')]: { lastPrice: 25_000, prevClose: 24_900, volume: 1_000_000 },
    })
    expect(market.tradedShares(10)).toMatchObject({
      shares: [
        { quote: { instrument: id('INFY'), delay: 'live' }, tradedValue: 150_000 },
        { quote: { instrument: id('TCS') }, tradedValue: 40_000 },
      ],
      tradedCount: 2,
      withoutVolumeCount: 0,
    })
    expect(market.tradedShares(1)).toMatchObject({ shares: [{ quote: { instrument: id('INFY') } }], tradedCount: 2 })
    await market.stop()
  })

  it('count apart what has a price but no volume, and guess none', async () => {
    const { market, zerodha } = await streaming()
    zerodha.push({
      [id('TCS')]: { lastPrice: 4_000, prevClose: 3_900, volume: null },
      [id('INFY')]: { lastPrice: 1_500, prevClose: 1_550, volume: 0 },
      [id('M&M')]: { lastPrice: 900, prevClose: null, volume: 5 },
    })
    expect(market.tradedShares(10)).toEqual({ shares: [], tradedCount: 0, withoutVolumeCount: 2 })
    await market.stop()
  })

  it('are of the newest session alone', async () => {
    const { market, zerodha } = await streaming()
    zerodha.push({ [id('TCS')]: { lastPrice: 110, prevClose: 100, volume: 9, asOf: ist('2026-03-11T15:30:00') } })
    expect(market.tradedShares(10).shares).toHaveLength(1)
    zerodha.push({ [id('INFY')]: { lastPrice: 101, prevClose: 100, volume: 1 } })
    expect(market.tradedShares(10).shares.map(({ quote }) => quote.instrument)).toEqual([id('INFY')])
    await market.stop()
  })
})
