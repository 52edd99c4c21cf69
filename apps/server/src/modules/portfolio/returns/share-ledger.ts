import { type Decimal, type InstrumentId, instrumentId, sumOf, type TradingDate } from '@banyan/domain'
import type { Trade } from '../csv-import/trade.ts'
import type { TradeStore } from '../csv-import/trade-store.ts'
import type { ShareName } from './share-key.ts'

/** What was traded of one share at one broker account on a date. */
interface LedgerDay {
  readonly date: TradingDate
  /** Units bought, sold ones taken off. */
  readonly quantity: Decimal
  /** Rupees, exact, charges left out. */
  readonly paid: Decimal
  readonly received: Decimal
}

/** All trading in one share at one broker account. */
export interface ShareLedger {
  readonly broker: string
  readonly brokerAccount: string
  /** Key of the share, the same for its holdings. */
  readonly share: string
  /** As the last trade writes it. */
  readonly symbol: string
  /** Null where no list knows it. */
  readonly instrument: InstrumentId | null
  /** Ascending; at least one. */
  readonly days: readonly LedgerDay[]
}

/** Reads all imported trades, a page at a time, into one ledger for each share at each broker account. */
export async function readLedgers(
  store: Pick<TradeStore, 'readAll'>,
  accountId: number,
  keyOf: (name: ShareName) => string,
): Promise<readonly ShareLedger[]> {
  const ledgers = new Map<string, ReturnType<typeof createLedger>>()
  for await (const trades of store.readAll(accountId))
    for (const trade of trades) {
      const name = nameOf(trade)
      const share = keyOf(name)
      const key = JSON.stringify([trade.broker, trade.brokerAccount, share])
      const ledger = ledgers.get(key) ?? createLedger(share)
      ledgers.set(key, ledger)
      ledger.add(trade, name.instrument)
    }
  return [...ledgers.values()].flatMap((ledger) => ledger.read() ?? [])
}

function nameOf({ broker, exchange, symbol, mapped, isin }: Trade): ShareName {
  return { broker, symbol, isin, instrument: mapped ? instrumentId(exchange, symbol) : null }
}

const zero = sumOf([])

function createLedger(share: string) {
  const days = new Map<TradingDate, Omit<LedgerDay, 'date'>>()
  let last: Omit<ShareLedger, 'days'> | null = null
  return {
    add({ broker, brokerAccount, symbol, date, side, quantity, price }: Trade, instrument: InstrumentId | null) {
      const before = days.get(date) ?? { quantity: zero, paid: zero, received: zero }
      const amount = quantity.times(price)
      const isBuy = side === 'buy'
      days.set(date, {
        quantity: isBuy ? before.quantity.plus(quantity) : before.quantity.minus(quantity),
        paid: isBuy ? before.paid.plus(amount) : before.paid,
        received: isBuy ? before.received : before.received.plus(amount),
      })
      last = { broker, brokerAccount, share, symbol, instrument }
    },
    read(): ShareLedger | null {
      const ascending = [...days].sort(([a], [b]) => (a < b ? -1 : 1))
      return last && { ...last, days: ascending.map(([date, day]) => ({ date, ...day })) }
    },
  }
}
