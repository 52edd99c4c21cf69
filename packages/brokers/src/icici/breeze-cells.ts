import { type Decimal, decimalOf } from '@banyan/domain'
import { amountIn, textIn, type VendorRow } from '../vendor-cells.ts'
import { codeForm } from './code-list.ts'

/** More than any price, quantity or volume there is, and exact as a number. */
const tooLarge = decimalOf(1e15)

/** Returns the field's number, which cannot be below zero, to 6 decimals; null when it is empty. Throws when it is missing or anything else. */
export function figureIn(row: VendorRow, field: string): Decimal | null {
  const figure = amountIn(row, field)
  if (figure?.lt(0) || figure?.gte(tooLarge)) throw new Error(`${field} is below zero or too large`)
  return figure?.round(6) ?? null
}

/** Returns the field's number as {@link figureIn}. Throws when it is empty too. */
export function knownFigureIn(row: VendorRow, field: string): Decimal {
  const figure = figureIn(row, field)
  if (figure === null) throw new Error(`${field} is empty`)
  return figure
}

/** Returns the field's price; null when it is empty or 0, which means that there is none. Throws as {@link figureIn}. */
export function priceIn(row: VendorRow, field: string): Decimal | null {
  const price = figureIn(row, field)
  return price?.eq(0) ? null : price
}

/** Returns Breeze's code of what the row is about, upper case. Throws when there is none. */
export function codeIn(row: VendorRow): string {
  const code = textIn(row, 'stock_code').toUpperCase()
  if (!codeForm.test(code)) throw new Error('stock_code is not a code')
  return code
}
