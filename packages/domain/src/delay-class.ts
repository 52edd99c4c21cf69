import type { EpochMs } from './market-time.ts'
import type { DelayClass } from './quote.ts'

/** What decides a price's delay class. Instants are on the market clock. */
export interface DelayFacts {
  /** The instance plays recorded or generated data. */
  readonly isReplay: boolean
  /** The source streams from the exchange. */
  readonly streaming: boolean
  /** The source lags the exchange by itself. */
  readonly lagging: boolean
  readonly segmentOpen: boolean
  /** The instrument is among those the source pushes now. */
  readonly subscriptionActive: boolean
  /** When the stream last gave a packet or heartbeat, of any instrument; null when it never did. */
  readonly lastSignOfLifeAt: EpochMs | null
  readonly now: EpochMs
  /** `now` minus the exchange time of the price. */
  readonly ageMs: number
  /** The source was read at or after the end of the latest session; see `TradingCalendar.latestSessionEnd`. */
  readonly readAfterSessionEnd: boolean
}

const signOfLifeMs = 5_000
const snapshotAgeMs = 60_000

/** Returns the delay class: the first line of stocktrendz.md §2.3 that applies. */
export function delayClassOf(facts: DelayFacts): DelayClass {
  if (facts.isReplay) return 'replay'
  if (isLive(facts)) return 'live'
  if (!facts.lagging && facts.segmentOpen && facts.ageMs <= snapshotAgeMs) return 'snapshot'
  if (!facts.segmentOpen && facts.readAfterSessionEnd) return 'close'
  return 'delayed'
}

function isLive(facts: DelayFacts): boolean {
  if (!facts.streaming || facts.lagging || !facts.segmentOpen || !facts.subscriptionActive) return false
  return facts.lastSignOfLifeAt !== null && facts.now - facts.lastSignOfLifeAt <= signOfLifeMs
}
