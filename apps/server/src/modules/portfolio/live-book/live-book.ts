import { type Decimal, type DelayClass, delayClasses, type InstrumentId, sumOf } from '@banyan/domain'
import type { StoredBook } from '../stored-book.ts'
import { type BookRow, valueHolding, valuePosition } from './book-row.ts'
import type { Valuation } from './valuation.ts'

/** Sums over rows, in rupees. Rows without a figure are counted beside, never guessed; a sum over none is null. */
export interface BookTotals {
  /** Over owned rows that have both figures. */
  readonly invested: Decimal | null
  readonly value: Decimal | null
  readonly pnl: Decimal | null
  readonly dayChange: Decimal | null
  /** Rows without a price. */
  readonly unpriced: number
  /** Owned rows of which the broker does not say what they cost. */
  readonly unknownCost: number
  /** The worst of the prices in the sums; null without one. */
  readonly delay: DelayClass | null
}

/** One instrument over all brokers and exchanges. */
export interface BookGroup {
  /** The ISIN, or the instrument where none is known. */
  readonly key: string
  readonly isin: string | null
  /** Where it trades, NSE first; null when no broker's code could be turned into a symbol. */
  readonly instrument: InstrumentId | null
  readonly symbol: string
  /** Units owned, sales of today taken off; 0 for what is only traded. */
  readonly quantity: Decimal
  readonly totals: BookTotals
  readonly rows: readonly BookRow[]
}

export interface BookOfPart {
  readonly part: StoredBook
  /** True when the figures are older than the trading day. */
  readonly isStale: boolean
  readonly totals: BookTotals
  readonly rowCount: number
}

/** Everything at every broker, priced now. Rows add up to groups, to parts and to the totals, to the paisa. */
export interface LiveBook {
  readonly totals: BookTotals
  /** Most value first. */
  readonly groups: readonly BookGroup[]
  readonly parts: readonly BookOfPart[]
}

/** Values books by the given prices. Pure: the same input gives the same book, whatever the order of parts and rows. */
export function valueBooks(parts: readonly StoredBook[], valuation: Valuation): LiveBook {
  const rowsOf = new Map(parts.map((part) => [part, rowsOfPart(part, valuation)]))
  const rows = withIsins([...rowsOf.values()].flat(), valuation)
  return {
    totals: totalsOf(rows),
    groups: groupRows(rows),
    parts: [...rowsOf]
      .sort(([a], [b]) => compareTexts(nameOf(a), nameOf(b)))
      .map(([part, own]) => ({
        part,
        isStale: part.tradingDay < valuation.tradingDay,
        totals: totalsOf(own),
        rowCount: own.length,
      })),
  }
}

/** What was closed counts on its day alone. */
function rowsOfPart(part: StoredBook, valuation: Valuation): readonly BookRow[] {
  const isOfToday = part.tradingDay === valuation.tradingDay
  const positions = part.positions.filter(({ type, quantity }) => type === 'net' && (isOfToday || !quantity.eq(0)))
  return [
    ...part.holdings.map((holding) => valueHolding(part, holding, valuation)),
    ...positions.map((position) => valuePosition(part, position, valuation)),
  ]
}

/** Brokers tell the ISIN of a holding and not of a position: what one row or the lists tell of an instrument holds for all. */
function withIsins(rows: readonly BookRow[], { isinOf }: Valuation): readonly BookRow[] {
  const told = new Map(
    rows.flatMap(({ instrument, isin }) => (instrument && isin ? [[instrument, isin] as const] : [])),
  )
  return rows.map((row) => {
    if (row.isin !== null || row.instrument === null) return row
    return { ...row, isin: told.get(row.instrument) ?? isinOf(row.instrument) }
  })
}

function totalsOf(rows: readonly BookRow[]): BookTotals {
  const priced = rows.filter(({ price }) => price !== null)
  const whole = rows.filter(({ invested, value }) => invested !== null && value !== null)
  return {
    invested: sumOfKnown(whole.map(({ invested }) => invested)),
    value: sumOfKnown(rows.map(({ value }) => value)),
    pnl: sumOfKnown(rows.map(({ pnl }) => pnl)),
    dayChange: sumOfKnown(rows.map(({ dayChange }) => dayChange)),
    unpriced: rows.length - priced.length,
    unknownCost: rows.filter(({ isOwned, averagePrice }) => isOwned && averagePrice === null).length,
    delay: delayClasses.findLast((delay) => priced.some(({ price }) => price?.delay === delay)) ?? null,
  }
}

function sumOfKnown(values: readonly (Decimal | null)[]): Decimal | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : sumOf(known)
}

function groupRows(rows: readonly BookRow[]): readonly BookGroup[] {
  const byKey = Map.groupBy(rows, keyOf)
  const groups = [...byKey].map(([key, own]) => toGroup(key, own))
  return groups.sort((a, b) => compareValues(b, a) || compareTexts(a.key, b.key))
}

/** ISINs join brokers, symbols do not (upstreams.md §1.4). */
function keyOf({ isin, instrument, part, symbol }: BookRow): string {
  return isin ?? instrument ?? `${part.broker} ${symbol}`
}

function toGroup(key: string, unordered: readonly BookRow[]): BookGroup {
  const rows = unordered.toSorted((a, b) => compareTexts(orderOf(a), orderOf(b)))
  const instruments = rows.flatMap(({ instrument }) => instrument ?? []).sort(compareListings)
  const owned = rows.filter(({ isOwned }) => isOwned)
  return {
    key,
    isin: rows.find(({ isin }) => isin !== null)?.isin ?? null,
    instrument: instruments[0] ?? null,
    symbol: rows.find(({ instrument }) => instrument === (instruments[0] ?? null))?.symbol ?? '',
    quantity: sumOf(owned.map(({ quantity }) => quantity)),
    totals: totalsOf(rows),
    rows,
  }
}

function compareValues(a: BookGroup, b: BookGroup): number {
  const [one, other] = [a.totals.value, b.totals.value]
  if (one === null || other === null) return Number(one !== null) - Number(other !== null)
  return one.cmp(other)
}

function compareListings(a: InstrumentId, b: InstrumentId): number {
  return Number(b.startsWith('NSE:')) - Number(a.startsWith('NSE:')) || compareTexts(a, b)
}

const nameOf = ({ broker, brokerAccount }: StoredBook) => `${broker} ${brokerAccount}`

const orderOf = ({ part, kind, symbol, product, instrument }: BookRow) =>
  [nameOf(part), kind, symbol, instrument ?? '', product ?? ''].join(' ')

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
