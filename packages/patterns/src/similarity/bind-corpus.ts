import { PatternInputError } from '../pattern-input-error.ts'
import type { BoundKernel, KernelShape } from './bound-kernel.ts'
import { createClosestWindows } from './closest-windows.ts'
import type { CorpusContent, CorpusPart, Match, SharedCorpus, SimilarityOptions } from './corpus.ts'
import { mergeMatches } from './merge-matches.ts'
import { prepareQuery } from './prepare-query.ts'
import { scanWindows } from './scan-windows.ts'
import { compare, similarityMetrics } from './similarity-metric.ts'
import { rangesOf, seriesAt, type WindowRange } from './window-ranges.ts'

const defaultBandRatio = 0.05
const whole: CorpusPart = { index: 0, of: 1 }

/** Returns a corpus whose bounds the given kernel computes. */
export function bindCorpus(content: CorpusContent, createKernel: (shape: KernelShape) => BoundKernel): SharedCorpus {
  const { closes, ids, bounds } = content
  const place = (position: number) => {
    const index = seriesAt(bounds, position)
    return { id: ids[index] ?? '', start: position - (bounds[index] ?? 0) }
  }
  const searchPart = (query: Float64Array, options: SimilarityOptions, part: CorpusPart): Match[] => {
    checkOptions(options, part)
    const { length } = query
    const { metric, k, exclude } = options
    const prepared = prepareQuery(query, radiusOf(options, length))
    const ranges = rangesOf(bounds, length, part)
    const closest = createClosestWindows(k, length)
    scanWindows(closes, ranges, {
      query: prepared,
      closest,
      probes: probesFor(k, ranges),
      createKernel,
      isExcluded(position) {
        if (!exclude) return false
        const { id, start } = place(position)
        return exclude(id, start)
      },
    })
    return closest
      .list()
      .map(({ position, squared }) => ({ ...place(position), length, ...compare(metric, squared, length) }))
  }
  return {
    content,
    searchPart,
    search: (query, options) => mergeMatches([searchPart(query, options, whole)], options.k),
  }
}

function checkOptions({ metric, k, bandRatio = 0 }: SimilarityOptions, { index, of }: CorpusPart): void {
  if (!similarityMetrics.includes(metric))
    throw new PatternInputError(`metric must be one of ${similarityMetrics.join(', ')}`)
  if (!Number.isInteger(k) || k < 1) throw new PatternInputError('k must be a whole number from 1 on')
  if (!(bandRatio >= 0 && bandRatio <= 1)) throw new PatternInputError('bandRatio must lie between 0 and 1')
  if (!Number.isInteger(index) || !Number.isInteger(of) || index < 0 || index >= of)
    throw new PatternInputError('a part must be one of 0 to of − 1')
}

/** Measured: 64 for each window the limit needs make it tight enough; no more than one window in 32, at least one. */
function probesFor(k: number, ranges: readonly WindowRange[]): number {
  const windows = ranges.reduce((sum, { first, last }) => sum + last - first, 0)
  return Math.max(1, Math.min(64 * (2 * k - 1), Math.floor(windows / 32)))
}

/** A point cannot be further from the diagonal than the length less one. */
function radiusOf({ metric, bandRatio = defaultBandRatio }: SimilarityOptions, length: number): number {
  return metric === 'dtw' ? Math.min(Math.floor(bandRatio * length), length - 1) : 0
}
