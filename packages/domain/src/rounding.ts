/**
 * Rounds to `decimals` places (0 or more), half away from zero, as the contracts ask (stocktrendz.md §2.2).
 * Works on the shortest decimal text of the number, so 1.005 gives 1.01 although its binary value lies below.
 */
export function roundHalfAway(value: number, decimals: number): number {
  if (!Number.isFinite(value)) throw new RangeError('roundHalfAway needs a finite number')
  const [mantissa = '', exponent = '0'] = Math.abs(value).toString().split('e')
  const [whole = '', fraction = ''] = mantissa.split('.')
  const digits = whole + fraction
  const kept = whole.length + Number(exponent) + decimals
  if (kept >= digits.length) return value === 0 ? 0 : value
  // Digit by digit: a shifted number of 17 digits may be one that has a half where the text has none (4037051039.5859947 × 10⁵).
  const next = kept >= 0 && digits.charAt(kept) >= '5' ? 1n : 0n
  const rounded = Number(`${BigInt(digits.slice(0, Math.max(kept, 0))) + next}e-${decimals}`)
  return value < 0 && rounded !== 0 ? -rounded : rounded
}
