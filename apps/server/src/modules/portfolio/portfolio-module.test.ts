import { afterEach, describe, expect, it } from 'vitest'
import type { PnlSnapshot } from './index.ts'
import { amount, bookOf, holdingOf, positionOf } from './testing/book-of.ts'
import { ist, openTestPortfolio, type TestPortfolio } from './testing/open-test-portfolio.ts'

const running: TestPortfolio[] = []
afterEach(async () => {
  for (const one of running.splice(0)) await one.close()
})

async function open() {
  const world = await openTestPortfolio()
  running.push(world)
  const asha = await world.addAccount()
  const trend = async (days = 30) => (await world.portfolio.pnl(asha, days)).trend
  return { ...world, asha, trend }
}

/** Ten Infosys bought at 1,400.05 that closed at 1,485.55 the day before. */
const infosys = (last: string) =>
  holdingOf('INFY', '10', '1400.05', { lastPrice: amount(last), closePrice: amount('1485.55') })
const future = (pnl: string) =>
  positionOf('NIFTY26MARFUT', '75', { exchange: 'NFO', pnl: amount(pnl), m2m: amount(pnl) })
const figures = ({ date, invested, currentValue, holdingsPnl, positionsPnl, totalPnl, dayPnl }: PnlSnapshot) => [
  date,
  ...[invested, currentValue, holdingsPnl, positionsPnl, totalPnl, dayPnl].map((value) => value?.toFixed(2) ?? null),
]

describe('P&L', () => {
  it('SY-6, PL-3 of a day synced at 10:00 and at 14:00 is that of 14:00, once', async () => {
    const { sync, zerodha, asha, trend, turnTo } = await open()
    zerodha.hold('AB1234', { holdings: [infosys('1490.10')], positions: [] })
    await sync(asha, zerodha)
    // 10 × 1490.10 − 14000.50; 10 × 4.55.
    expect((await trend()).map(figures)).toEqual([
      ['2026-03-12', '14000.50', '14901.00', '900.50', '0.00', '900.50', '45.50'],
    ])
    turnTo('2026-03-12T14:00:00')
    zerodha.hold('AB1234', { holdings: [infosys('1501.20')], positions: [future('-37.50')] })
    await sync(asha, zerodha)
    // 15012 − 14000.50 = 1011.50, less 37.50; 10 × 15.65 less 37.50.
    expect((await trend()).map(figures)).toEqual([
      ['2026-03-12', '14000.50', '15012.00', '1011.50', '-37.50', '974.00', '119.00'],
    ])
  })

  it.each([
    ['Saturday noon', '2026-03-14T12:00:00', '2026-03-13'],
    ['Monday before nine', '2026-03-16T08:59:59', '2026-03-13'],
    ['Monday at nine', '2026-03-16T09:00:00', '2026-03-16'],
    ['a holiday', '2026-03-26T12:00:00', '2026-03-25'],
    ['the minute before midnight', '2026-03-12T23:59:00', '2026-03-12'],
    ['the minute after midnight', '2026-03-13T00:01:00', '2026-03-12'],
  ])('SY-6 of a sync on %s belongs to the trading day it is about', async (_when, at, date) => {
    const { sync, zerodha, asha, trend, turnTo } = await open()
    turnTo(at)
    zerodha.hold('AB1234', { holdings: [infosys('1490.10')], positions: [] })
    const { book } = await sync(asha, zerodha)
    expect([book.tradingDay, book.syncedAt, (await trend()).map((one) => one.date)]).toEqual([date, ist(at), [date]])
  })

  it('of Zerodha on Thursday and ICICI on Friday has both on Friday, and names Zerodha as old', async () => {
    const { sync, zerodha, icici, asha, trend, turnTo } = await open()
    zerodha.hold('AB1234', { holdings: [infosys('1490.10')], positions: [] })
    await sync(asha, zerodha)
    turnTo('2026-03-13T11:00:00')
    icici.hold('ASHA01', {
      holdings: [holdingOf('TCS', '2', '3400.25', { lastPrice: amount('3390.5') })],
      positions: [],
    })
    await sync(asha, icici, 'ASHA01')
    // 14000.50 + 6800.50; 14901 + 6781; 900.50 − 19.50.
    const [thursday, friday] = await trend()
    expect([thursday?.staleBrokers, friday?.staleBrokers]).toEqual([[], ['zerodha']])
    expect(friday && figures(friday)).toEqual([
      '2026-03-13',
      '20801.00',
      '21682.00',
      '881.00',
      '0.00',
      '881.00',
      '45.50',
    ])
    turnTo('2026-03-13T15:00:00')
    await sync(asha, zerodha)
    expect((await trend()).map(({ staleBrokers }) => staleBrokers)).toEqual([[], []])
  })

  it('does not change when the same is read again', async () => {
    const { sync, zerodha, asha, stored } = await open()
    zerodha.hold('AB1234', { holdings: [infosys('1490.10')], positions: [future('12.35')] })
    await sync(asha, zerodha)
    const before = await stored(asha)
    for (const _again of [1, 2, 3]) await sync(asha, zerodha)
    expect(await stored(asha)).toEqual(before)
  })

  it('has the days of its window, ascending, both ends included, gaps left as they are', async () => {
    const { sync, zerodha, asha, portfolio, trend, turnTo } = await open()
    zerodha.hold('AB1234', { holdings: [infosys('1490.10')], positions: [] })
    for (const date of ['2026-03-10', '2026-03-12', '2026-03-16']) {
      turnTo(`${date}T12:00:00`)
      await sync(asha, zerodha)
    }
    const dates = async (days: number) => (await trend(days)).map(({ date }) => date)
    expect(await dates(7)).toEqual(['2026-03-10', '2026-03-12', '2026-03-16'])
    expect(await dates(6)).toEqual(['2026-03-12', '2026-03-16'])
    expect(await dates(1)).toEqual(['2026-03-16'])
    const { from, to } = await portfolio.pnl(asha, 30)
    expect([from, to]).toEqual(['2026-02-15', '2026-03-16'])
  })

  it('is unknown before the first sync', async () => {
    const { asha, portfolio } = await open()
    expect(await portfolio.pnl(asha, 1)).toEqual({
      from: '2026-03-12',
      to: '2026-03-12',
      current: null,
      syncedAt: null,
      trend: [],
    })
  })
})

