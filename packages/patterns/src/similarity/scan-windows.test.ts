import { expect, it } from 'vitest'
import { bindCorpus } from './bind-corpus.ts'
import { createCorpus } from './create-corpus.ts'
import { createPlainKernel } from './plain-kernel.ts'
import { createSimdKernel } from './simd/simd-kernel.ts'
import { randomWalk } from './testing/random-closes.ts'

it.each(Object.entries({ plain: createPlainKernel, simd: createSimdKernel }))(
  'allocates nothing window by window, with the %s kernel',
  (_, createKernel) => {
    const windows = 400_000
    const { content } = createCorpus([{ id: 'A', close: randomWalk(windows, 1) }])
    const corpus = bindCorpus(content, (shape) => createKernel(shape) ?? createPlainKernel(shape))
    const query = randomWalk(64, 2)
    // The first rounds compile, and a collection makes a difference negative: one clean round shows it.
    const grown = Array.from({ length: 8 }, () => {
      const before = process.memoryUsage().heapUsed
      corpus.search(query, { metric: 'dtw', k: 1, bandRatio: 0.05 })
      return process.memoryUsage().heapUsed - before
    })
    const least = Math.min(...grown.filter((bytes) => bytes >= 0))
    // One number a window would be 16 bytes each. What there is comes from the limit, looked up every 128 windows, and the finds.
    expect(least).toBeLessThan(4 * windows)
  },
)
