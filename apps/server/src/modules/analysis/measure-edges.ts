import type { EdgeRules, EdgeRun } from './analysis-face.ts'
import { type AnalysisParts, type AnalysisState, lastCloseBeforeToday, momentOf } from './analysis-state.ts'
import { adoptEdges } from './follow-closes.ts'
import { horizons } from './timeframe.ts'
import { listShares } from './universe.ts'

/**
 * A delivery of shares in and out pays about 0.23 % in taxes and charges (securities transaction tax 0.1 % each way, stamp duty 0.015 %, exchange
 * and SEBI charges, GST on them); the rest is what a small order gives up between bid and ask.
 */
export const edgeRules: EdgeRules = { horizons, costPct: 0.25, priorWeight: 50 }

const measuringTimeoutMs = 30 * 60_000

/** Measures all edges up to the last trading day's close and stores them, unless those in force are of that day, these imports and these rules. */
export async function measure(
  parts: AnalysisParts,
  state: AnalysisState,
  revision: string,
  signal: AbortSignal,
): Promise<void> {
  await adoptEdges(parts, state)
  const asOf = lastCloseBeforeToday(parts)
  const current = state.edges.runAt(asOf)
  if (current !== null && isOf(current, { asOf, revision })) return
  const instruments = listShares(parts.instruments)
  const number = await parts.store.begin(asOf)
  state.measuring = { done: 0, total: instruments.length }
  try {
    const measured = await parts.workers.run(
      'edges',
      { moment: { ...momentOf(parts), now: asOf }, instruments, rules: edgeRules },
      {
        priority: 'background',
        signal,
        timeoutMs: measuringTimeoutMs,
        onProgress(done) {
          state.measuring = { done, total: instruments.length }
        },
      },
    )
    signal.throwIfAborted()
    await parts.store.finish({ number, asOf, revision, ...edgeRules, ...measured })
  } finally {
    state.measuring = null
  }
  await adoptEdges(parts, state)
}

function isOf(run: EdgeRun, now: Pick<EdgeRun, 'asOf' | 'revision'>): boolean {
  const sameRules =
    run.costPct === edgeRules.costPct &&
    run.priorWeight === edgeRules.priorWeight &&
    run.horizons.join() === edgeRules.horizons.join()
  return sameRules && run.asOf === now.asOf && run.revision === now.revision
}
