/** A number as JSON wrote it: `digits` × 10^−`places`, without an error of floating point. */
interface Exact {
  readonly digits: bigint
  readonly places: number
}

/** Returns amounts of 2 decimals in whole paise, which add without an error. */
export const toPaise = (rupees: number): number => Math.round(rupees * 100)

/** Returns rupees of whole paise. */
export const toRupees = (paise: number): number => paise / 100

/** Returns what `units` at `price` rupees come to, in whole paise, half a paisa away from zero: as the server rounds a row. */
export function paiseOf(units: number, price: number): number {
  const [one, other] = [exactOf(units), exactOf(price)]
  const places = one.places + other.places - 2
  const product = one.digits * other.digits
  if (places <= 0) return Number(product * 10n ** BigInt(-places))
  const whole = 10n ** BigInt(places)
  const size = product < 0n ? -product : product
  const rounded = (size * 2n + whole) / (whole * 2n)
  return Number(product < 0n ? -rounded : rounded)
}

/** Returns the sum of the amounts that are known, in rupees; null when none is. */
export function sumKnown(amounts: readonly (number | null)[]): number | null {
  let paise: number | null = null
  for (const amount of amounts) if (amount !== null) paise = (paise ?? 0) + toPaise(amount)
  return paise === null ? null : toRupees(paise)
}

function exactOf(value: number): Exact {
  const [mantissa = '0', exponent = '0'] = String(value).split('e')
  const [whole = '0', fraction = ''] = mantissa.split('.')
  const places = fraction.length - Number(exponent)
  const digits = BigInt(whole + fraction)
  return places >= 0 ? { digits, places } : { digits: digits * 10n ** BigInt(-places), places: 0 }
}
