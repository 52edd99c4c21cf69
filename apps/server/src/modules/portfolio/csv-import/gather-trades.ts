import type { ReadTrade } from './read-rows.ts'
import type { RowReader } from './table-row.ts'
import { markOf, type Trade, tradeIdOf } from './trade.ts'

type UnassignedTrade = Omit<Trade, 'broker' | 'brokerAccount'>

/** The trades of a file, each once. */
export interface GatheredTrades {
  /** Reports a trade whose number another one has. */
  take(row: RowReader, read: ReadTrade): void
  /** In the order of the file. */
  readonly trades: UnassignedTrade[]
}

/**
 * A number that stands twice is the same trade told twice. Equal rows without numbers are as many trades: an order is often filled in equal
 * parts, and files hold whole days, so the n-th of them is the n-th in every file.
 */
export function gatherTrades(): GatheredTrades {
  const seen = new Map<string, { readonly line: number; readonly facts: string; count: number }>()
  const trades: UnassignedTrade[] = []
  return {
    trades,
    take(row, { facts, trade }) {
      const mark = markOf(facts)
      const id = tradeIdOf(mark, 1)
      const told = JSON.stringify([facts.share, facts.side, facts.quantity.toFixed(), facts.price.toFixed()])
      const before = seen.get(id)
      if (before === undefined) {
        seen.set(id, { line: row.line, facts: told, count: 1 })
        trades.push({ ...trade, id })
      } else if (facts.tradeId === null) {
        before.count++
        trades.push({ ...trade, id: tradeIdOf(mark, before.count) })
      } else if (before.facts !== told)
        row.refuse(
          'tradeId',
          `is the number of another trade, on line ${before.line}`,
          'Correct the number, or leave it blank.',
        )
    },
  }
}
