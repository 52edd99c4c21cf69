/** Bernoulli numbers B₂ₖ ÷ (2k(2k − 1)) of Stirling's series (DLMF 5.11.1), k from 1. */
const terms = [1 / 12, -1 / 360, 1 / 1_260, -1 / 1_680, 1 / 1_188, -691 / 360_360, 1 / 156]

/**
 * Returns ln Γ(z) − ((z − ½) ln z − z + ½ ln 2π) for z > 0: what Stirling's formula lacks, near 1 ÷ (12z), to about 1e-15. The
 * series serves from 10 on; below, Γ(z + 1) = z Γ(z) leads there.
 */
export function stirlingRemainder(z: number): number {
  let lifted = 0
  let at = z
  for (; at < 10; at++) lifted += (at + 0.5) * Math.log1p(1 / at) - 1
  const squared = 1 / (at * at)
  return lifted + terms.reduceRight((sum, term) => sum * squared + term, 0) / at
}
