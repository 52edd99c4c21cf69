import { day, type TestBar } from '../../apps/server/src/infra/database/testing/candle-batches.ts'

/** A file is several batches, so that most kills fall between the first and the last row of one. */
export const batchesPerFile = 8
export const barsPerBatch = 100

/** Returns the made-up hash that stands for file `number`. */
export function hashOf(number: number): string {
  return `${number}`.padStart(64, '0')
}

/** Returns one batch of a file's bars; prices follow from file and row, so that a mixed-up row shows. */
export function barsOfFile(number: number, batch: number): TestBar[] {
  return Array.from({ length: barsPerBatch }, (_, i) => {
    const row = batch * barsPerBatch + i
    return { instrument: 0, time: day(row), close: number * 1_000 + row + 0.25 }
  })
}
