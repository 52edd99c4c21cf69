/**
 * Rounds to `decimals` places, half away from zero, as the contracts ask (stocktrendz.md §2.2).
 * Works on the shortest decimal text of the number, so 1.005 gives 1.01 although its binary value lies below.
 */
export function roundHalfAway(value: number, decimals: number): number {
  if (!Number.isFinite(value)) throw new RangeError('roundHalfAway needs a finite number')
  const sign = value < 0 ? -1 : 1
  const [mantissa = '0', exponent = '0'] = Math.abs(value).toString().split('e')
  const shifted = Math.round(Number(`${mantissa}e${Number(exponent) + decimals}`))
  const rounded = Number(`${shifted}e${-decimals}`) * sign
  return rounded === 0 ? 0 : rounded
}
