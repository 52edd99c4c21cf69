import type { EpochMs } from '@banyan/domain'
import type { Edge, EdgeRun, PatternDirection } from './analysis-face.ts'
import { signalHorizon, type Timeframe } from './timeframe.ts'

/** The edges in force, by what they are asked for. */
export interface EdgeBook {
  /** Returns the measurement, or null before the first and while the market's time lies before it. */
  runAt(now: EpochMs): EdgeRun | null
  /** Returns the record at {@link signalHorizon}, or null. */
  find(asked: {
    readonly timeframe: Timeframe
    readonly pattern: string
    readonly direction: PatternDirection
  }): Edge | null
  /** Number of the measurement held; null without one. */
  number(): number | null
  put(run: EdgeRun | null): void
}

export function createEdgeBook(): EdgeBook {
  let held: EdgeRun | null = null
  let byPattern = new Map<string, Edge>()
  return {
    runAt: (now) => (held !== null && held.asOf <= now ? held : null),
    find: (asked) => byPattern.get(keyOf(asked)) ?? null,
    number: () => held?.number ?? null,
    put(run) {
      held = run
      const atHorizon = run?.edges.filter(({ horizon }) => horizon === signalHorizon) ?? []
      byPattern = new Map(atHorizon.map((edge) => [keyOf(edge), edge]))
    },
  }
}

function keyOf({ timeframe, pattern, direction }: Pick<Edge, 'timeframe' | 'pattern' | 'direction'>): string {
  return `${timeframe} ${pattern} ${direction}`
}
