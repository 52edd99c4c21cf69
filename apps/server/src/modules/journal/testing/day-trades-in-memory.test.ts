import { describeDayTrades } from './day-trades.suite.ts'
import { createDayTradesInMemory } from './day-trades-in-memory.ts'

let accounts = 0

describeDayTrades(createDayTradesInMemory(), () => [++accounts, ++accounts])
