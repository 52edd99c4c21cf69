import { type Adjustment, type Decimal, decimalOf } from '@banyan/domain'

/** Returns into how many shares one became; null where none of the actions happened, as with nearly every row: dividing decimals is slow. */
export function shareFactor(actions: readonly Adjustment[]): Decimal | null {
  if (actions.length === 0) return null
  return actions.reduce((product, { factor }) => product.times(decimalOf(factor)), decimalOf(1))
}

/** Returns what one of today's shares stands for of an amount a share of then. */
export function perShare(amount: Decimal, factor: Decimal | null): Decimal {
  return factor === null ? amount : amount.div(factor)
}
