import { expect, it, vi } from 'vitest'
import { createCorpus } from './create-corpus.ts'
import { prepareQuery } from './prepare-query.ts'
import { createSimdKernel } from './simd/simd-kernel.ts'
import { randomWalk } from './testing/random-closes.ts'
import { searchAll } from './testing/search-all.ts'

it('finds the same on a host that does not let WebAssembly be compiled', () => {
  vi.stubGlobal('WebAssembly', {
    Module: class {
      constructor() {
        throw new Error('refused by the content security policy')
      }
    },
  })
  const series = [{ id: 'A', close: randomWalk(400, 1) }]
  const options = { metric: 'dtw', k: 3, bandRatio: 0.1 } as const
  const query = randomWalk(32, 2)
  expect(createSimdKernel({ query: prepareQuery(query, 3), windows: 8 })).toBeNull()
  expect(createCorpus(series).search(query, options)).toEqual(searchAll(series, query, options))
  vi.unstubAllGlobals()
})
