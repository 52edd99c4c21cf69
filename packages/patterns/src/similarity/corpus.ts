import type { SimilarityMetric } from './similarity-metric.ts'

/** Windows of past closes that can be searched for the shapes closest to a query. */
export interface Corpus {
  /**
   * Returns the `k` closest windows of the query's length, closest first, none overlapping another of its series; fewer when there
   * are not so many, none when every series is shorter than the query. Query and windows are z-normalised: level and scale do not
   * count, only shape. The result is exact: all windows sorted by distance, then series id, then start, each taken that overlaps
   * none taken before. Flat windows have no shape and are never found.
   *
   * Throws PatternInputError when the query is shorter than 2, flat or not finite, `k` is no whole number from 1 on, `bandRatio`
   * lies outside 0 to 1, or the metric is unknown.
   */
  search(query: Float64Array, options: SimilarityOptions): Match[]
}

export interface SimilarityOptions {
  readonly metric: SimilarityMetric
  readonly k: number
  /** For `dtw`: how far a path may stray from the diagonal, as a share of the query's length, rounded down. 0.05 if not given. */
  readonly bandRatio?: number
  /** Returns true for a window that must not be found. Called for close windows only; must answer the same for the same window. */
  readonly exclude?: (id: string, start: number) => boolean
}

/** A window found: `length` closes of series `id` from index `start` on. */
export interface Match {
  readonly id: string
  readonly start: number
  readonly length: number
  /** 0 for the same shape; scale and meaning depend on the metric, see `similarityMetrics`. */
  readonly distance: number
  /** 0 to 1, 1 for the same shape; see `similarityMetrics`. */
  readonly similarity: number
}

/** A corpus whose search can be divided among threads. */
export interface SharedCorpus extends Corpus {
  /** What `openCorpus` needs in another thread. The closes are in shared memory where the host has it, and not copied then. */
  readonly content: CorpusContent
  /**
   * Returns the candidates of one part of the windows; `mergeMatches` of all parts is what `search` returns. Parts are equal in
   * windows and may cut a series.
   */
  searchPart(query: Float64Array, options: SimilarityOptions, part: CorpusPart): Match[]
}

export interface CorpusPart {
  /** 0 to `of` − 1. */
  readonly index: number
  readonly of: number
}

export interface CorpusContent {
  /** The closes of all series, one after the other. */
  readonly closes: Float64Array
  readonly ids: readonly string[]
  /** Where each series begins in `closes`, and the end of the last. */
  readonly bounds: Float64Array
}
