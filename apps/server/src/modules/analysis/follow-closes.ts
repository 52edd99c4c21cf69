import type { InstrumentId } from '@banyan/domain'
import type { RecentEvents } from './analysis-jobs.ts'
import { type AnalysisParts, type AnalysisState, momentOf } from './analysis-state.ts'
import { changedTimeframes, lastCloses } from './closes.ts'
import { isMeasuredBy } from './edge-rules.ts'
import { type Timeframe, timeframes } from './timeframe.ts'
import { listShares } from './universe.ts'

/** Instruments of one job: a fraction of a second, so that a thread is never long away. */
const instrumentsPerJob = 16

/**
 * Takes over newer edges and searches what changed: everything at first and after an import, else the instruments with recent candles on the
 * timeframes of which a candle has closed. What is aborted half-way is searched again by the next call. Then it has the closes read that are searched
 * for similar stretches, so that requests need not wait for that.
 */
export async function follow(
  parts: AnalysisParts,
  state: AnalysisState,
  revision: string,
  signal: AbortSignal,
): Promise<void> {
  await adoptEdges(parts, state)
  const closes = lastCloses(parts.calendar, parts.marketClock.now())
  const shares = listShares(parts.instruments)
  // New instruments become known a little after their import.
  if (state.revision !== revision || state.shareCount !== shares.length) {
    await search(parts, state, shares, timeframes, signal)
    state.revision = revision
    state.shareCount = shares.length
  } else {
    for (const timeframe of changedTimeframes(state.closes, closes))
      await search(parts, state, state.board.activeIn(timeframe), [timeframe], signal)
  }
  state.closes = closes
  if (shares.length > 0) await renewCorpus(state, `${revision} ${shares.length}`, signal)
}

/** The reading goes on when this call is aborted: a request may be waiting for it too. */
async function renewCorpus({ corpus }: AnalysisState, revision: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const abort = () => reject(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  try {
    await Promise.race([corpus.renew(revision), aborted])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

/** Another instance may have measured meanwhile. What was measured by other rules is not shown: the numbers beside it would contradict it. */
export async function adoptEdges(
  { store, rules }: Pick<AnalysisParts, 'store' | 'rules'>,
  { edges }: AnalysisState,
): Promise<void> {
  if ((await store.readRunNumber()) === edges.number()) return
  const run = await store.readRun()
  edges.put(run !== null && isMeasuredBy(run, rules) ? run : null)
}

/** What was found is shown when all of it is. */
async function search(
  parts: AnalysisParts,
  { board }: AnalysisState,
  instruments: readonly InstrumentId[],
  searched: readonly Timeframe[],
  signal: AbortSignal,
): Promise<void> {
  const options = { priority: 'background', signal } as const
  const found: RecentEvents[] = []
  for (let at = 0; at < instruments.length; at += instrumentsPerJob) {
    signal.throwIfAborted()
    const some = instruments.slice(at, at + instrumentsPerJob)
    const input = { moment: momentOf(parts), instruments: some, timeframes: searched }
    found.push(...(await parts.workers.run('recent', input, options)))
  }
  for (const timeframe of searched)
    board.put(
      timeframe,
      found.filter((each) => each.timeframe === timeframe),
    )
}
