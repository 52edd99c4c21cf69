import type { wireSignalSorts } from '@banyan/contracts'
import { type SignalOrder, type SignalSort, signalSorts } from '../../modules/analysis/index.ts'
import type { Parsed } from '../api/parameters.ts'

/** Orders by the names of the fields that are compared. */
const wireSort: Readonly<Record<SignalSort, (typeof wireSignalSorts)[number]>> = {
  symbol: 'symbol',
  pattern: 'pattern',
  direction: 'direction',
  detectedAt: 'detected_at',
  confidence: 'confidence',
  lower: 'interval_low',
  cases: 'n',
}

/** Reads `n`, or `-n` for the same falling. */
export function parseSort(text: string): Parsed<SignalOrder> {
  const descending = text.startsWith('-')
  const name = descending ? text.slice(1) : text
  const by = signalSorts.find((sort) => wireSort[sort] === name)
  if (by === undefined)
    return { reason: `must be one of ${Object.values(wireSort).join(', ')}, with - before it for falling` }
  return { value: { by, descending } }
}

/** Returns what {@link parseSort} reads; empty for the order of the rank. */
export function nameOfOrder(order: SignalOrder | null): string {
  return order === null ? '' : `${order.descending ? '-' : ''}${wireSort[order.by]}`
}
