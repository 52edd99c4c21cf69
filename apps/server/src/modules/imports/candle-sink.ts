import type { InstrumentId } from '@banyan/domain'
import type { BatchBuilder } from './batch-builder.ts'
import type { CandleLayout } from './candle-layout.ts'
import type { CandleRows } from './candle-rows.ts'
import { ImportFileError } from './import-file-error.ts'
import type { FreshJump } from './import-store.ts'
import { type ListedJump, newestJumps } from './newest-jumps.ts'
import { keyAt, putFacts, type RowSink, type SinkContext } from './row-sink.ts'

/** Creates the sink of a candle file: batches per source, and at the end a look for suspect jumps in daily series. */
export function createCandleSink(
  rows: CandleRows,
  layout: Pick<CandleLayout, 'interval' | 'isSourceAssumed'>,
  context: SinkContext,
): RowSink {
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
    if (layout.isSourceAssumed && written.replaced > 0) refuseMixedBases(builder.source.id)
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
    const jumps = await transaction.recordSuspectJumps(touched)
    tally.suspectJumps = jumps.length
    const instruments = new Map(keys.map((key, i) => [key, rows.instruments.facts[i]?.id]))
    const sources = new Map([...sourceKeys].map(([builder, key]) => [key, builder.source.id]))
    tally.newestJumps = newestJumps(nameJumps(jumps, instruments, sources))
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
      if (layout.interval === 'day') await recordJumps()
    },
    tradingDate: rows.tradingDate,
    facts: () => rows.instruments.facts,
  }
}

/** Every key the store answers with is one it was given; the names are looked up, never made. */
function nameJumps(
  jumps: readonly FreshJump[],
  instruments: ReadonlyMap<number, InstrumentId | undefined>,
  sources: ReadonlyMap<number, string>,
): readonly ListedJump[] {
  return jumps.flatMap(({ instrumentKey, sourceKey, ...step }) => {
    const [instrument, source] = [instruments.get(instrumentKey), sources.get(sourceKey)]
    return instrument === undefined || source === undefined ? [] : [{ instrument, source, ...step }]
  })
}

/**
 * Two histories of unnamed origin may differ in price basis (raw beside split-adjusted), and rows replaced one by one would leave a
 * series of both. Whoever names the source says that it is one and the same.
 */
function refuseMixedBases(source: string): never {
  throw new ImportFileError(
    'needs_option',
    `The file differs from what is stored under ${source}: name its origin with --source, for example --source yahoo; ` +
      `to correct stored rows repeat with --source ${source}.`,
  )
}
