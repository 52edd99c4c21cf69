import { isIsin } from '@banyan/domain'
import { listOf, optionalTextIn, rowOf } from '../vendor-cells.ts'
import { codeIn } from './breeze-cells.ts'

/** ISINs the depository holds under each code. Pledged shares count 0 there, so its quantities are not what is owned. */
export type DematIsins = ReadonlyMap<string, ReadonlySet<string>>

/** Reads `Success` of `dematholdings` (upstreams.md §3.5). Throws when one row is not understood. */
export function readDematIsins(success: unknown): DematIsins {
  const isins = new Map<string, Set<string>>()
  for (const item of listOf(success, 'demat holdings')) {
    const row = rowOf(item, 'a demat holding')
    const code = codeIn(row)
    const isin = optionalTextIn(row, 'stock_ISIN')
    if (isin === null) continue
    if (!isIsin(isin)) throw new Error('stock_ISIN is not an ISIN')
    isins.set(code, (isins.get(code) ?? new Set()).add(isin))
  }
  return isins
}
