import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Figures } from './journal-face.ts'
import type { TradeOutcome } from './journal-ports.ts'
import { summarise } from './statistics.ts'
import { decimal, ist } from './testing/entry-of.ts'

async function* pagesOf(outcomes: readonly TradeOutcome[]): AsyncGenerator<readonly TradeOutcome[]> {
  for (let at = 0; at < outcomes.length; at += 3) yield outcomes.slice(at, at + 3)
}

function outcomeOf(pnl: string | null, change: Partial<TradeOutcome> = {}): TradeOutcome {
  const closedAt = ist('2026-03-11T10:00:00')
  return { closedAt, pnl: pnl === null ? null : decimal(pnl), tags: [], patternsAtEntry: null, ...change }
}

function told(figures: Figures | undefined) {
  if (!figures) return undefined
  const { pnl, grossProfit, grossLoss, averageWin, averageLoss, expectancy, profitFactor, ...counts } = figures
  const amounts = { pnl, grossProfit, grossLoss, averageWin, averageLoss, expectancy, profitFactor }
  const texts = Object.entries(amounts).map(([name, amount]) => [name, amount?.round(4).toFixed() ?? null])
  return { ...counts, ...Object.fromEntries(texts) }
}

describe('statistics', () => {
  it('count what is open and what has no known price apart from the trades', async () => {
    const outcomes = [
      outcomeOf(null, { closedAt: null }),
      outcomeOf(null),
      outcomeOf('100.10'),
      outcomeOf('50.20'),
      outcomeOf('-75.15'),
      outcomeOf('0'),
    ]
    const { entries, open, unpriced, total } = await summarise(pagesOf(outcomes))
    expect([entries, open, unpriced]).toEqual([6, 1, 1])
    expect(told(total)).toEqual({
      trades: 4,
      wins: 2,
      losses: 1,
      winRatePct: 50,
      pnl: '75.15',
      grossProfit: '150.3',
      grossLoss: '75.15',
      averageWin: '75.15',
      averageLoss: '75.15',
      expectancy: '18.7875',
      profitFactor: '2',
    })
  })

  it('have no mean of nothing and no factor without a loss', async () => {
    const nothing = await summarise(pagesOf([]))
    const none = { averageWin: null, averageLoss: null, expectancy: null, profitFactor: null, winRatePct: null }
    expect(told(nothing.total)).toMatchObject({ trades: 0, pnl: '0', ...none })
    const won = await summarise(pagesOf([outcomeOf('5')]))
    expect(told(won.total)).toMatchObject({ profitFactor: null, averageLoss: null, winRatePct: 100, expectancy: '5' })
    const even = await summarise(pagesOf([outcomeOf('0')]))
    expect(told(even.total)).toMatchObject({ profitFactor: null, winRatePct: 0, expectancy: '0' })
  })

  it('group by month of the exit in IST, by tag in any case, and by pattern', async () => {
    const outcomes = [
      outcomeOf('1', { closedAt: ist('2026-04-01T00:00:00'), tags: ['Swing', 'x'], patternsAtEntry: ['A', 'B'] }),
      outcomeOf('2', { closedAt: ist('2026-03-31T23:59:59'), tags: ['swing'], patternsAtEntry: [] }),
      outcomeOf('-4', { closedAt: ist('2026-03-01T00:00:00'), patternsAtEntry: ['B'] }),
      outcomeOf('8'),
    ]
    const statistics = await summarise(pagesOf(outcomes))
    const pnls = (groups: ReadonlyMap<string, Figures>) => [...groups].map(([key, { pnl }]) => [key, pnl.toFixed()])
    expect(pnls(statistics.byMonth)).toEqual([
      ['2026-03', '6'],
      ['2026-04', '1'],
    ])
    expect(pnls(statistics.byTag)).toEqual([
      ['Swing', '3'],
      ['x', '1'],
    ])
    expect(pnls(statistics.byPattern)).toEqual([
      ['B', '-3'],
      ['A', '1'],
    ])
    expect([statistics.withoutPattern, statistics.patternsUnknown].map(({ pnl }) => pnl.toFixed())).toEqual(['2', '8'])
  })

  it('are exact: months add up to the total, and each sum is that of whole hundred-millionths', async () => {
    const units = fc.bigInt({ min: -(10n ** 26n), max: 10n ** 26n })
    const trade = fc.record({ units, month: fc.integer({ min: 1, max: 12 }) })
    await fc.assert(
      fc.asyncProperty(fc.array(trade, { maxLength: 20 }), async (trades) => {
        const outcomes = trades.map(({ units: n, month }) => ({
          ...outcomeOf(null),
          pnl: decimal(String(n)).div(10 ** 8),
          closedAt: ist(`2026-${String(month).padStart(2, '0')}-15T10:00:00`),
        }))
        const { total, byMonth } = await summarise(pagesOf(outcomes))
        const sumOf = (list: readonly bigint[]) => list.reduce((sum, n) => sum + n, 0n)
        const all = trades.map((one) => one.units)
        expect(total.pnl.times(10 ** 8).toFixed()).toBe(String(sumOf(all)))
        expect(total.grossLoss.times(10 ** 8).toFixed()).toBe(String(-sumOf(all.filter((n) => n < 0n))))
        const months = [...byMonth.values()]
        expect(months.reduce((sum, { pnl }) => sum.plus(pnl), decimal('0')).eq(total.pnl)).toBe(true)
        expect(months.reduce((sum, { wins }) => sum + wins, 0)).toBe(total.wins)
        expect([...byMonth.keys()]).toEqual([...byMonth.keys()].sort())
      }),
    )
  })
})
