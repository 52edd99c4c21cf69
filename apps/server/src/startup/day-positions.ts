import type { BrokerPosition } from '@banyan/brokers'
import { instrumentId, type TradingDate } from '@banyan/domain'
import type { DayTrades } from '../modules/journal/index.ts'
import type { PortfolioModule, StoredBook } from '../modules/portfolio/index.ts'

type DayPosition = Awaited<ReturnType<DayTrades['listDayPositions']>>[number]

/** Returns what the last sync of each broker told of that day's trading, for the journal's drafts. Codes nobody knows are left out. */
export async function listDayPositions(
  portfolio: Pick<PortfolioModule, 'books'>,
  accountId: number,
  since: TradingDate,
): Promise<readonly DayPosition[]> {
  const books = await portfolio.books(accountId)
  return books
    .filter((book) => book.tradingDay >= since)
    .flatMap((book) => book.positions.filter(isOfTheDay).map((position) => toDayPosition(book, position)))
}

function isOfTheDay({ type, mapped }: BrokerPosition): boolean {
  return type === 'day' && mapped
}

function toDayPosition({ broker, brokerAccount, tradingDay }: StoredBook, position: BrokerPosition): DayPosition {
  const { exchange, symbol, product, quantity, multiplier, averagePrice, realised } = position
  const traded = { product, date: tradingDay, quantity, multiplier, averagePrice, realised }
  return { broker, brokerAccount, instrument: instrumentId(exchange, symbol), ...traded }
}
