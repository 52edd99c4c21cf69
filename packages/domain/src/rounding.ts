/**
 * Rounds to `decimals` places (0 or more), half away from zero, as the contracts ask (stocktrendz.md §2.2).
 * Works on the shortest decimal text of the number, so 1.005 gives 1.01 although its binary value lies below.
 */
export function roundHalfAway(value: number, decimals: number): number {
  if (!Number.isFinite(value)) throw new RangeError('roundHalfAway needs a finite number')
  const shifted = shiftDecimalPoint(Math.abs(value), decimals)
  // From 2^53 on neighbouring numbers lie further apart than the last place asked for: nothing is left to round.
  if (shifted >= Number.MAX_SAFE_INTEGER) return value
  const rounded = shiftDecimalPoint(Math.round(shifted), -decimals)
  return value < 0 && rounded !== 0 ? -rounded : rounded
}

function shiftDecimalPoint(value: number, places: number): number {
  const [mantissa = '0', exponent = '0'] = value.toString().split('e')
  return Number(`${mantissa}e${Number(exponent) + places}`)
}
