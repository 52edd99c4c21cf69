import { BanyanError } from '@banyan/domain'
import type { EdgeRun } from '../analysis-face.ts'
import type { EdgeStore } from '../analysis-ports.ts'

/** Passes the suite of the stores. */
export function createMemoryEdgeStore(): EdgeStore {
  let begun = 0
  let finished: EdgeRun | null = null
  return {
    readRun: async () => structuredClone(finished),
    readRunNumber: async () => finished?.number ?? null,
    begin: async () => ++begun,
    async finish(run) {
      if (run.number < begun) throw new BanyanError('unavailable', { message: 'A later measurement has begun.' })
      finished = structuredClone(run)
    },
  }
}
