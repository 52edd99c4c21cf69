import { addDays, BanyanError, type EpochMs, istDate, type TradingDate } from '@banyan/domain'
import { idOfDraft } from './entry-id.ts'
import type { Draft } from './journal-face.ts'
import type { DayPosition, DayTrades, JournalStore } from './journal-ports.ts'

/** Calendar days for which drafts are offered. */
const offeredDays = 30

interface DraftParts {
  readonly store: Pick<JournalStore, 'listDismissed' | 'dismiss'>
  readonly dayTrades: DayTrades
}

export async function listDrafts(parts: DraftParts, accountId: number, now: EpochMs): Promise<readonly Draft[]> {
  const [positions, dismissed] = await Promise.all([
    parts.dayTrades.listDayPositions(accountId, firstDayOffered(now)),
    parts.store.listDismissed(accountId),
  ])
  const hidden = new Set(dismissed)
  return positions
    .map(toDraft)
    .filter(({ id }) => !hidden.has(id))
    .sort(newestFirst)
}

export async function dismissDraft(parts: DraftParts, accountId: number, id: string, now: EpochMs): Promise<void> {
  const since = firstDayOffered(now)
  const drafts = (await parts.dayTrades.listDayPositions(accountId, since)).map(toDraft)
  const draft = drafts.find((one) => one.id === id)
  if (!draft) throw new BanyanError('not_found')
  await parts.store.dismiss(accountId, draft, since)
}

function firstDayOffered(now: EpochMs): TradingDate {
  return addDays(istDate(now), -offeredDays)
}

/** The id stays the same over syncs of a day, in which quantity and price may change. */
function toDraft({
  broker,
  brokerAccount,
  instrument,
  product,
  date,
  quantity,
  multiplier,
  averagePrice,
  realised,
}: DayPosition): Draft {
  const isFlat = quantity.eq(0)
  return {
    id: idOfDraft([broker, brokerAccount, instrument, product ?? '', date]),
    date,
    broker,
    brokerAccount,
    product,
    symbol: instrument,
    side: isFlat ? null : quantity.gt(0) ? 'buy' : 'sell',
    quantity: isFlat ? null : quantity.abs().times(multiplier),
    price: isFlat ? null : averagePrice,
    realised,
  }
}

function newestFirst(a: Draft, b: Draft): number {
  if (a.date !== b.date) return a.date > b.date ? -1 : 1
  return a.symbol === b.symbol ? (a.id < b.id ? -1 : 1) : a.symbol < b.symbol ? -1 : 1
}
