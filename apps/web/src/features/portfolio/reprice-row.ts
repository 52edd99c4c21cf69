import type { BookRow } from '@banyan/client'
import type { HeardQuote } from '../../lib/feed-types.ts'
import { isMadeLater, isNewerPrice, isPriced } from '../../lib/newer-price.ts'
import { paiseOf, toPaise, toRupees } from '../../lib/paise.ts'
import type { LiveRow } from './live-row.ts'

interface Circumstances {
  /** When the server answered with the row, in epoch milliseconds of this device. */
  readonly answeredAt: number
  /** True while recorded prices are played: then the market's price counts, whatever its time. */
  readonly isReplay: boolean
}

/**
 * Returns the row at a price of the stream, or the row itself where its own price is as good. Only shares follow: of a contract the book
 * does not tell how many units it is of, so its price is the server's.
 */
export function repriceRow(row: LiveRow, quote: HeardQuote, circumstances: Circumstances): LiveRow {
  const { last_price: last } = quote
  if (last === null || !isShare(row) || !isNewer(row, quote, circumstances)) return row
  const { prev_close, source, as_of, age_ms, delay, heardAt } = quote
  const priced = { last_price: last, prev_close, source, as_of, age_ms, delay, heardAt, price_from: 'market' as const }
  if (isSameOffer(row, priced)) return row
  const figures = row.kind === 'holding' ? holdingAt(row, last, prev_close) : positionAt(row.told, last)
  return { ...row, ...priced, ...figures }
}

const isShare = ({ instrument }: LiveRow): boolean => /^(NSE|BSE):/.test(instrument ?? '')

/** A broker's own price yields to one made later alone. */
function isNewer(row: LiveRow, quote: HeardQuote, { answeredAt, isReplay }: Circumstances): boolean {
  if (row.price_from !== 'broker') return isNewerPrice(quote, { ...row, heardAt: answeredAt })
  return isReplay || !isPriced(row) || isMadeLater(quote, row)
}

/** The stream repeats a price at its start: where all of it stands already, nothing changes. */
function isSameOffer(row: LiveRow, priced: Pick<LiveRow, 'last_price' | 'prev_close' | 'as_of' | 'delay'>): boolean {
  return (
    row.price_from === 'market' &&
    row.last_price === priced.last_price &&
    row.prev_close === priced.prev_close &&
    row.as_of === priced.as_of &&
    row.delay === priced.delay
  )
}

type Figures = Pick<LiveRow, 'current_value' | 'pnl' | 'day_change'>

function holdingAt({ quantity, invested }: LiveRow, last: number, close: number | null): Figures {
  const value = paiseOf(quantity, last)
  return {
    current_value: toRupees(value),
    pnl: invested === null ? null : toRupees(value - toPaise(invested)),
    day_change: close === null ? null : toRupees(paiseOf(quantity, moveOf(close, last))),
  }
}

/** What the broker told of a trade moves on by what the price did since. A figure it did not tell stays unknown. */
function positionAt({ quantity, owned, last_price: before, pnl, day_change }: BookRow, last: number): Figures {
  const move = before === null ? null : paiseOf(quantity, moveOf(before, last))
  const moved = (figure: number | null) => (figure === null || move === null ? null : toRupees(toPaise(figure) + move))
  return {
    current_value: owned ? toRupees(paiseOf(quantity, last)) : null,
    pnl: moved(pnl),
    day_change: moved(day_change),
  }
}

/** Prices have 6 decimals at most: their difference has no more. */
const moveOf = (from: number, to: number): number => Math.round((to - from) * 1e6) / 1e6
