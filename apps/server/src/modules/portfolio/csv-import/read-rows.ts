import type { BrokerHolding } from '@banyan/brokers'
import { type EpochMs, istDate, istMidnight, sumOf, type TradingDate } from '@banyan/domain'
import type { FindShare } from './find-share.ts'
import {
  readCode,
  readDate,
  readPrice,
  readQuantity,
  readRemarks,
  readSegment,
  readSide,
  readTime,
} from './read-cell.ts'
import type { TableFormat } from './table-format.ts'
import type { RowReader } from './table-row.ts'
import type { Trade, TradeFacts } from './trade.ts'

/** A trade of which only the file's account and its place among equal ones are not known yet. */
export interface ReadTrade {
  readonly facts: TradeFacts
  readonly trade: Omit<Trade, 'id' | 'broker' | 'brokerAccount'>
}

interface RowParts {
  readonly format: TableFormat
  readonly findShare: FindShare
  readonly now: EpochMs
}

/** Exchanges in India trade in electronic books since then; a date before it is a mistake. */
const firstDate = '1990-01-01'

/** Returns the holding of a row; null when the row reports a problem. A quantity of 0 is a holding that was sold. */
export function readHoldingRow(row: RowReader, { format, findShare }: RowParts): BrokerHolding | null {
  const share = findShare(row, format)
  const quantities = [
    row.need('quantity', readQuantity),
    row.read('pledged', readQuantity),
    row.read('lent', readQuantity),
  ]
  const averagePrice = row.read('averagePrice', readPrice)
  const lastPrice = row.read('lastPrice', readPrice)
  const closePrice = row.read('closePrice', readPrice)
  if (row.problems.length > 0 || share === null) return null
  const { exchange, symbol, mapped, isin } = share
  return {
    exchange,
    symbol,
    mapped,
    isin,
    product: null,
    quantity: sumOf(quantities.flatMap((units) => units ?? [])),
    t1Quantity: null,
    averagePrice,
    lastPrice: lastPrice?.eq(0) === true ? null : lastPrice, // brokers write 0 for a price they do not have
    closePrice: closePrice?.eq(0) === true ? null : closePrice,
  }
}

/** Returns the trade of a row; null when the row reports a problem. */
export function readTradeRow(row: RowReader, { format, findShare, now }: RowParts): ReadTrade | null {
  row.read('segment', readSegment)
  const share = findShare(row, format)
  const date = row.need('date', (text) => readTradeDate(text, now))
  const timeMs = row.read('time', readTime)
  const side = row.need('side', readSide)
  const quantity = row.need('quantity', readQuantity)
  const price = row.need('price', readPrice)
  const tradeId = row.read('tradeId', readCode)
  if (quantity?.eq(0) === true) row.refuse('quantity', 'is 0', 'Leave the row out.')
  if (price?.gt(0) === true) row.read('remarks', readRemarks)
  if (row.problems.length > 0) return null
  if (share === null || date === null || side === null || quantity === null || price === null) return null
  const { written, ...named } = share
  const shared = { date, side, quantity, price, tradeId }
  const executedAt = timeMs === null ? null : istMidnight(date) + timeMs
  return {
    facts: { ...shared, ...written },
    trade: { ...shared, ...named, executedAt },
  }
}

function readTradeDate(text: string, now: EpochMs): ReturnType<typeof readDate> {
  const date = readDate(text)
  if ('reason' in date) return date
  const today: TradingDate = istDate(now)
  if (date.value >= firstDate && date.value <= today) return date
  const reason = date.value > today ? `is after today, ${today}` : `is before ${firstDate}`
  return { reason, remedy: 'Correct the date; the day stands before the month.' }
}
