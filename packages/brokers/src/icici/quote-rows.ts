import { type Decimal, type EpochMs, toNumber } from '@banyan/domain'
import { listOf, optionalTextIn, rowOf, textIn } from '../vendor-cells.ts'
import { figureIn, knownFigureIn, priceIn } from './breeze-cells.ts'
import type { CashExchange } from './code-list.ts'
import { parseTradeTime } from './vendor-time.ts'

/** A price as Breeze tells it; rupees. */
export interface BreezeQuote {
  readonly lastPrice: number
  readonly prevClose: number | null
  /** Units traded today. */
  readonly volume: number | null
  /** When it was traded. */
  readonly tradedAt: EpochMs
}

/**
 * Reads `Success` of `quotes`, which may answer for both exchanges when one was asked (upstreams.md §3.5). Null when the exchange has no
 * row or the row no price. Throws when the row is not understood; a price nobody can date is none.
 */
export function readQuote(exchange: CashExchange, success: unknown): BreezeQuote | null {
  const row = listOf(success, 'quotes')
    .map((item) => rowOf(item, 'a quote'))
    .find((item) => optionalTextIn(item, 'exchange_code')?.toUpperCase() === exchange)
  if (row === undefined) return null
  const lastPrice = knownFigureIn(row, 'ltp')
  if (lastPrice.eq(0)) return null
  const tradedAt = parseTradeTime(textIn(row, 'ltt'))
  if (tradedAt === null) throw new Error('ltt is not a time')
  return {
    lastPrice: toNumber(lastPrice, 6),
    prevClose: numberOf(priceIn(row, 'previous_close')),
    volume: numberOf(figureIn(row, 'total_quantity_traded')),
    tradedAt,
  }
}

function numberOf(figure: Decimal | null): number | null {
  return figure === null ? null : toNumber(figure, 6)
}
