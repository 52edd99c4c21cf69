import { stirlingRemainder } from './stirling.ts'

/**
 * Returns the share of the distribution Beta(a, b) below x, 0 ≤ x ≤ 1: the regularised incomplete beta function, to about 1e-12
 * relative. A parameter of 0 puts all weight on its end: Beta(0, b) is 0, Beta(a, 0) is 1. By the continued fraction
 * DLMF 8.17.22, read from the side where it converges fast.
 */
export function betaShare(x: number, a: number, b: number): number {
  if (x >= 1 || (a === 0 && x >= 0)) return 1
  if (x <= 0 || b === 0) return 0
  return x < (a + 1) / (a + b + 2)
    ? (density(x, a, b) * continuedFraction(x, a, b)) / a
    : 1 - (density(1 - x, b, a) * continuedFraction(1 - x, b, a)) / b
}

/**
 * Returns the x below which the share `p`, 0 < p < 1, of Beta(a, b) lies, to about 1e-11 relative; below the smallest double 0.
 * Newton's method on the logarithms of both, which is straight where the distribution is a power of x, kept inside a bracket.
 */
export function betaQuantile(p: number, a: number, b: number): number {
  if (a === 0) return 0
  if (b === 0) return 1
  let low = 0
  let high = 1
  let x = a / (a + b)
  for (let i = 0; i < 300 && x > 0; i++) {
    const share = betaShare(x, a, b)
    if (share > p) high = x
    else low = x
    const slope = density(x, a, b) / (1 - x) / share
    const next = x * Math.exp((Math.log(p) - Math.log(share)) / slope)
    const before = x
    x = next > low && next < high ? next : between(low, high)
    if (Math.abs(x - before) <= 1e-15 * x) break
  }
  return x
}

function between(low: number, high: number): number {
  if (low === 0) return Math.min(high / 4, high * high)
  return high > 4 * low ? Math.sqrt(low) * Math.sqrt(high) : (low + high) / 2
}

/**
 * Returns x^a (1 − x)^b ÷ B(a, b). In logarithms the large parts of the powers and of B cancel; they are taken together first, so
 * that a million cases cost no digits.
 */
function density(x: number, a: number, b: number): number {
  const sum = a + b
  const apart = x * sum - a
  const powers = a * logRatio(apart / a, (x * sum) / a) + b * logRatio(-apart / b, ((1 - x) * sum) / b)
  const remainders = stirlingRemainder(sum) - stirlingRemainder(a) - stirlingRemainder(b)
  return Math.sqrt((a / sum) * (b / (2 * Math.PI))) * Math.exp(powers + remainders)
}

/** Returns ln(1 + difference), where 1 + difference is `ratio`, from whichever of the two is exact. */
function logRatio(difference: number, ratio: number): number {
  return Math.abs(difference) < 0.5 ? Math.log1p(difference) : Math.log(ratio)
}

/** The fraction 1 ÷ (1 + d₁ ÷ (1 + d₂ ÷ …)) by the method of Lentz. */
function continuedFraction(x: number, a: number, b: number): number {
  let c = 1
  let d = 1 / (1 - ((a + b) * x) / (a + 1))
  let value = d
  for (let m = 1; m < 1e6; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / (1 + even * d)
    c = 1 + even / c
    value *= c * d
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / (1 + odd * d)
    c = 1 + odd / c
    value *= c * d
    if (Math.abs(c * d - 1) < 1e-16) break
  }
  return value
}
