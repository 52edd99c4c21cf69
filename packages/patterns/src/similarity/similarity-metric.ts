/**
 * How a window w is compared with the query q, both z-normalised and of `length` points:
 *
 * - `euclidean`: distance √Σ(qᵢ − wᵢ)², 0 to 2√length; similarity 1 − distance ÷ (2√length).
 * - `dtw`: distance √ of the squared costs along the cheapest warping path within the band. It is never above the Euclidean one, so
 *   similarity is 1 − distance ÷ (2√length) too.
 * - `pearson`: distance 1 − r, 0 to 2; similarity (1 + r) ÷ 2.
 * - `cosine`: distance 1 − cos, 0 to 2; similarity (1 + cos) ÷ 2. Around a mean of 0 the cosine is the correlation: the same
 *   numbers as `pearson`.
 *
 * Similarity is 1 for the same shape and, but for `dtw`, 0 for its mirror image. `euclidean`, `pearson` and `cosine` order windows
 * alike, as Σ(qᵢ − wᵢ)² = 2 · length · (1 − r).
 */
export const similarityMetrics = ['dtw', 'euclidean', 'cosine', 'pearson'] as const
export type SimilarityMetric = (typeof similarityMetrics)[number]

/** Returns distance and similarity from the sum of squared costs. */
export function compare(
  metric: SimilarityMetric,
  squared: number,
  length: number,
): { distance: number; similarity: number } {
  switch (metric) {
    case 'dtw':
    case 'euclidean': {
      const distance = Math.sqrt(squared)
      return { distance, similarity: clamp(1 - distance / (2 * Math.sqrt(length))) }
    }
    case 'cosine':
    case 'pearson': {
      const distance = squared / (2 * length)
      return { distance, similarity: clamp(1 - distance / 2) }
    }
  }
}

/** Rounding may go a little beyond 0 and 1. */
function clamp(similarity: number): number {
  return Math.min(1, Math.max(0, similarity))
}
