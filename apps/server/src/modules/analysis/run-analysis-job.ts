import type { AnalysisJobs } from './analysis-jobs.ts'
import type { JobTools } from './candle-reader.ts'
import { buildCorpus } from './closes-corpus.ts'
import { findIndicators } from './find-indicators.ts'
import { findInstrumentPatterns } from './instrument-patterns.ts'
import { findSimilar } from './matches.ts'
import { findRecentEvents } from './recent-events.ts'
import { findSeriesEvents } from './series-events.ts'
import { tallyEdges } from './tally-edges.ts'

type Work<Kind extends keyof AnalysisJobs> = (
  tools: JobTools,
  input: AnalysisJobs[Kind]['input'],
  onProgress: (done: number) => void,
) => Promise<AnalysisJobs[Kind]['output']>

const works: { readonly [Kind in keyof AnalysisJobs]: Work<Kind> } = {
  recent: findRecentEvents,
  edges: tallyEdges,
  events: findSeriesEvents,
  patterns: findInstrumentPatterns,
  corpus: buildCorpus,
  matches: findSimilar,
  indicators: findIndicators,
}

/** Does one job's work. Reads through its tools alone, so it runs on any thread that can read candles. */
export function runAnalysisJob<Kind extends keyof AnalysisJobs>(
  tools: JobTools,
  kind: Kind,
  input: AnalysisJobs[Kind]['input'],
  onProgress: (done: number) => void = () => undefined,
): Promise<AnalysisJobs[Kind]['output']> {
  const work: Work<Kind> = works[kind]
  return work(tools, input, onProgress)
}
