import { instrumentId, type TradingDate } from '@banyan/domain'
import type { DayPosition } from '../modules/journal/index.ts'
import type { PortfolioModule } from '../modules/portfolio/index.ts'

/** Returns the days' trading that syncs read, as the journal's drafts want it. */
export async function listDayPositions(
  portfolio: Pick<PortfolioModule, 'dayTrades'>,
  accountId: number,
  since: TradingDate,
): Promise<readonly DayPosition[]> {
  const trades = await portfolio.dayTrades(accountId, since)
  return trades.map(({ exchange, symbol, ...trade }) => ({ ...trade, instrument: instrumentId(exchange, symbol) }))
}
