/**
 * Returns the two-sided p-value of the Mann–Whitney U test: how often samples of one and the same distribution would be at least so unlike.
 * By the normal approximation with ties counted and continuity corrected, which is good from about 20 samples each.
 */
export function mannWhitneyP(a: readonly number[], b: readonly number[]): number {
  const all = [...a.map((value) => ({ value, isA: true })), ...b.map((value) => ({ value, isA: false }))].sort(
    (x, y) => x.value - y.value,
  )
  let rankSum = 0
  let ties = 0
  for (let from = 0; from < all.length; ) {
    let to = from
    while (to < all.length && all[to]?.value === all[from]?.value) to++
    const count = to - from
    const rank = (from + 1 + to) / 2
    for (let i = from; i < to; i++) rankSum += all[i]?.isA ? rank : 0
    ties += count ** 3 - count
    from = to
  }
  const [n, m, total] = [a.length, b.length, all.length]
  const u = rankSum - (n * (n + 1)) / 2
  const deviation = Math.sqrt(((n * m) / 12) * (total + 1 - ties / (total * (total - 1))))
  const z = Math.max(0, Math.abs(u - (n * m) / 2) - 0.5) / deviation
  return 2 * upperTail(z)
}

/** Returns how much of the normal distribution lies above `z` ≥ 0; Abramowitz and Stegun 26.2.17, exact to 7.5e-8. */
function upperTail(z: number): number {
  const t = 1 / (1 + 0.2316419 * z)
  const series = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series
}
