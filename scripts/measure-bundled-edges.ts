import { fileURLToPath } from 'node:url'
import { createSoleLeaderLock } from '../apps/server/src/infra/tasks/leader-lock.ts'
import { importBundledData } from '../apps/server/src/startup/bundled-data.ts'
import type { MeasuredEdges } from './edge-reference.ts'
import { measureStoredEdges } from './measure-stored-edges.ts'

const folder = fileURLToPath(new URL('../data', import.meta.url))
const recordedDate = '2021-06-09'

/** Measures the records of all patterns on the data in the box, the recorded day included. Takes seconds. */
export function measureBundledEdges(): Promise<MeasuredEdges> {
  return measureStoredEdges(recordedDate, (own) =>
    importBundledData({ ...own, folder, lock: createSoleLeaderLock(), onImported: () => undefined }),
  )
}
