import {
  type Clock,
  type DelayClass,
  delayClassOf,
  type EpochMs,
  type Exchange,
  formatIst,
  segmentByExchange,
  type TradingCalendar,
} from '@banyan/domain'
import type { MarketModule } from '../../modules/market/index.ts'
import { toAgeMs } from './provenance.ts'

/** Returns the four fields beside a price that a broker gave with a book; all null without a price (stocktrendz.md §2.3). */
export function brokerProvenance(
  {
    broker,
    syncedAt,
    exchange,
    hasPrice,
  }: { broker: string; syncedAt: EpochMs; exchange: Exchange; hasPrice: boolean },
  parts: { readonly market: Pick<MarketModule, 'status'>; readonly calendar: TradingCalendar; readonly clock: Clock },
) {
  if (!hasPrice) return { source: null, as_of: null, age_ms: null, delay: null }
  const now = parts.clock.now()
  const isReplay = parts.market.status().mode === 'replay'
  const delay = delayOf(syncedAt, exchange, { now, isReplay, calendar: parts.calendar })
  return { source: broker, as_of: formatIst(syncedAt), age_ms: toAgeMs(now, syncedAt), delay }
}

function delayOf(
  syncedAt: EpochMs,
  exchange: Exchange,
  at: { readonly now: EpochMs; readonly isReplay: boolean; readonly calendar: TradingCalendar },
): DelayClass {
  const { now, isReplay, calendar } = at
  const segment = segmentByExchange[exchange]
  const phase = calendar.phaseAt(now, segment)
  const latestEnd = calendar.latestSessionEnd(now, segment)
  return delayClassOf({
    isReplay,
    streaming: false,
    lagging: false,
    segmentOpen: phase === 'open' || phase === 'closing_auction',
    subscriptionActive: false,
    lastSignOfLifeAt: null,
    now,
    ageMs: now - syncedAt,
    readAfterSessionEnd: latestEnd !== null && syncedAt >= latestEnd,
  })
}
