import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { describeDayTrades } from '../modules/journal/testing/day-trades.suite.ts'
import { bookOf, positionOf } from '../modules/portfolio/testing/book-of.ts'
import { openTestPortfolio, type TestPortfolio } from '../modules/portfolio/testing/open-test-portfolio.ts'
import { listDayPositions } from './day-positions.ts'

let world: TestPortfolio
let accounts: readonly [number, number] = [0, 0]
beforeAll(async () => {
  world = await openTestPortfolio()
})
beforeEach(async () => {
  accounts = [await world.addAccount(), await world.addAccount()]
})
afterAll(() => world.close())

const list = (accountId: number, since: string) => listDayPositions(world.portfolio, accountId, since)

describeDayTrades(
  {
    dayTrades: { listDayPositions: list },
    async put(accountId, tradingDay, lines) {
      const positions = lines.map(({ instrument, quantity, product, multiplier, averagePrice, realised }) => ({
        ...positionOf(instrument.replace('NSE:', ''), quantity.toFixed()),
        ...{ type: 'day' as const, product, multiplier, averagePrice, realised },
      }))
      await world.portfolio.replaceBook(accountId, bookOf({ tradingDay, positions }))
    },
  },
  () => accounts,
)

it('has neither what is held over days nor codes nobody knows, and goes with the portfolio', async () => {
  const [asha] = accounts
  const positions = [
    positionOf('TCS', '1', { type: 'day' }),
    positionOf('TCS', '3'),
    positionOf('ODDCOD', '1', { type: 'day', mapped: false }),
  ]
  await world.portfolio.replaceBook(asha, bookOf({ positions }))
  expect((await list(asha, '2026-03-01')).map(({ instrument }) => instrument)).toEqual(['NSE:TCS'])
  await world.portfolio.remove(asha)
  expect(await list(asha, '2026-03-01')).toEqual([])
})

it('forgets days long past', async () => {
  const [asha] = accounts
  for (const tradingDay of ['2026-01-05', '2026-03-12'])
    await world.portfolio.replaceBook(
      asha,
      bookOf({ tradingDay, positions: [positionOf('TCS', '1', { type: 'day' })] }),
    )
  expect((await list(asha, '2026-01-01')).map(({ date }) => date)).toEqual(['2026-03-12'])
})
