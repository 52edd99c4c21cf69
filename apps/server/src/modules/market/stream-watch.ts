import type { QuoteSubscription } from '@banyan/brokers'
import type { Clock, EpochMs, Quote } from '@banyan/domain'
import type { SourceGuard } from './source-guard.ts'

/** Follows one streaming source: subscribes, and knows whether it is alive. */
export interface StreamWatch {
  readonly guard: SourceGuard
  open(): void
  /** Ends the subscription and begins a new one, so that the source tells its whole state again. */
  reopen(): void
  close(): void
  /** Instant of the last packet or heartbeat, on the market clock; null before the first and after the source said it is down. */
  lastSignOfLife(): EpochMs | null
  /** Wall-clock instant since which the source has been alive without a gap; null while it is not. */
  aliveSince(): EpochMs | null
}

export interface StreamWatchParts {
  readonly guard: SourceGuard
  readonly marketClock: Clock
  readonly wallClock: Clock
  onQuotes(quotes: readonly Quote[]): void
}

/** Silence after which what was pushed no longer counts as current (stocktrendz.md §2.3). */
const silenceMs = 5_000

export function createStreamWatch({ guard, marketClock, wallClock, onQuotes }: StreamWatchParts): StreamWatch {
  let subscription: QuoteSubscription | null = null
  let life: { since: EpochMs; lastWall: EpochMs; lastMarket: EpochMs } | null = null

  const noteLife = (): void => {
    const [lastWall, lastMarket] = [wallClock.now(), marketClock.now()]
    const since = life && lastWall - life.lastWall <= silenceMs ? life.since : lastWall
    life = { since, lastWall, lastMarket }
    guard.noteLife()
  }
  const listener = {
    onQuotes(quotes: readonly Quote[]) {
      noteLife()
      const trusted = guard.check(quotes)
      if (trusted.length > 0) onQuotes(trusted)
    },
    onHeartbeat: noteLife,
    onDown() {
      life = null
    },
  }
  const open = () => {
    subscription = guard.source.subscribe?.(listener) ?? null
  }
  const close = () => {
    subscription?.close()
    subscription = null
    life = null
  }
  return {
    guard,
    open,
    close,
    reopen() {
      close()
      open()
    },
    lastSignOfLife: () => life?.lastMarket ?? null,
    aliveSince: () => (life && wallClock.now() - life.lastWall <= silenceMs ? life.since : null),
  }
}
