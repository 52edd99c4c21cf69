import { type Decimal, decimalOf, type Exchange } from '@banyan/domain'
import type { BookReading, BrokerPosition } from '../broker.ts'
import { listOf, optionalTextIn, rowOf, textIn, type VendorRow } from '../vendor-cells.ts'
import { codeIn, figureIn, knownFigureIn, priceIn } from './breeze-cells.ts'
import { type CodeList, cashExchanges, type Listing } from './code-list.ts'

/** Breeze's names of the segments. */
const segments: ReadonlyMap<string, Exchange> = new Map([
  ['NSE', 'NSE'],
  ['BSE', 'BSE'],
  ['NFO', 'NFO'],
  ['BFO', 'BFO'],
  ['NDX', 'CDS'],
  ['CDS', 'CDS'],
  ['MCX', 'MCX'],
])

/** Segments that count in contracts whose size the vendor does not tell; in the others a quantity is in units. */
const countedInContracts: readonly Exchange[] = ['CDS', 'MCX']

const one = decimalOf(1)

/** Reads `Success` of `portfoliopositions` (upstreams.md §3.5). Throws when one row is not understood. */
export function readPositions(success: unknown, codes: CodeList): BookReading<BrokerPosition> {
  const read = listOf(success, 'positions').map((item) => readPosition(rowOf(item, 'a position'), codes))
  return { rows: read.flatMap(({ row }) => row ?? []), warnings: read.flatMap(({ warning }) => warning ?? []) }
}

interface Reading {
  readonly row: BrokerPosition | null
  readonly warning: string | null
}

function readPosition(row: VendorRow, codes: CodeList): Reading {
  const segment = textIn(row, 'exchange_code').toUpperCase()
  const code = codeIn(row)
  const exchange = segments.get(segment)
  if (exchange === undefined)
    return { row: null, warning: `${code} is left out: ${segment} is not an exchange known here.` }
  const listing = listingOf(row, exchange, code, codes)
  const sizeIsKnown = !countedInContracts.includes(exchange)
  const position: BrokerPosition = {
    exchange,
    ...listing,
    type: 'net',
    product: optionalTextIn(row, 'product_type'),
    multiplier: one,
    ...figuresOf(row, sizeIsKnown),
    ...{ closePrice: null, overnightQuantity: null, m2m: null, realised: null },
  }
  if (sizeIsKnown) return { row: position, warning: null }
  const warning = `${listing.symbol}: ICICI does not tell the size of a contract, so its result is unknown.`
  return { row: position, warning }
}

type Figures = Pick<BrokerPosition, 'quantity' | 'averagePrice' | 'lastPrice' | 'unrealised' | 'pnl'>

/** The vendor's own `pnl` is null, so the result of what is open is computed; what a closed row earned is not told. */
function figuresOf(row: VendorRow, sizeIsKnown: boolean): Figures {
  const quantity = signedQuantity(row)
  const [averagePrice, lastPrice] = [figureIn(row, 'average_price'), priceIn(row, 'ltp')]
  const isKnown = sizeIsKnown && averagePrice !== null && lastPrice !== null
  const unrealised = isKnown ? lastPrice.minus(averagePrice).times(quantity) : null
  return { quantity, averagePrice, lastPrice, unrealised, pnl: quantity.eq(0) ? null : unrealised }
}

/** `quantity` is unsigned and `action` says which way; a closed row needs none. */
function signedQuantity(row: VendorRow): Decimal {
  const quantity = knownFigureIn(row, 'quantity')
  const action = optionalTextIn(row, 'action')?.toLowerCase()
  if (quantity.eq(0) || action === 'buy') return quantity
  if (action === 'sell') return quantity.neg()
  throw new Error('action does not tell which way the position is')
}

function listingOf(row: VendorRow, exchange: Exchange, code: string, codes: CodeList): Listing {
  const cash = cashExchanges.find((name) => name === exchange)
  return cash ? codes.listingOf(cash, code) : { symbol: contractOf(row, code), mapped: false, isin: null }
}

const rights: ReadonlyMap<string | undefined, string> = new Map([
  ['call', 'CE'],
  ['put', 'PE'],
])

/**
 * Returns what tells a contract from the others of its underlying: `NIFTY 29-SEP-2026 24350 CE`. The exchanges' symbols are not derived
 * from it: they follow other rules for weekly and monthly contracts.
 */
function contractOf(row: VendorRow, code: string): string {
  const right = rights.get(optionalTextIn(row, 'right')?.toLowerCase())
  const expiry = textIn(row, 'expiry_date').toUpperCase()
  if (!/^\d{2}-[A-Z]{3}-\d{4}$/.test(expiry)) throw new Error('expiry_date is not a date')
  return right === undefined
    ? `${code} ${expiry} FUT`
    : `${code} ${expiry} ${knownFigureIn(row, 'strike_price').toFixed()} ${right}`
}
