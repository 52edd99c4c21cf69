import type { BrokerHolding, BrokerPosition } from '@banyan/brokers'
import { type Adjustment, type Decimal, dayMs, type InstrumentId, instrumentId, roundDecimal } from '@banyan/domain'
import { perShare, priceFactor, shareFactor } from '../share-factor.ts'
import type { StoredBook } from '../stored-book.ts'
import { priceRow, type RowPrice } from './row-price.ts'
import type { Valuation } from './valuation.ts'

/** One line of the book at one broker. Money is in rupees, rounded to the paisa. */
export interface BookRow {
  readonly kind: 'holding' | 'position'
  readonly part: StoredBook
  /** Null when the broker's code could not be turned into a symbol. */
  readonly instrument: InstrumentId | null
  readonly symbol: string
  readonly isin: string | null
  readonly product: string | null
  /** Signed; after {@link adjustedFor}. */
  readonly quantity: Decimal
  readonly averagePrice: Decimal | null
  readonly price: RowPrice | null
  /** False for trading that ends the same day and for derivatives: they have a P&L, but nothing is owned. */
  readonly isOwned: boolean
  /** Quantity × average; null for what is not owned and where the average is not known. */
  readonly invested: Decimal | null
  /** Quantity × price; null for what is not owned and without a price. */
  readonly value: Decimal | null
  readonly pnl: Decimal | null
  /** Change since the close before; null where that close is not known. */
  readonly dayChange: Decimal | null
  /** Corporate actions since the reading, applied here because the broker has not told yet. */
  readonly adjustedFor: readonly Adjustment[]
  /** A step of the price that no known corporate action explains and hardly a market: the value may be of another share count. */
  readonly isSuspect: boolean
}

type Row = BrokerHolding | BrokerPosition

/** Steps above this are likelier a split or bonus nobody told us of (upstreams.md §4). */
const suspectStep = 0.35

/** Within so many days a share seldom moves by that much on its own. */
const comparableMs = 10 * dayMs

const paise = (value: Decimal) => roundDecimal(value, 2)

/** Returns a holding at today's price. */
export function valueHolding(part: StoredBook, holding: BrokerHolding, valuation: Valuation): BookRow {
  const based = baseRow('holding', part, holding, valuation)
  const { quantity, value, invested } = based
  const pnl = value === null || invested === null ? null : value.minus(invested)
  return { ...based, isOwned: true, pnl, dayChange: priceMove(based, quantity, valuation) }
}

/**
 * Returns a net position at today's price. Its P&L is the broker's, moved on by what the price did since (upstreams.md §2.6); what was sold
 * out of a holding is owned less, in quantity and value.
 */
export function valuePosition(part: StoredBook, position: BrokerPosition, valuation: Valuation): BookRow {
  const based = baseRow('position', part, position, valuation)
  const { price } = based
  const units = based.quantity.times(position.multiplier)
  const moved = price === null || position.lastPrice === null ? null : moveSince(based, position.lastPrice, units)
  const pnl = sumOrNull(position.pnl, moved)
  const isOfToday = part.tradingDay === valuation.tradingDay
  const dayChange = isOfToday ? sumOrNull(position.m2m, moved) : priceMove(based, units, valuation)
  const isOwned = isDelivery(position)
  const owned = isOwned ? {} : { value: null, invested: null }
  return { ...based, ...owned, isOwned, pnl: pnl && paise(pnl), dayChange: dayChange && paise(dayChange) }
}

function isDelivery({ exchange, product }: BrokerPosition): boolean {
  return (exchange === 'NSE' || exchange === 'BSE') && (product === 'CNC' || product === 'MTF')
}

function baseRow(kind: BookRow['kind'], part: StoredBook, row: Row, valuation: Valuation) {
  const instrument = row.mapped ? instrumentId(row.exchange, row.symbol) : null
  const adjustedFor = instrument === null ? [] : actionsSince(part, valuation.adjustmentsOf(instrument), valuation)
  const factor = shareFactor(adjustedFor)
  const price = priceRow(part, row, { instrument, factor: priceFactor(adjustedFor), valuation })
  const quantity = factor === null ? row.quantity : row.quantity.times(factor)
  const averagePrice = row.averagePrice && perShare(row.averagePrice, factor)
  return {
    kind,
    part,
    instrument,
    symbol: row.symbol,
    isin: row.isin,
    product: row.product,
    quantity,
    averagePrice,
    price,
    // Not from the divided average: three shares that became seven cost what they cost.
    invested: row.averagePrice === null ? null : paise(row.quantity.times(row.averagePrice)),
    value: price === null ? null : paise(quantity.times(price.last)),
    adjustedFor,
    isSuspect: price !== null && adjustedFor.length === 0 && isSuspect(price, part, row.lastPrice),
  }
}

/** Actions between the reading and today: the broker's figures are from before them. */
function actionsSince(
  part: StoredBook,
  actions: readonly Adjustment[],
  { tradingDay }: Valuation,
): readonly Adjustment[] {
  return actions.filter(({ exDate }) => exDate > part.tradingDay && exDate <= tradingDay)
}

/** The price is held against the one the broker read lately, else against the close before. */
function isSuspect({ last, prevClose, from, asOf }: RowPrice, part: StoredBook, read: Decimal | null): boolean {
  const isComparable = from === 'market' && Math.abs(asOf - part.syncedAt) <= comparableMs
  const reference = isComparable ? (read ?? prevClose) : prevClose
  return reference?.gt(0) === true && last.minus(reference).abs().gt(reference.times(suspectStep))
}

/** What the price did to `units` since the close before; null when that close is not known, or the price is of an earlier day. */
function priceMove(
  { part, price }: Pick<BookRow, 'part' | 'price'>,
  units: Decimal,
  { tradingDay }: Valuation,
): Decimal | null {
  if (price?.prevClose == null || (price.from === 'broker' && part.tradingDay !== tradingDay)) return null
  return paise(units.times(price.last.minus(price.prevClose)))
}

function moveSince(
  { price, adjustedFor }: Pick<BookRow, 'price' | 'adjustedFor'>,
  read: Decimal,
  units: Decimal,
): Decimal | null {
  return price && units.times(price.last.minus(perShare(read, priceFactor(adjustedFor))))
}

function sumOrNull(a: Decimal | null, b: Decimal | null): Decimal | null {
  return a === null || b === null ? null : a.plus(b)
}
