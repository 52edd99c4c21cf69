import type { AdjustmentReader, AdjustmentRow } from './adjustment-rows.ts'
import type { SourceDefinition } from './candle-source.ts'
import type { InstrumentFact } from './import-store.ts'
import { resolveFact } from './instrument-lookup.ts'
import { isRejection, splitId, toFact } from './lists/fact.ts'
import { rejection } from './rejection.ts'
import { keyAt, putFacts, type RowSink, rowsPerWrite, type SinkContext } from './row-sink.ts'

/** Creates the sink of a list of factors, bound to a source or, with null, to none. */
export function createAdjustmentSink(
  reader: AdjustmentReader,
  source: SourceDefinition | null,
  context: SinkContext,
): RowSink {
  const all: InstrumentFact[] = []
  let pending: { fact: InstrumentFact; adjustment: AdjustmentRow['adjustment'] }[] = []
  const seen = new Set<string>()
  const write = async () => {
    const keys = await putFacts(
      pending.map((row) => row.fact),
      context,
    )
    const sourceKey = source === null ? null : await context.transaction.putSource(source)
    const rows = pending.map((row, i) => ({ instrumentKey: keyAt(keys, i), sourceKey, adjustment: row.adjustment }))
    await context.transaction.putAdjustments(rows)
    context.tally.rowsStored += pending.length
    context.tally.inserted += pending.length
    for (const row of pending) all.push(row.fact)
    pending = []
  }
  return {
    take(cells) {
      const row = reader(cells)
      if (isRejection(row)) return row
      const [exchange, symbol] = splitId(row.instrument)
      const fact = toFact(exchange, symbol, {})
      if (isRejection(fact)) return fact
      const resolved = resolveFact(fact, context.lookup)
      const key = `${resolved.id} ${row.adjustment.exDate}`
      if (seen.has(key)) return rejection('duplicate', `a factor for ${row.adjustment.exDate} was read before`)
      seen.add(key)
      pending.push({ fact: resolved, adjustment: row.adjustment })
      return null
    },
    isFull: () => pending.length >= rowsPerWrite,
    write,
    finish: write,
    tradingDate: () => null,
    facts: () => all,
  }
}
