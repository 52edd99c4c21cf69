import type { Decimal } from '@banyan/domain'
import type { BookReading, BrokerHolding } from '../broker.ts'
import { type CodeList, cashExchanges } from './code-list.ts'
import type { DematIsins } from './demat-holdings.ts'
import type { ListedHolding } from './portfolio-holdings.ts'

export interface HoldingLists {
  readonly nse: readonly ListedHolding[]
  /** Null when ICICI refused the list. */
  readonly bse: readonly ListedHolding[] | null
  /** Null when ICICI did not give it. */
  readonly demat: DematIsins | null
}

type Named = Pick<BrokerHolding, 'symbol' | 'mapped' | 'isin'> & { readonly contradicted: boolean }
type NamedHolding = ListedHolding & Named

/** Returns one row per share, whatever the exchange it is listed under; the NSE row names it where there is one (upstreams.md §3.5). */
export function mergeHoldings(lists: HoldingLists, codes: CodeList): BookReading<BrokerHolding> {
  const named = [...lists.nse, ...(lists.bse ?? [])].map((row) => ({ ...row, ...nameOf(row, lists.demat, codes) }))
  const shares = [...Map.groupBy(named, ({ isin, code }) => isin ?? code).values()].map(mergeShare)
  return {
    rows: shares.map(({ row }) => row),
    warnings: [
      ...missingLists(lists, codes),
      ...contradictions(named),
      ...shares.flatMap(({ warning }) => warning ?? []),
    ],
  }
}

/**
 * The depository's ISIN confirms the one of the list of codes, in which a code means one share on both exchanges; where they differ nobody
 * knows which share it is.
 */
function nameOf({ exchange, code }: ListedHolding, demat: DematIsins | null, codes: CodeList): Named {
  const listed = cashExchanges.flatMap((each) => codes.listingOf(each, code).isin ?? [])
  const isins = new Set([...listed, ...(demat?.get(code) ?? [])])
  if (isins.size > 1) return { symbol: code, mapped: false, isin: null, contradicted: true }
  const { symbol, mapped } = codes.listingOf(exchange, code)
  return { symbol, mapped, isin: [...isins][0] ?? null, contradicted: false }
}

function mergeShare(rows: readonly NamedHolding[]): { readonly row: BrokerHolding; readonly warning: string | null } {
  const [first, second] = cashExchanges.flatMap((exchange) => totalOf(rows.filter((row) => row.exchange === exchange)))
  if (first === undefined) throw new Error('a share needs a row')
  if (second === undefined) return { row: toHolding(first), warning: null }
  // It is not known whether the NSE list holds the shares of the BSE list already. Equal quantities tell that it does.
  if (!first.quantity.eq(second.quantity)) return { row: toHolding(added(first, second)), warning: null }
  const warning = `${first.symbol}: ICICI lists ${first.quantity.toFixed()} on NSE and as many on BSE; they are counted once.`
  return { row: toHolding(first), warning }
}

/** Returns the rows of one exchange as one; none for none. */
function totalOf([first, ...rest]: readonly NamedHolding[]): NamedHolding[] {
  return first === undefined ? [] : [rest.reduce(added, first)]
}

function added(one: NamedHolding, other: NamedHolding): NamedHolding {
  const quantity = one.quantity.plus(other.quantity)
  return {
    ...one,
    quantity,
    averagePrice: averageOf(one, other, quantity),
    lastPrice: one.lastPrice ?? other.lastPrice,
  }
}

function averageOf(one: NamedHolding, other: NamedHolding, quantity: Decimal): Decimal | null {
  if (one.averagePrice === null || other.averagePrice === null) return null
  const paid = one.averagePrice.times(one.quantity).plus(other.averagePrice.times(other.quantity))
  return paid.div(quantity).round(6)
}

function toHolding({ exchange, symbol, mapped, isin, product, quantity, averagePrice, lastPrice }: NamedHolding) {
  // The vendor tells neither the previous close nor what is still to be delivered.
  const unknown = { closePrice: null, t1Quantity: null }
  return {
    exchange,
    symbol,
    mapped,
    isin,
    product,
    quantity,
    averagePrice,
    lastPrice,
    ...unknown,
  } satisfies BrokerHolding
}

function missingLists({ bse, demat }: HoldingLists, codes: CodeList): readonly string[] {
  return [
    ...(bse === null ? ['ICICI gives no list of holdings for BSE; shares held only there are missing.'] : []),
    ...(demat === null ? ['ICICI did not confirm the ISINs; those of its list of codes are used.'] : []),
    ...(codes.size === 0 ? ["ICICI's list of codes is not loaded, so its own codes are shown."] : []),
  ]
}

function contradictions(named: readonly NamedHolding[]): readonly string[] {
  const contradicted = new Set(named.filter((row) => row.contradicted).map(({ code }) => code))
  return [...contradicted].map((code) => `${code}: ICICI gives two ISINs for it, so it is matched to no share.`)
}
