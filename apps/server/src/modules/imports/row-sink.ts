import type { TradingDate } from '@banyan/domain'
import type { FileTally } from './file-tally.ts'
import type { ImportTransaction, InstrumentFact } from './import-store.ts'
import type { InstrumentLookup } from './instrument-lookup.ts'
import type { Rejection } from './rejection.ts'

/** Takes the rows of one file, stage by stage, and writes them through the file's transaction. */
export interface RowSink {
  /** Returns null when the row is accepted, else why not. */
  take(cells: readonly string[]): Rejection | null
  /** True when `write` must be called before the next row. */
  isFull(): boolean
  write(): Promise<void>
  /** Writes what is left and does what can only be done once all rows are in. */
  finish(): Promise<void>
  tradingDate(): TradingDate | null
  /** What the rows told about instruments, to be learnt once the file is committed. */
  facts(): readonly InstrumentFact[]
}

export interface SinkContext {
  readonly name: string
  readonly now: number
  readonly lookup: InstrumentLookup
  readonly transaction: ImportTransaction
  readonly tally: FileTally
}

/** Rows a sink collects before it writes. */
export const rowsPerWrite = 2000

/** Writes instruments, counts those nobody knew, and returns their keys in the order given. */
export async function putFacts(facts: readonly InstrumentFact[], { transaction, tally, lookup }: SinkContext) {
  const keys = facts.length === 0 ? [] : await transaction.putInstruments(facts)
  tally.newInstruments += new Set(facts.filter((fact) => lookup.find(fact.id) === null).map((fact) => fact.id)).size
  return keys
}

/** Returns the key of an instrument that was written before. */
export function keyAt(keys: readonly number[], index: number): number {
  const key = keys[index]
  if (key === undefined) throw new RangeError('A row refers to an instrument that was not written.')
  return key
}
