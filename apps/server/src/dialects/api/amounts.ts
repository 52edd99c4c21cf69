import { type Decimal, toNumber } from '@banyan/domain'

/** Returns rupees or per cent with 2 decimals; null stays null. */
export function money(value: Decimal | null): number | null {
  return value === null ? null : toNumber(value, 2)
}

/** Returns a price or quantity with all the digits a broker gives, 6 at most; null stays null. */
export function exact(value: Decimal | null): number | null {
  return value === null ? null : toNumber(value, 6)
}
