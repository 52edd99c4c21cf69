import { type Decimal, type EpochMs, istDate, istDayNumber, sumOf } from '@banyan/domain'
import type { Figures, JournalStatistics } from './journal-face.ts'
import type { TradeOutcome } from './journal-ports.ts'
import { tagKey } from './tags.ts'

/** Adds up outcomes, newest opening first. */
export async function summarise(pages: AsyncIterable<readonly TradeOutcome[]>): Promise<JournalStatistics> {
  const count = { entries: 0, open: 0, unpriced: 0 }
  const sums = createSums()
  for await (const page of pages)
    for (const outcome of page) {
      count.entries++
      if (outcome.closedAt === null) count.open++
      else if (outcome.pnl === null) count.unpriced++
      else sums.add(outcome.pnl, outcome.closedAt, outcome)
    }
  return { ...count, ...toGroups(sums) }
}

/** What is added up; all other figures follow. */
interface Sums {
  trades: number
  wins: number
  losses: number
  grossProfit: Decimal
  grossLoss: Decimal
}

/** Decimals are slow to add, so a trade is added to its month, its list of tags and its list of patterns: the groups are sums of those. */
function createSums() {
  const byMonth = new Map<string, Sums>()
  const byTags = new Map<readonly string[], Sums>()
  const byPatterns = new Map<readonly string[] | null, Sums>()
  const monthOf = createMonths()
  return {
    byMonth,
    byTags,
    byPatterns,
    add(pnl: Decimal, closedAt: EpochMs, { tags, patternsAtEntry }: TradeOutcome): void {
      const trade = { sign: pnl.cmp(0), amount: pnl.abs() }
      addTrade(getOr(byMonth, monthOf(closedAt), noTrades), trade)
      addTrade(getOr(byTags, tags, noTrades), trade)
      addTrade(getOr(byPatterns, patternsAtEntry, noTrades), trade)
    },
  }
}

function toGroups({ byMonth, byTags, byPatterns }: ReturnType<typeof createSums>) {
  const [total, withoutPattern, patternsUnknown] = [noTrades(), noTrades(), noTrades()]
  const [byTag, byPattern] = [new Map<string, Sums>(), new Map<string, Sums>()]
  const spellings = new Map<string, string>()
  for (const sums of byMonth.values()) merge(total, sums)
  for (const [tags, sums] of byTags)
    for (const tag of tags) {
      getOr(spellings, tagKey(tag), () => tag)
      merge(getOr(byTag, tagKey(tag), noTrades), sums)
    }
  for (const [patterns, sums] of byPatterns) {
    if (patterns === null) merge(patternsUnknown, sums)
    else if (patterns.length === 0) merge(withoutPattern, sums)
    else for (const pattern of patterns) merge(getOr(byPattern, pattern, noTrades), sums)
  }
  return {
    total: toFigures(total),
    byMonth: listed(byMonth, ([a], [b]) => (a < b ? -1 : 1)),
    byTag: new Map([...listed(byTag, mostTradesFirst)].map(([key, figures]) => [spellings.get(key) ?? key, figures])),
    byPattern: listed(byPattern, mostTradesFirst),
    withoutPattern: toFigures(withoutPattern),
    patternsUnknown: toFigures(patternsUnknown),
  }
}

function getOr<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}

type Group = readonly [key: string, sums: Sums]

function listed(groups: ReadonlyMap<string, Sums>, compare: (a: Group, b: Group) => number): Map<string, Figures> {
  return new Map([...groups].sort(compare).map(([key, sums]) => [key, toFigures(sums)]))
}

function mostTradesFirst([a, one]: Group, [b, other]: Group): number {
  return other.trades - one.trades || (a < b ? -1 : 1)
}

function noTrades(): Sums {
  return { trades: 0, wins: 0, losses: 0, grossProfit: sumOf([]), grossLoss: sumOf([]) }
}

function addTrade(sums: Sums, { sign, amount }: { readonly sign: number; readonly amount: Decimal }): void {
  sums.trades++
  if (sign > 0) {
    sums.wins++
    sums.grossProfit = sums.grossProfit.plus(amount)
  } else if (sign < 0) {
    sums.losses++
    sums.grossLoss = sums.grossLoss.plus(amount)
  }
}

function merge(sums: Sums, { trades, wins, losses, grossProfit, grossLoss }: Sums): void {
  sums.trades += trades
  sums.wins += wins
  sums.losses += losses
  sums.grossProfit = sums.grossProfit.plus(grossProfit)
  sums.grossLoss = sums.grossLoss.plus(grossLoss)
}

function toFigures({ trades, wins, losses, grossProfit, grossLoss }: Sums): Figures {
  const pnl = grossProfit.minus(grossLoss)
  return {
    trades,
    wins,
    losses,
    winRatePct: trades === 0 ? null : (100 * wins) / trades,
    pnl,
    grossProfit,
    grossLoss,
    averageWin: wins === 0 ? null : grossProfit.div(wins),
    averageLoss: losses === 0 ? null : grossLoss.div(losses),
    expectancy: trades === 0 ? null : pnl.div(trades),
    profitFactor: losses === 0 ? null : grossProfit.div(grossLoss),
  }
}

/** Many trades end on one day, and to write a date takes longer than to look it up. */
function createMonths(): (instant: EpochMs) => string {
  const known = new Map<number, string>()
  return (instant) => getOr(known, istDayNumber(instant), () => istDate(instant).slice(0, 7))
}
