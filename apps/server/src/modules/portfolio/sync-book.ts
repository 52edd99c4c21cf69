import { type Broker, type BrokerSession, brokerProblem, UpstreamError } from '@banyan/brokers'
import { BanyanError, type Clock, type TradingCalendar } from '@banyan/domain'
import { snapshotOf } from './figures.ts'
import type { PortfolioStore } from './portfolio-store.ts'
import { readBook } from './read-book.ts'
import type { StoredBook } from './stored-book.ts'
import { createSyncPace } from './sync-pace.ts'

/** What a sync stored. */
export interface SyncReport {
  readonly book: StoredBook
  /** Sentences about the answer that a person should know. */
  readonly warnings: readonly string[]
}

/** Opens the session to read with. It belongs to the sync, which ends it. */
export type OpenSession = (signal: AbortSignal) => Promise<BrokerSession>

export interface SyncParts {
  readonly store: PortfolioStore
  readonly calendar: Pick<TradingCalendar, 'tradingDayOf'>
  /** The wall clock. */
  readonly clock: Clock
  /** Those of {@link syncTimes} unless tests shorten them. */
  readonly times?: SyncTimes
}

export interface BookSyncing {
  /**
   * Reads a book and puts it in place of the one before, whole, with the day's snapshot. Throws `sync_in_progress`, `rate_limited`, what the broker's
   * failure is called (`broker_…`, its cause the `UpstreamError`), or `unavailable` when the server stops; then nothing has changed.
   */
  sync(accountId: number, broker: Pick<Broker, 'id' | 'name'>, open: OpenSession): Promise<SyncReport>
  /** Lets nothing begin, and breaks off what is not done in a while. Returns at once. */
  stop(): void
}

export interface SyncTimes {
  /** For everything up to the last answer read; with {@link closeMs} the 25 s of quality-bar.md U1. */
  readonly readMs: number
  /** To end a session is a courtesy to the broker: nobody waits long for it. */
  readonly closeMs: number
  /** How long a sync may still take when the server stops. Less than requests have (quality-bar.md G1), so that it is told by itself. */
  readonly stopMs: number
}

const syncTimes: SyncTimes = { readMs: 22_000, closeMs: 3_000, stopMs: 8_000 }

/** Longer than a sync with its end at the broker and its transaction can take: after it a killed instance's place is free. */
const placeMs = 60_000

export function createBookSyncing({ store, calendar, clock, times = syncTimes }: SyncParts): BookSyncing {
  const takeTurn = createSyncPace(clock)
  const stopping = new AbortController()
  let isStopping = false

  async function run(accountId: number, broker: Pick<Broker, 'id' | 'name'>, open: OpenSession): Promise<SyncReport> {
    const signal = AbortSignal.any([AbortSignal.timeout(times.readMs), stopping.signal])
    const books = await store.readBooks(accountId)
    const session = await open(signal)
    try {
      const { account } = session
      const before = books.find((book) => book.broker === broker.id && book.brokerAccount === account)
      const { warnings, ...rows } = await readBook(session, before?.holdings ?? [], { provider: broker.id, signal })
      signal.throwIfAborted()
      const syncedAt = clock.now()
      const tradingDay = calendar.tradingDayOf(syncedAt)
      const key = { broker: broker.id, brokerAccount: account, source: 'broker' as const }
      const book = { ...key, syncedAt, tradingDay, ...rows }
      await store.replaceBook(accountId, book, (all) => snapshotOf(all, tradingDay))
      return { book, warnings }
    } finally {
      await session.close(AbortSignal.timeout(times.closeMs))
    }
  }

  return {
    async sync(accountId, broker, open) {
      if (isStopping) throw serverStops()
      const now = clock.now()
      const until = now + placeMs
      if (!(await store.beginSync(accountId, now, until))) throw new BanyanError('sync_in_progress')
      try {
        takeTurn(accountId)
        return await run(accountId, broker, open)
      } catch (error) {
        throw toldAs(error, broker.name, stopping.signal)
      } finally {
        await store.endSync(accountId, until).catch(() => undefined) // what was done is done, and the place comes free by itself
      }
    },
    stop() {
      isStopping = true
      setTimeout(() => stopping.abort(serverStops()), times.stopMs).unref()
    },
  }
}

function serverStops(): BanyanError {
  return new BanyanError('unavailable', { message: 'The server stops. Nothing was changed.', retryAfterS: 10 })
}

function toldAs(error: unknown, name: string, stopping: AbortSignal): unknown {
  if (error instanceof UpstreamError) return brokerProblem(error, name)
  if (stopping.aborted && error === stopping.reason) return error
  const isLate = error instanceof DOMException && error.name === 'TimeoutError'
  return isLate
    ? new BanyanError('broker_timeout', { message: `${name} did not answer in time.`, cause: error })
    : error
}
