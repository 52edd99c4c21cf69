import { setTimeout as sleep } from 'node:timers/promises'
import {
  type Adjustment,
  type Clock,
  type InstrumentId,
  instrumentId,
  type TradingCalendar,
  type TradingDate,
} from '@banyan/domain'
import type { InstrumentsModule } from '../../instruments/index.ts'
import type { MarketModule } from '../../market/index.ts'
import type { StoredBook } from '../stored-book.ts'
import { type LiveBook, valueBooks } from './live-book.ts'

export interface LiveBookParts {
  books(accountId: number): Promise<readonly StoredBook[]>
  readonly market: Pick<MarketModule, 'quotes' | 'peek' | 'status'>
  readonly instruments: Pick<InstrumentsModule, 'find'>
  /** Returns the corporate actions with an ex-date after the date, by the key of their instrument. */
  listActionsAfter(date: TradingDate): Promise<ReadonlyMap<number, readonly Adjustment[]>>
  readonly calendar: Pick<TradingCalendar, 'tradingDayOf'>
  /** The wall clock. */
  readonly clock: Clock
  /** How long a book waits for prices that are not at hand, in ms; 300 by default. */
  readonly patienceMs?: number
}

/** Reads everything an account holds, at the prices of now. */
export type LiveBookReader = (accountId: number) => Promise<LiveBook>

/** A slow source must not hold the page: what it brings is in the next reading. */
const defaultPatienceMs = 300

export function createLiveBookReader(parts: LiveBookParts): LiveBookReader {
  const { market, instruments, calendar, clock, patienceMs = defaultPatienceMs } = parts
  return async (accountId) => {
    const books = await parts.books(accountId)
    const known = listInstruments(books).flatMap((id) => instruments.find(id)?.id ?? [])
    const [actions] = await Promise.all([readActions(parts, books), fetchPrices(market, known, patienceMs)])
    return valueBooks(books, {
      tradingDay: calendar.tradingDayOf(clock.now()),
      isReplay: market.status().mode === 'replay',
      priceOf(instrument) {
        const found = instruments.find(instrument)
        return found ? market.peek(found.id) : null
      },
      isinOf: (instrument) => instruments.find(instrument)?.isin ?? null,
      adjustmentsOf: (instrument) => actions.get(instruments.find(instrument)?.key ?? Number.NaN) ?? [],
    })
  }
}

function listInstruments(books: readonly StoredBook[]): readonly InstrumentId[] {
  const rows = books.flatMap(({ holdings, positions }) => [...holdings, ...positions])
  return [...new Set(rows.filter(({ mapped }) => mapped).map(({ exchange, symbol }) => instrumentId(exchange, symbol)))]
}

/** Only what happened since the oldest reading matters. */
async function readActions({ listActionsAfter }: LiveBookParts, books: readonly StoredBook[]) {
  const [oldest] = books.map(({ tradingDay }) => tradingDay).sort()
  return oldest === undefined ? new Map<number, readonly Adjustment[]>() : listActionsAfter(oldest)
}

async function fetchPrices(
  market: LiveBookParts['market'],
  known: readonly InstrumentId[],
  patienceMs: number,
): Promise<void> {
  if (known.length === 0) return
  const enough = new AbortController()
  try {
    await Promise.race([market.quotes(known), sleep(patienceMs, null, { signal: enough.signal })])
  } finally {
    enough.abort()
  }
}
