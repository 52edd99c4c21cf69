import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { createCorpus, type Match, mergeMatches, type SimilarityOptions } from '../packages/patterns/src/index.ts'
import { bindCorpus } from '../packages/patterns/src/similarity/bind-corpus.ts'
import { createPlainKernel } from '../packages/patterns/src/similarity/plain-kernel.ts'
import { randomWalk } from '../packages/patterns/src/similarity/testing/random-closes.ts'
import { findClosestPlainly } from './plain-warping.ts'
import { type Figure, round } from './report.ts'
import { median } from './statistics.ts'

const queryLength = 128
const options: SimilarityOptions = { metric: 'dtw', k: 1, bandRatio: 0.05 }
const bandRadius = Math.floor(0.05 * queryLength)
const threads = 2

/**
 * Measures the search for the closest window by DTW on random walks, another query each round: on one thread beside a plain loop
 * with early abandoning and beside ours without WebAssembly, and on two threads beside one.
 */
export async function benchSimilarity(size: {
  readonly points: number
  readonly windows: number
  readonly rounds: number
}): Promise<Figure[]> {
  const queries = Array.from({ length: size.rounds }, (_, i) => randomWalk(queryLength, 1_000 + i))
  return [...(await benchOneThread(size.points, queries)), await benchThreads(size.windows, queries)]
}

async function benchOneThread(points: number, queries: readonly Float64Array[]): Promise<Figure[]> {
  const close = randomWalk(points, 1)
  const corpus = createCorpus([{ id: 'A', close }])
  const plain = bindCorpus(corpus.content, createPlainKernel)
  const [ours, withoutWasm, loop]: [number[], number[], number[]] = [[], [], []]
  await interleave(queries, async (query, isWarm) => {
    const [found] = await timed(isWarm && ours, () => corpus.search(query, options))
    const [same] = await timed(isWarm && withoutWasm, () => plain.search(query, options))
    const looped = await timed(isWarm && loop, () => findClosestPlainly(close, query, bandRadius))
    if (found?.start !== same?.start || found?.start !== looped.start) throw new Error('the searches disagree')
  })
  const what = `DTW top-1, 128 points, band 5 %, over ${round(points)} points, ms`
  return [
    toFigure(what, { ours, peer: loop, name: 'plain loop, early abandoning', targetMs: 120 }),
    toFigure(what, { ours, peer: withoutWasm, name: 'ours without WebAssembly', targetMs: null }),
  ]
}

async function benchThreads(windows: number, queries: readonly Float64Array[]): Promise<Figure> {
  const corpus = createCorpus([{ id: 'A', close: randomWalk(windows + queryLength - 1, 2) }])
  const workers = Array.from({ length: threads }, (_, index) => {
    const workerData = { content: corpus.content, part: { index, of: threads } }
    return new Worker(new URL('./similarity.worker.ts', import.meta.url), { workerData })
  })
  const searchDivided = async (query: Float64Array): Promise<Match[]> => {
    const answers = workers.map((worker) => once(worker, 'message') as Promise<[Match[]]>)
    for (const worker of workers) worker.postMessage({ query, options })
    return mergeMatches((await Promise.all(answers)).flat(), options.k)
  }
  // Each thread compiles its loops for itself.
  for (let i = 0; i < 4; i++) await searchDivided(randomWalk(queryLength, 900 + i))
  const [ours, oneThread]: [number[], number[]] = [[], []]
  await interleave(queries, async (query, isWarm) => {
    const [found] = await timed(isWarm && ours, () => searchDivided(query))
    const [same] = await timed(isWarm && oneThread, () => corpus.search(query, options))
    if (found?.start !== same?.start) throw new Error('two threads found another window than one')
  })
  await Promise.all(workers.map((worker) => worker.terminate()))
  const what = `DTW top-1, 128 points, band 5 %, over ${round(windows)} windows, ${threads} threads, ms`
  return toFigure(what, { ours, peer: oneThread, name: 'one thread', targetMs: 600 })
}

/** Runs all queries, the first one once more before to let the loops be compiled. */
async function interleave(
  queries: readonly Float64Array[],
  work: (query: Float64Array, isWarm: boolean) => Promise<void>,
): Promise<void> {
  const [first] = queries
  if (first) await work(first, false)
  for (const query of queries) await work(query, true)
}

async function timed<T>(samples: number[] | false, work: () => T | Promise<T>): Promise<T> {
  const started = performance.now()
  const result = await work()
  if (samples) samples.push(performance.now() - started)
  return result
}

function toFigure(
  what: string,
  { ours, peer, name, targetMs }: { ours: number[]; peer: number[]; name: string; targetMs: number | null },
): Figure {
  const [ourMs, peerMs] = [median(ours), median(peer)]
  return {
    what,
    ours: ourMs.toFixed(1),
    peer: `${peerMs.toFixed(1)} ${name}`,
    ratio: (peerMs / ourMs).toFixed(1),
    target: targetMs === null ? '' : `≤ ${targetMs}`,
    meets: targetMs === null ? null : ourMs <= targetMs,
  }
}