describe('a book that a file told', () => {
  it('takes its place beside those of brokers, with a snapshot of the day', async () => {
    const { sync, zerodha, asha, portfolio, trend } = await open()
    zerodha.hold('AB1234', { holdings: [infosys('1490.10')], positions: [] })
    await sync(asha, zerodha)
    const told = {
      holdings: [holdingOf('SBIN', '4', '500', { lastPrice: amount('510.05') })],
      tradingDay: '2026-03-10',
    }
    await portfolio.replaceBook(asha, bookOf({ broker: 'csv', brokerAccount: 'old', ...told }))
    // 900.50 + 40.20.
    expect((await trend()).map(({ holdingsPnl, staleBrokers }) => [holdingsPnl?.toFixed(2), staleBrokers])).toEqual([
      ['940.70', ['csv']],
    ])
  })
})

describe('erasing', () => {
  it('DL-1, DL-2, DL-3 takes everything of one account, says how much, and may be done twice', async () => {
    const { sync, zerodha, icici, asha, portfolio, addAccount, stored } = await open()
    const ravi = await addAccount()
    zerodha.hold('AB1234', { holdings: [infosys('1490.10')], positions: [future('1'), positionOf('TCS', '0')] })
    for (const account of [asha, ravi]) await sync(account, zerodha)
    await sync(asha, icici, 'ASHA01')
    const his = await stored(ravi)
    expect(await portfolio.remove(asha)).toEqual({ holdings: 1, positions: 2, pnlSnapshots: 1, trades: 0 })
    expect(await stored(asha)).toEqual([[], []])
    expect(await portfolio.remove(asha)).toEqual({ holdings: 0, positions: 0, pnlSnapshots: 0, trades: 0 })
    expect(await stored(ravi)).toEqual(his)
  })
})
