import type { StoredInterval } from '@banyan/domain'
import type { SourceDefinition } from './candle-source.ts'
import type { CandleBatch } from './import-store.ts'

const capacity = 8192

/** Collects the candles of one source until a batch is full; the arrays are used again after `clear`. */
export interface BatchBuilder {
  readonly source: SourceDefinition
  /** First and last daily bar written per instrument index, over all batches. */
  readonly touched: ReadonlyMap<number, { from: number; to: number }>
  isFull(): boolean
  add(instrument: number, bar: Bar): void
  /** Returns what was collected, as views on the builder's memory. */
  view(): CandleBatch
  clear(): void
}

export interface Bar {
  time: number
  open: number
  high: number
  low: number
  close: number
  volume: number
}

export function createBatchBuilder(source: SourceDefinition, interval: StoredInterval): BatchBuilder {
  const column = () => new Float64Array(capacity)
  const [time, open, high, low, close, volume] = [column(), column(), column(), column(), column(), column()]
  const instruments = new Int32Array(capacity)
  const touched = new Map<number, { from: number; to: number }>()
  let length = 0
  return {
    source,
    touched,
    isFull: () => length === capacity,
    add(instrument, bar) {
      instruments[length] = instrument
      time[length] = bar.time
      open[length] = bar.open
      high[length] = bar.high
      low[length] = bar.low
      close[length] = bar.close
      volume[length] = bar.volume
      length++
      extend(touched, instrument, bar.time)
    },
    view: () => ({
      kind: 'candles',
      interval,
      length,
      instrument: instruments.subarray(0, length),
      time: time.subarray(0, length),
      open: open.subarray(0, length),
      high: high.subarray(0, length),
      low: low.subarray(0, length),
      close: close.subarray(0, length),
      volume: volume.subarray(0, length),
    }),
    clear() {
      length = 0
    },
  }
}

function extend(touched: Map<number, { from: number; to: number }>, instrument: number, time: number): void {
  const range = touched.get(instrument)
  if (range === undefined) touched.set(instrument, { from: time, to: time })
  else if (time > range.to) range.to = time
  else if (time < range.from) range.from = time
}
