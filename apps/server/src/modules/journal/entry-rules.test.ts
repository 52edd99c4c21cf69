import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { problemsOf, wholeEntry } from './entry-rules.ts'
import { pnlOf } from './journal-entry.ts'
import { mergeTags, tagKey } from './tags.ts'
import { decimal, entryOf, ist } from './testing/entry-of.ts'

const now = ist('2026-03-12T11:42:07')

describe('the rules of an entry', () => {
  it('name what could not be read with what is out of bounds, each once', () => {
    const given = {
      fields: { quantity: decimal('0'), exitPrice: decimal('1'), closedAt: null, openedAt: now },
      problems: [{ field: 'side', reason: 'is required' }],
    }
    expect(() => wholeEntry(given, now)).toThrow(
      expect.objectContaining({
        code: 'invalid_parameter',
        details: [
          { field: 'side', reason: 'is required' },
          { field: 'quantity', reason: 'must be above 0, at most 1000000000 and have at most 4 decimals' },
          { field: 'exitPrice', reason: 'needs the time of the exit, closed_at' },
        ],
      }),
    )
  })

  it('say nothing about what depends on a member that is missing', () => {
    expect(problemsOf({ exitPrice: decimal('1') }, now)).toEqual([])
    expect(problemsOf({ closedAt: 0 }, now)).toEqual([])
  })

  it('bound the opening by the clock to the millisecond', () => {
    const ahead = (openedAt: number) => problemsOf({ openedAt }, now).length
    expect([ahead(now + 86_400_000), ahead(now + 86_400_001)]).toEqual([0, 1])
  })

  it('take every number of up to four decimals and no other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e13 }), fc.integer({ min: 0, max: 6 }), (digits, places) => {
        const price = decimal(String(digits)).div(10 ** places)
        const isGood = price.lte(1e9) && price.round(4).eq(price)
        expect(problemsOf({ price }, now).length).toBe(isGood ? 0 : 1)
      }),
    )
  })
})

describe('the P&L', () => {
  const amount = fc.integer({ min: 0, max: 1e13 })

  it('is that of whole ten-thousandths, and a sale is the mirror of a purchase but for its fees', () => {
    fc.assert(
      fc.property(amount, amount, amount, amount, (quantity, price, exitPrice, fees) => {
        const units = (n: number) => decimal(String(n)).div(10_000)
        const trade = { quantity: units(quantity), price: units(price), exitPrice: units(exitPrice), fees: units(fees) }
        const [long, short] = [pnlOf({ ...trade, side: 'buy' }), pnlOf({ ...trade, side: 'sell' })]
        const expected = BigInt(exitPrice - price) * BigInt(quantity) - BigInt(fees) * 10_000n
        expect(long?.times(10 ** 8).toFixed()).toBe(String(expected))
        expect(long?.plus(short ?? 0).eq(trade.fees.times(-2))).toBe(true)
      }),
    )
  })

  it('is not known while the exit is not', () => {
    expect(pnlOf(entryOf())).toBeNull()
  })
})

describe('tags', () => {
  it('are trimmed and merged in any case, the first spelling stays', () => {
    expect(mergeTags([' Swing', 'x', 'SWING ', 'X'])).toEqual(['Swing', 'x'])
    expect(tagKey(' SWING ')).toBe('swing')
  })

  it('merge to the same list however often', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (tags) => {
        const once = mergeTags(tags)
        expect(mergeTags(once)).toEqual(once)
        expect(new Set(once.map(tagKey)).size).toBe(once.length)
      }),
    )
  })
})
