import type { BookReading, BrokerHolding } from '../broker.ts'
import { failureRules, UpstreamError } from '../outcome.ts'
import type { CashExchange, CodeList } from './code-list.ts'
import { type DematIsins, readDematIsins } from './demat-holdings.ts'
import { mergeHoldings } from './merge-holdings.ts'
import { iciciOperations } from './operations.ts'
import { type ListedHolding, readListedHoldings } from './portfolio-holdings.ts'
import type { SessionCalls } from './session-calls.ts'

/** Asks for the shares owned, list by list, and merges what came. Rejects, with none of it, unless every list it cannot do without came. */
export async function fetchHoldings(
  calls: SessionCalls,
  codes: CodeList,
  signal: AbortSignal,
): Promise<BookReading<BrokerHolding>> {
  const nse = await listHoldings(calls, 'NSE', signal)
  const bse = await listHoldings(calls, 'BSE', signal).catch(nullWhen(isRefused, signal))
  const demat = await listDemat(calls, signal).catch(nullWhen(isBearable, signal))
  return mergeHoldings({ nse, bse, demat }, codes)
}

function listHoldings(
  calls: SessionCalls,
  exchange: CashExchange,
  signal: AbortSignal,
): Promise<readonly ListedHolding[]> {
  const read = (success: unknown) => readListedHoldings(exchange, success)
  const ask = {
    operation: iciciOperations.holdings,
    parameters: { exchange_code: exchange },
    rank: 'sync',
    read,
  } as const
  // Where BSE cannot be asked at all, that is no illness: it is not asked again, and the breaker does not count it.
  return calls.signed(exchange === 'BSE' ? { ...ask, notAvailable: 'rejected' } : ask, signal)
}

function listDemat(calls: SessionCalls, signal: AbortSignal): Promise<DematIsins> {
  return calls.signed(
    { operation: iciciOperations.dematHoldings, parameters: {}, rank: 'sync', read: readDematIsins },
    signal,
  )
}

/** Returns what makes null of an accepted failure. Whoever aborts may do so with a failure for a reason; that is never accepted. */
function nullWhen(accepted: (error: UpstreamError) => boolean, signal: AbortSignal): (error: unknown) => null {
  return (error) => {
    if (error instanceof UpstreamError && !signal.aborted && accepted(error)) return null
    throw error
  }
}

/** The vendor's documents contradict each other on whether BSE can be asked. An outage is no refusal: it must not empty a book. */
function isRefused({ failure }: UpstreamError): boolean {
  return failure === 'rejected' || failure === 'forbidden'
}

/** The ISINs only confirm; anything but the end of the session can be done without them. */
function isBearable({ failure }: UpstreamError): boolean {
  return !failureRules[failure].endsSession
}
