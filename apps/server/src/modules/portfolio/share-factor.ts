import { type Adjustment, type Decimal, decimalOf } from '@banyan/domain'

/** These make a step of the price and leave everybody's units as they are; imported factors of no known kind are splits and bonuses. */
const keepingUnits: readonly Adjustment['kind'][] = ['rights', 'demerger']

/** Returns the product of the factors; null where nothing happened, as with nearly every row: dividing decimals is slow. */
export function priceFactor(actions: readonly Adjustment[]): Decimal | null {
  if (actions.length === 0) return null
  return actions.reduce((product, { factor }) => product.times(decimalOf(factor)), decimalOf(1))
}

/** Returns into how many shares one became; null where it stayed one. */
export function shareFactor(actions: readonly Adjustment[]): Decimal | null {
  return priceFactor(actions.filter(({ kind }) => !keepingUnits.includes(kind)))
}

/** Returns what one of today's shares stands for of an amount a share of then. */
export function perShare(amount: Decimal, factor: Decimal | null): Decimal {
  return factor === null ? amount : amount.div(factor)
}
