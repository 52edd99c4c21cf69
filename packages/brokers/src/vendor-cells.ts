import { type Decimal, decimalOf, parseDecimal } from '@banyan/domain'

/** A JSON object of the vendor; fields that nobody reads are ignored. */
export type VendorRow = Readonly<Record<string, unknown>>

/** Returns the object; throws when the value is none. */
export function rowOf(value: unknown, what: string): VendorRow {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`${what} is not an object`)
  return value as VendorRow
}

/** Returns the array; throws when the value is none. */
export function listOf(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error(`${what} is not a list`)
  return value
}

/** Returns the field's number, written as a number or as digits; null when the vendor leaves it empty. Throws when it is missing or anything else. */
export function amountIn(row: VendorRow, field: string): Decimal | null {
  const value = row[field]
  if (value === null || value === '') return null
  const amount = typeof value === 'number' ? decimalOf(value) : typeof value === 'string' ? parseDecimal(value) : null
  if (amount === null) throw new Error(`${field} is not a number`)
  return amount
}

/** Returns the field's number. Throws when it is missing, empty or anything else. */
export function knownAmountIn(row: VendorRow, field: string): Decimal {
  const amount = amountIn(row, field)
  if (amount === null) throw new Error(`${field} is empty`)
  return amount
}

/** Returns the field's price; null when it is empty or 0, which is how the vendor writes that there is none (a row's first day has `close_price` 0). */
export function priceIn(row: VendorRow, field: string): Decimal | null {
  const price = amountIn(row, field)
  return price?.eq(0) ? null : price
}

// No control character and nothing a page could take for markup goes further than this.
const plainText = /^[\x20-\x7e]{1,64}$/

/** Returns the field's text, trimmed: 1 to 64 printable ASCII characters. Throws when it is anything else. */
export function textIn(row: VendorRow, field: string): string {
  const text = optionalTextIn(row, field)
  if (text === null) throw new Error(`${field} is empty`)
  return text
}

/** Returns the field's text as {@link textIn}; null when it is missing or empty. */
export function optionalTextIn(row: VendorRow, field: string): string | null {
  const value = row[field] ?? ''
  if (typeof value !== 'string') throw new Error(`${field} is not a text`)
  const text = value.trim()
  if (text === '') return null
  if (!plainText.test(text) || /[<>]/.test(text)) throw new Error(`${field} is not plain text`)
  return text
}

/** What could be read of a list of which some rows may be lost. */
export interface MostRows<Row> {
  readonly rows: readonly Row[]
  /** Rows left out because they could not be understood. */
  readonly dropped: number
}

/** Reads each item; those `read` throws at are left out. Throws when that is more than 1 % of them (upstreams.md §1.4). */
export function readMost<Item, Row>(items: readonly Item[], read: (item: Item) => Row): MostRows<Row> {
  const rows = readEach(items, read)
  return { rows, dropped: countDropped(rows.length, items.length) }
}

/** Returns what `read` makes of the items it does not throw at. */
export function readEach<Item, Row>(items: readonly Item[], read: (item: Item) => Row): Row[] {
  return items.flatMap((item) => attempt(() => read(item)) ?? [])
}

/** Returns how many of the rows were not understood. Throws when that is more than 1 % of them. */
export function countDropped(understood: number, all: number): number {
  const dropped = all - understood
  if (dropped * 100 > all) throw new Error(`${dropped} of ${all} rows are not understood`)
  return dropped
}

function attempt<T>(run: () => T): readonly [T] | null {
  try {
    return [run()]
  } catch {
    return null
  }
}
