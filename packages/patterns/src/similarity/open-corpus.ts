import { bindCorpus } from './bind-corpus.ts'
import type { CorpusContent, SharedCorpus } from './corpus.ts'
import { createPlainKernel } from './plain-kernel.ts'
import { createSimdKernel } from './simd/simd-kernel.ts'

/** Returns the corpus another thread created, over the same memory. */
export function openCorpus(content: CorpusContent): SharedCorpus {
  return bindCorpus(content, (shape) => createSimdKernel(shape) ?? createPlainKernel(shape))
}
