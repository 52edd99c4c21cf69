import { type AnalysisParts, type AnalysisState, lastCloseBeforeToday, momentOf } from './analysis-state.ts'
import { adoptEdges } from './follow-closes.ts'
import { listShares } from './universe.ts'

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
  if (current?.asOf === asOf && current.revision === revision) return
  const instruments = listShares(parts.instruments)
  const number = await parts.store.begin(asOf)
  state.measuring = { done: 0, total: instruments.length }
  try {
    const measured = await parts.workers.run(
      'edges',
      { moment: { ...momentOf(parts), now: asOf }, instruments, rules: parts.rules },
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
    await parts.store.finish({ number, asOf, revision, ...parts.rules, ...measured })
  } finally {
    state.measuring = null
  }
  await adoptEdges(parts, state)
}
