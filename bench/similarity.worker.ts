import { parentPort, workerData } from 'node:worker_threads'
import {
  type CorpusContent,
  type CorpusPart,
  openCorpus,
  type SimilarityOptions,
} from '../packages/patterns/src/index.ts'

/** Searches its part of a corpus in shared memory for every query it is sent, and answers with the candidates. */
const port = parentPort
if (port === null) throw new Error('similarity.worker.ts runs as a worker only.')
const { content, part } = workerData as { content: CorpusContent; part: CorpusPart }
const corpus = openCorpus(content)
port.on('message', ({ query, options }: { query: Float64Array; options: SimilarityOptions }) =>
  port.postMessage(corpus.searchPart(query, options, part)),
)
