import type { SandboxExchange, SandboxInstrument } from '../core/upstream.ts'

const segments: Readonly<Record<SandboxExchange, number>> = { NSE: 1, NFO: 2, CDS: 3, BSE: 4, BFO: 5, BCD: 6, MCX: 7 }
const indexSegment = 9

/** Returns `exchange_token × 256 + segment`. */
export function tokenOf({ exchange, kind, exchangeToken }: SandboxInstrument): number {
  return exchangeToken * 256 + (kind === 'index' ? indexSegment : segments[exchange])
}

/** Returns how many units of the ticker make a rupee. */
export function unitsPerRupee({ exchange }: Pick<SandboxInstrument, 'exchange'>): number {
  if (exchange === 'CDS') return 10_000_000
  return exchange === 'BCD' ? 10_000 : 100
}
