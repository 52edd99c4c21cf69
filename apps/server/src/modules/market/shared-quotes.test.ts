import { describe, expect, it } from 'vitest'
import type { SharedShelf } from './index.ts'
import { createTestMarket, id, settle } from './testing/create-test-market.ts'

const openAt = '2026-03-12T11:00:00'
const options = { startWithinMs: 40 }

/** A shelf in this process, as two instances of one server would share it. */
function createShelf(): SharedShelf & { readonly texts: Map<string, string> } {
  const texts = new Map<string, string>()
  return {
    texts,
    get: async (key) => texts.get(key) ?? null,
    set: async (key, text) => void texts.set(key, text),
  }
}

describe('last known prices', () => {
  it('reach another instance through the shared cache, as delayed and marked l2, until its own source answers', async () => {
    const shelf = createShelf()
    const first = createTestMarket(openAt, [{ id: 'zerodha', delivery: 'stream' }], { shelf, options })
    await first.market.start()
    first.sources[0]?.push({ [id('NIFTY 50')]: 24812.05 })
    first.time.advance(5_000)
    await settle()
    const second = createTestMarket('2026-03-12T11:05:00', [{ id: 'zerodha', delivery: 'stream' }], { shelf, options })
    await second.market.start()
    expect(second.market.snapshot().nifty).toMatchObject({ lastPrice: 24812.05, delay: 'delayed' })
    expect(second.market.snapshotOrigin()).toBe('l2')
    second.sources[0]?.push({ [id('NIFTY 50')]: 24820 })
    expect([second.market.snapshot().nifty?.delay, second.market.snapshotOrigin()]).toEqual(['live', 'l1'])
    await Promise.all([first.market.stop(), second.market.stop()])
  })

  it('are written when they changed, and once more at the end', async () => {
    const shelf = createShelf()
    const { market, time, sources } = createTestMarket(openAt, [{ id: 'zerodha', delivery: 'stream' }], {
      shelf,
      options,
    })
    await market.start()
    time.advance(60_000)
    await settle()
    expect(shelf.texts.size).toBe(0)
    sources[0]?.push({ [id('TCS')]: 3412.5 })
    await market.stop()
    expect([...shelf.texts.values()].join()).toContain('3412.5')
  })

  it.each([
    'not json',
    '{}',
    '[null,1,{"instrument":"NSE:TCS"}]',
    '[{"instrument":"NSE:TCS","source":"zerodha","lastPrice":-1}]',
  ])('are not believed blindly: %s', async (text) => {
    const shelf = { ...createShelf(), get: async () => text }
    const { market } = createTestMarket(openAt, [{ id: 'zerodha' }], { shelf, options })
    await market.start()
    expect(market.peek(id('TCS'))).toBeNull()
    await market.stop()
  })

  it('that cannot be reached are reported and harm nothing', async () => {
    const gone = () => Promise.reject(new Error('no connection'))
    const bench = createTestMarket(openAt, [{ id: 'zerodha', delivery: 'stream' }], {
      shelf: { get: gone, set: gone },
      options,
    })
    await bench.market.start()
    bench.sources[0]?.push({ [id('TCS')]: 3412.5 })
    bench.time.advance(5_000)
    await settle()
    expect(bench.market.peek(id('TCS'))?.lastPrice).toBe(3412.5)
    expect(bench.problems).toEqual(
      expect.arrayContaining([
        ['shelf', 'restore'],
        ['shelf', 'save'],
      ]),
    )
    await bench.market.stop()
  })
})
