import {
  type BookReading,
  type BrokerHolding,
  type BrokerPosition,
  type BrokerSession,
  UpstreamError,
} from '@banyan/brokers'

/** Everything a session tells of a book. */
export interface ReadBook {
  readonly holdings: readonly BrokerHolding[]
  readonly positions: readonly BrokerPosition[]
  readonly warnings: readonly string[]
}

/**
 * Reads holdings and positions. A list that lost half or more of what was there before is read again, and counts only when both readings
 * agree: brokers answer with empty books on bad days (quality-bar.md U6).
 */
export async function readBook(
  session: BrokerSession,
  before: readonly BrokerHolding[],
  at: { readonly provider: string; readonly signal: AbortSignal },
): Promise<ReadBook> {
  const { provider, signal } = at
  const holdings = await session.holdings(signal)
  if (isDoubtful(holdings.rows, before) && !isSame(holdings, await session.holdings(signal)))
    throw new UpstreamError('malformed', { provider, operation: 'holdings' })
  const positions = await session.positions(signal)
  const warnings = [...new Set([...holdings.warnings, ...positions.warnings])]
  return { holdings: holdings.rows, positions: positions.rows, warnings }
}

function isDoubtful(now: readonly BrokerHolding[], before: readonly BrokerHolding[]): boolean {
  return before.length > 0 && now.length * 2 <= before.length
}

function isSame(first: BookReading<BrokerHolding>, second: BookReading<BrokerHolding>): boolean {
  const linesOf = ({ rows }: BookReading<BrokerHolding>) =>
    rows
      .map(({ exchange, symbol, product, quantity }) => [exchange, symbol, product, quantity.toFixed()].join(' '))
      .sort()
  return JSON.stringify(linesOf(first)) === JSON.stringify(linesOf(second))
}
