/**
 * Returns for each p-value the lowest share of false finds at which it would still count as one, after Benjamini & Hochberg (1995):
 * the least, over it and all larger p-values, of p times the number of tests, divided by its rank.
 */
export function falseDiscoveryRates(chances: readonly number[]): number[] {
  const rates = new Array<number>(chances.length).fill(1)
  const largestFirst = [...chances.entries()].sort(([, a], [, b]) => b - a)
  let least = 1
  largestFirst.forEach(([index, p], i) => {
    least = Math.min(least, (p * chances.length) / (chances.length - i))
    rates[index] = least
  })
  return rates
}
