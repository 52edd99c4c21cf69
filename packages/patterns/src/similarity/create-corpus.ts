import { PatternInputError } from '../pattern-input-error.ts'
import type { CorpusContent, SharedCorpus } from './corpus.ts'
import { openCorpus } from './open-corpus.ts'

/**
 * Returns a corpus over the closes, oldest first; they are copied once, 8 bytes each, and nothing else is computed before a search.
 * Throws PatternInputError when a close is not finite or an id comes twice; 0 and less are accepted, as spreads have them. Closes
 * should be adjusted: an unadjusted split is a cliff in every window across it.
 */
export function createCorpus(series: readonly { id: string; close: Float64Array }[]): SharedCorpus {
  const bounds = new Float64Array(series.length + 1)
  series.forEach(({ close }, i) => {
    bounds[i + 1] = (bounds[i] as number) + close.length
  })
  const closes = allocateShared(bounds[series.length] as number)
  const ids = new Set<string>()
  series.forEach(({ id, close }, i) => {
    if (ids.has(id)) throw new PatternInputError(`series ${id} comes twice`)
    const bad = close.findIndex((value) => !Number.isFinite(value))
    if (bad >= 0) throw new PatternInputError(`series ${id}: close ${bad} must be finite`)
    ids.add(id)
    closes.set(close, bounds[i])
  })
  return openCorpus({ closes, ids: [...ids], bounds } satisfies CorpusContent)
}

/** Browsers have shared memory on isolated pages only; without it another thread receives a copy. */
function allocateShared(length: number): Float64Array {
  const bytes = length * Float64Array.BYTES_PER_ELEMENT
  return new Float64Array(
    typeof SharedArrayBuffer === 'undefined' ? new ArrayBuffer(bytes) : new SharedArrayBuffer(bytes),
  )
}
