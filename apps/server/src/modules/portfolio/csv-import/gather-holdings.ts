import type { BrokerHolding } from '@banyan/brokers'
import type { RowReader } from './table-row.ts'

/** The holdings of a file, one row a share. */
export interface GatheredHoldings {
  /** Reports a share that stands in the file already. */
  take(row: RowReader, holding: BrokerHolding): void
  /** In the order of the file; what was all sold is left out. */
  readonly holdings: BrokerHolding[]
}

export function gatherHoldings(): GatheredHoldings {
  const lineOf = new Map<string, number>()
  const holdings: BrokerHolding[] = []
  return {
    holdings,
    take(row, holding) {
      const share = holding.isin ?? `${holding.exchange}:${holding.symbol}`
      const before = lineOf.get(share)
      if (before !== undefined) {
        row.refuse('symbol', `stands on line ${before} already`, 'Add the rows up: one row for each share.')
        return
      }
      lineOf.set(share, row.line)
      if (holding.quantity.gt(0)) holdings.push(holding)
    },
  }
}
