import type { Warmer } from '../infra/tasks/warmer.ts'
import type { AnalysisUpkeep } from '../modules/analysis/index.ts'

export interface AnalysisWarmerParts {
  readonly analysis: AnalysisUpkeep
  /** Gives a text that changes with every imported file. */
  importRevision(): Promise<string>
}

/** The first search of 2,000 instruments takes about a minute on one thread; what it found by then stays found. */
const followTimeoutMs = 5 * 60_000
const measureTimeoutMs = 30 * 60_000

/** Returns the background tasks of the pattern engine: each instance searches what closed, the leader measures. */
export function listAnalysisWarmers({ analysis, importRevision }: AnalysisWarmerParts): readonly Warmer[] {
  return [
    {
      name: 'pattern_signals',
      everyMs: { open: 5_000, closed: 15_000 },
      runsOn: 'each',
      timeoutMs: followTimeoutMs,
      run: async (signal) => analysis.follow(await importRevision(), signal),
    },
    {
      name: 'pattern_edges',
      everyMs: { open: 60_000, closed: 60_000 },
      runsOn: 'leader',
      timeoutMs: measureTimeoutMs,
      run: async (signal) => analysis.measure(await importRevision(), signal),
    },
  ]
}
