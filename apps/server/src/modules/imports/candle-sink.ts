import type { BatchBuilder } from './batch-builder.ts'
import type { CandleRows } from './candle-rows.ts'
import { keyAt, putFacts, type RowSink, type SinkContext } from './row-sink.ts'

/** Creates the sink of a candle file: batches per source, and at the end a look for suspect jumps in daily series. */
export function createCandleSink(rows: CandleRows, daily: boolean, context: SinkContext): RowSink {
  const { transaction, tally } = context
  const keys: number[] = []
  const sourceKeys = new Map<BatchBuilder, number>()
  let full: BatchBuilder | null = null

  const writeBatch = async (builder: BatchBuilder) => {
    const fresh = rows.instruments.facts.slice(keys.length)
    if (fresh.length > 0) keys.push(...(await putFacts(fresh, context)))
    const sourceKey = sourceKeys.get(builder) ?? (await transaction.putSource(builder.source))
    sourceKeys.set(builder, sourceKey)
    const batch = builder.view()
    const written = await transaction.putCandles(batch, keys, sourceKey)
    tally.rowsStored += batch.length
    tally.inserted += written.inserted
    tally.replaced += written.replaced
    builder.clear()
  }
  const recordJumps = async () => {
    const touched = rows.builders.flatMap((builder) =>
      [...builder.touched].map(([instrument, range]) => ({
        instrumentKey: keyAt(keys, instrument),
        sourceKey: sourceKeys.get(builder) ?? 0,
        ...range,
      })),
    )
    tally.suspectJumps = await transaction.recordSuspectJumps(touched)
  }
  return {
    take(cells) {
      const refused = rows.take(cells)
      full = rows.full()
      return refused
    },
    isFull: () => full !== null,
    async write() {
      if (full !== null) await writeBatch(full)
      full = null
    },
    async finish() {
      for (const builder of rows.builders) if (builder.view().length > 0) await writeBatch(builder)
      if (daily) await recordJumps()
    },
    tradingDate: rows.tradingDate,
    facts: () => rows.instruments.facts,
  }
}
