import type { InstrumentId } from '@banyan/domain'
import { createCorpus } from '@banyan/patterns'
import type { AnalysisJobs, ClosesCorpus } from './analysis-jobs.ts'
import type { JobTools } from './candle-reader.ts'
import { type PricePiece, readPieces } from './price-pieces.ts'
import { listReturns, spreadReturns } from './return-spread.ts'
import { horizons, longestHorizon } from './timeframe.ts'

/** Daily closes of one instrument between two breaks. */
interface Closes {
  readonly instrument: InstrumentId
  readonly time: Float64Array
  readonly close: Float64Array
}

/**
 * Returns the daily closes of the instruments as one corpus in shared memory. Series end at unexplained jumps and at every corporate action, so that
 * no window reaches over one.
 */
export async function buildCorpus(
  { openReader }: JobTools,
  { moment, instruments }: AnalysisJobs['corpus']['input'],
): Promise<ClosesCorpus> {
  const reader = openReader(moment)
  const series: Closes[] = []
  // A shorter one has no window with something after it.
  for (const instrument of instruments)
    for (const piece of await readPieces({ ...reader, instrument, moment }, 'day'))
      for (const [from, to] of betweenActions(piece))
        if (to - from > longestHorizon + 1) series.push({ instrument, ...columnsOf(piece, from, to) })
  return {
    content: createCorpus(series.map(({ close }, i) => ({ id: String(i), close }))).content,
    times: joinShared(series.map(({ time }) => time)),
    instruments: series.map(({ instrument }) => instrument),
    base: horizons.map((horizon) => spreadReturns(horizon, listReturns(series, horizon))),
  }
}

function betweenActions({ series, actions }: PricePiece): [from: number, to: number][] {
  const cuts = [0, ...[...new Set(actions)].sort((a, b) => a - b), series.time.length]
  return cuts.slice(1).map((to, i) => [cuts[i] ?? 0, to])
}

function columnsOf({ series: { time, close } }: PricePiece, from: number, to: number) {
  return { time: time.subarray(from, to), close: close.subarray(from, to) }
}

function joinShared(columns: readonly Float64Array[]): Float64Array {
  const length = columns.reduce((sum, column) => sum + column.length, 0)
  const joined = new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT))
  let at = 0
  for (const column of columns) {
    joined.set(column, at)
    at += column.length
  }
  return joined
}
