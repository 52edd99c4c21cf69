import { createAdjustmentSink } from './adjustment-sink.ts'
import { createCandleRows } from './candle-rows.ts'
import { createCandleSink } from './candle-sink.ts'
import { sourceByRow, sourceOfLists } from './candle-source.ts'
import type { FileShape } from './detect-format.ts'
import { createFactSink } from './fact-sink.ts'
import type { RowSink, SinkContext } from './row-sink.ts'

type ReadableShape = Exclude<FileShape, { format: null }>

/** Returns the sink for what a file holds. */
export function createSink(shape: ReadableShape, context: SinkContext): RowSink {
  switch (shape.read.kind) {
    case 'candles':
      return createCandleSink(createCandleRows(shape.read, context), shape.read, context)
    case 'instruments':
      return createFactSink(shape.read.reader, context)
    case 'adjustments':
      return createAdjustmentSink(shape.read.reader, shape.read.source, context)
  }
}

/** Returns the id a file's rows are filed under in the record of imported files. */
export function sourceIdOf(shape: ReadableShape): string {
  if (shape.read.kind === 'instruments') return sourceOfLists
  return shape.read.source?.id ?? sourceByRow
}
