import { type Adjustment, type Clock, istDate, sumOf, type TradingDate, toNumber } from '@banyan/domain'
import type { CandlesModule } from '../../candles/index.ts'
import type { InstrumentsModule } from '../../instruments/index.ts'
import type { TradeStore } from '../csv-import/trade-store.ts'
import type { BookRow } from '../live-book/book-row.ts'
import type { LiveBookReader } from '../live-book/live-book-reader.ts'
import type { CashFlow, Return, UnknownReturn } from './cash-flow.ts'
import { createCorporateSteps } from './corporate-steps.ts'
import { type ExplainedShare, explainHoldings, type HeldShare, type UnexplainedShare } from './explain-holdings.ts'
import { moneyWeightedReturn } from './money-weighted.ts'
import { datesAround, readPastValues } from './past-values.ts'
import { createShareKeys, type ShareName } from './share-key.ts'
import { readLedgers, type ShareLedger } from './share-ledger.ts'
import { timeWeightedReturn } from './time-weighted.ts'

/** What an account's money came to, charges and dividends left out. */
interface PortfolioReturns {
  /** Date of the first trade; null without one. */
  readonly since: TradingDate | null
  /** Yearly, of the person's own money (XIRR). */
  readonly moneyWeighted: Return
  /** Of one rupee that stayed since the first trade, over the whole time (TWR). */
  readonly timeWeighted: Return
  /** What keeps returns from being told. */
  readonly unexplained: readonly UnexplainedShare[]
}

export type ReturnsReader = (accountId: number) => Promise<PortfolioReturns>

export interface ReturnsParts {
  readonly trades: Pick<TradeStore, 'readAll'>
  readonly readLiveBook: LiveBookReader
  readonly candles: Pick<CandlesModule, 'getCandles' | 'listActionsAfter'>
  readonly instruments: Pick<InstrumentsModule, 'find'>
  /** The market's: of the recorded day while one is played. */
  readonly clock: Clock
}

export function createReturnsReader({
  trades,
  readLiveBook,
  candles,
  instruments,
  clock,
}: ReturnsParts): ReturnsReader {
  const keyOf = createShareKeys(instruments)
  return async (accountId) => {
    const today = istDate(clock.now())
    const ledgers = await readLedgers(trades, accountId, keyOf)
    const dates = ledgers.flatMap(({ days }) => days.map(({ date }) => date)).sort()
    const [since = null, last = null] = [dates[0], dates.at(-1)]
    if (since === null || last === null) return unknown('no_trades', { since, unexplained: [] })
    if (last > today) return unknown('after_replay', { since, unexplained: [] })

    const { groups } = await readLiveBook(accountId)
    const owned = groups.flatMap(({ rows }) => rows.filter(({ isOwned }) => isOwned))
    const actions = await candles.listActionsAfter(since)
    const stepsOf = (ledger: ShareLedger) => createCorporateSteps(actionsOf(ledger, actions, instruments), today)
    const { explained, unexplained } = explainHoldings(ledgers, heldShares(owned, keyOf), stepsOf)
    if (unexplained.length > 0) return unknown('trades_unknown', { since, unexplained })
    const value = valueOfAll(owned)
    if (value === null) return unknown('value_unknown', { since, unexplained })
    return { since, unexplained, ...(await measure(explained, { date: today, value }, candles)) }
  }
}

function unknown(why: UnknownReturn, known: Pick<PortfolioReturns, 'since' | 'unexplained'>): PortfolioReturns {
  return { ...known, moneyWeighted: { unknown: why }, timeWeighted: { unknown: why } }
}

function actionsOf(
  { instrument }: ShareLedger,
  actions: ReadonlyMap<number, readonly Adjustment[]>,
  instruments: ReturnsParts['instruments'],
): readonly Adjustment[] {
  const listed = instrument === null ? null : instruments.find(instrument)
  return listed === null ? [] : (actions.get(listed.key) ?? [])
}

/** Sums the rows of each share at each broker account: what is held, and today's sales of it. */
function heldShares(owned: readonly BookRow[], keyOf: (name: ShareName) => string): readonly HeldShare[] {
  const shares = new Map<string, HeldShare>()
  for (const { part, symbol, isin, instrument, quantity } of owned) {
    const { broker, brokerAccount } = part
    const share = keyOf({ broker, symbol, isin, instrument })
    const key = JSON.stringify([broker, brokerAccount, share])
    const before = shares.get(key)?.quantity ?? sumOf([])
    shares.set(key, { broker, brokerAccount, share, symbol, quantity: before.plus(quantity) })
  }
  return [...shares.values()]
}

/** Null when one has no price. */
function valueOfAll(owned: readonly BookRow[]): number | null {
  const values = owned.flatMap(({ value }) => value ?? [])
  return values.length === owned.length ? toNumber(sumOf(values), 2) : null
}

async function measure(
  explained: readonly ExplainedShare[],
  end: { readonly date: TradingDate; readonly value: number },
  candles: ReturnsParts['candles'],
): Promise<Pick<PortfolioReturns, 'moneyWeighted' | 'timeWeighted'>> {
  const flows = flowsOf(explained)
  const dates = datesAround(
    flows.map(({ date }) => date),
    end.date,
  )
  const values = await readPastValues(explained, dates, candles)
  return { moneyWeighted: moneyWeightedReturn(flows, end), timeWeighted: timeWeightedReturn([...values, end], flows) }
}

/** What was paid and what was received on each date, ascending, each rounded to paise once. */
function flowsOf(explained: readonly ExplainedShare[]): readonly CashFlow[] {
  const days = Map.groupBy(
    explained.flatMap(({ ledger }) => ledger.days),
    ({ date }) => date,
  )
  return [...days]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([date, own]) => [
      { date, amount: toNumber(sumOf(own.map(({ paid }) => paid)), 2) },
      { date, amount: -toNumber(sumOf(own.map(({ received }) => received)), 2) },
    ])
    .filter(({ amount }) => amount !== 0)
}
