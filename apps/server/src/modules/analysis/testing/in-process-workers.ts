import type { AnalysisWorkers } from '../analysis-ports.ts'
import type { OpenReader } from '../candle-reader.ts'
import { runAnalysisJob } from '../run-analysis-job.ts'

/** Does the jobs at once, on this thread; input and output are cloned as between threads. Counts them by kind. */
export function createInProcessWorkers(openReader: OpenReader): AnalysisWorkers & { readonly ran: string[] } {
  const ran: string[] = []
  return {
    ran,
    async run(kind, input, { signal, onProgress }) {
      ran.push(kind)
      const output = await runAnalysisJob({ openReader, openColleague: null }, kind, structuredClone(input), onProgress)
      signal?.throwIfAborted()
      return structuredClone(output)
    },
  }
}
