import type { InstrumentFact } from './import-store.ts'
import { resolveFact } from './instrument-lookup.ts'
import { type FactReader, isRejection } from './lists/fact.ts'
import { putFacts, type RowSink, rowsPerWrite, type SinkContext } from './row-sink.ts'

/** Creates the sink of an instrument list. */
export function createFactSink(reader: FactReader, context: SinkContext): RowSink {
  const all: InstrumentFact[] = []
  let pending: InstrumentFact[] = []
  let rows = 0
  const write = async () => {
    await putFacts(pending, context)
    context.tally.rowsStored += rows
    for (const fact of pending) all.push(fact)
    pending = []
    rows = 0
  }
  return {
    take(cells) {
      const facts = reader(cells)
      if (isRejection(facts)) return facts
      for (const fact of facts) pending.push(resolveFact(fact, context.lookup))
      rows++
      return null
    },
    isFull: () => pending.length >= rowsPerWrite,
    write,
    finish: write,
    tradingDate: () => null,
    facts: () => all,
  }
}
