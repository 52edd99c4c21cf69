import Big from 'big.js'

/** An exact decimal number: rupees, prices and quantities of a ledger. Operations on it are exact but division (20 decimals). */
export type Decimal = Big

/** Digits a vendor's price or quantity has at most; what lies behind them in a JSON number is binary noise (upstreams.md §1.4). */
const vendorDecimals = 6

/** Returns the decimal a JSON number stands for: its shortest text, rounded to 6 decimals, half away from zero. Throws RangeError unless finite. */
export function decimalOf(value: number): Decimal {
  if (!Number.isFinite(value)) throw new RangeError('a decimal needs a finite number')
  return new Big(value).round(vendorDecimals, Big.roundHalfUp)
}

const decimalForm = /^-?\d+(\.\d+)?$/

/** Returns the decimal written as digits with at most one point (`-12.50`), exactly; null for any other text, the empty one included. */
export function parseDecimal(text: string): Decimal | null {
  return decimalForm.test(text) ? new Big(text) : null
}

export function isDecimal(value: unknown): value is Decimal {
  return value instanceof Big
}

/** Returns the decimal rounded to `places`, half away from zero. */
export function roundDecimal(value: Decimal, places: number): Decimal {
  return value.round(places, Big.roundHalfUp)
}

/** Returns the JSON number nearest to the decimal rounded to `places`, half away from zero; never a negative zero. */
export function toNumber(value: Decimal, places: number): number {
  return roundDecimal(value, places).toNumber() + 0
}

/** Returns the exact sum; zero for none. */
export function sumOf(values: Iterable<Decimal>): Decimal {
  let sum = new Big(0)
  for (const value of values) sum = sum.plus(value)
  return sum
}
