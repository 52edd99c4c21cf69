import type { BrokerPosition } from '@banyan/brokers'
import type { TradingDate } from '@banyan/domain'
import type { StoredBook } from './stored-book.ts'

/** One line of a day's buying and selling at a broker, as the last sync of that day read it. */
export interface DayTrade
  extends Pick<
    BrokerPosition,
    'exchange' | 'symbol' | 'product' | 'quantity' | 'multiplier' | 'averagePrice' | 'realised'
  > {
  readonly broker: string
  readonly brokerAccount: string
  readonly date: TradingDate
}

/** Returns what a book tells of the trading on its day. Codes that could not be turned into a symbol are left out. */
export function dayTradesOf({ broker, brokerAccount, tradingDay, positions }: StoredBook): readonly DayTrade[] {
  return positions
    .filter(({ type, mapped }) => type === 'day' && mapped)
    .map(({ exchange, symbol, product, quantity, multiplier, averagePrice, realised }) => ({
      broker,
      brokerAccount,
      date: tradingDay,
      ...{ exchange, symbol, product, quantity, multiplier, averagePrice, realised },
    }))
}
