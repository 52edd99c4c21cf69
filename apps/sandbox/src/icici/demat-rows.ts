import type { OwnedRow } from './book.ts'

/** Returns rows of `dematholdings`: one per ISIN, without prices, and without the units that are pledged. */
export function dematRows(owned: readonly OwnedRow[]): readonly object[] {
  const free = new Map<string, { readonly code: string; units: number }>()
  for (const { instrument, code, quantity, pledgedQuantity } of owned) {
    if (instrument.isin === null) continue
    const held = free.get(instrument.isin) ?? { code, units: 0 }
    held.units += quantity - pledgedQuantity
    free.set(instrument.isin, held)
  }
  return [...free].map(([isin, { code, units }]) => ({
    stock_code: code,
    stock_ISIN: isin,
    quantity: String(units),
    demat_total_bulk_quantity: String(units),
    demat_avail_quantity: String(units),
    blocked_quantity: '0',
    demat_allocated_quantity: '0',
  }))
}
