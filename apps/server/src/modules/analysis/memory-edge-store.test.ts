import { describe } from 'vitest'
import { describeEdgeStore } from '../../infra/database/testing/edge-store.suite.ts'
import type { EdgeStore } from './index.ts'
import { createMemoryEdgeStore } from './testing/memory-edge-store.ts'

describe('in memory', () => {
  let store: EdgeStore = createMemoryEdgeStore()
  describeEdgeStore({
    get store() {
      return store
    },
    async empty() {
      store = createMemoryEdgeStore()
    },
  })
})
