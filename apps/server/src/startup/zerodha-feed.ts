import type { QuoteSource, Timers } from '@banyan/brokers'
import {
  createZerodhaDirectory,
  createZerodhaQuotes,
  createZerodhaTicker,
  type ZerodhaDirectory,
  type ZerodhaInstrument,
  type ZerodhaSession,
} from '@banyan/brokers/zerodha'
import { type Clock, dayMs, type EpochMs, type InstrumentId, istDayNumber, midnightOfDayNumber } from '@banyan/domain'
import type { Warmer } from '../infra/tasks/warmer.ts'
import type { InstrumentsModule } from '../modules/instruments/index.ts'
import type { SourceSession } from '../modules/source-sessions/index.ts'

export interface ZerodhaFeedParts {
  readonly session: Pick<SourceSession<ZerodhaSession>, 'current'>
  readonly tickerUrl: string
  readonly instruments: Pick<InstrumentsModule, 'list' | 'find' | 'findByUpstreamName'>
  readonly clock: Clock
  readonly timers: Timers
  /** Hears what the vendor says is wrong with its stream, scrubbed. For the log. */
  onVendorError(text: string): void
}

/** Zerodha's prices for everybody, pushed while the server's own session lasts. */
export interface ZerodhaFeed {
  readonly source: QuoteSource
  /** Keeps the day's instrument list and the stream in step with the session. */
  readonly warmer: Warmer
  close(): void
}

/** The vendor makes its list each morning (upstreams.md §2.8); until then yesterday's counts. */
const listMadeMs = 8.5 * 3_600_000

/** How soon after a sign-in prices begin to be pushed. */
const lookEveryMs = 3_000

export function createZerodhaFeed(parts: ZerodhaFeedParts): ZerodhaFeed {
  const { clock, instruments, session } = parts
  let directory: ZerodhaDirectory | null = null
  let listFrom: EpochMs = Number.NEGATIVE_INFINITY
  let streamed: ZerodhaSession | null = null
  const ticker = createZerodhaTicker({
    session: () => session.current(),
    clock,
    timers: parts.timers,
    baseUrl: parts.tickerUrl,
    allowPrivate: true,
    onVendorError: parts.onVendorError,
  })
  const source = createZerodhaQuotes({
    session: () => session.current(),
    directory: () => directory,
    ticker,
    clock,
    onListDoubted() {
      listFrom = Number.NEGATIVE_INFINITY
    },
  })

  async function keepList(open: ZerodhaSession, signal: AbortSignal): Promise<void> {
    const now = clock.now()
    if (listFrom >= listMadeAt(now)) return
    const list = await open.instruments(null, signal)
    directory = createZerodhaDirectory(list.instruments, (row) => idOf(row, instruments))
    listFrom = now
    source.follow(inRank(instruments.list()))
  }

  async function run(signal: AbortSignal): Promise<void> {
    const open = session.current()
    if (open === null) {
      if (streamed !== null) ticker.close()
      streamed = null
      return
    }
    await keepList(open, signal)
    if (streamed !== open) ticker.open()
    streamed = open
  }

  return {
    source,
    warmer: { name: 'zerodha_feed', everyMs: { open: lookEveryMs, closed: lookEveryMs }, runsOn: 'each', run },
    close: () => ticker.close(),
  }
}

/** Kite cuts the names of indices short; the lists know them under both. */
function idOf({ id, tradingSymbol }: ZerodhaInstrument, instruments: ZerodhaFeedParts['instruments']): InstrumentId {
  return instruments.find(id)?.id ?? instruments.findByUpstreamName('kite', tradingSymbol)?.id ?? id
}

/** The stream has places for 9,000: indices and shares come before all else. */
function inRank(listed: ReturnType<InstrumentsModule['list']>): readonly InstrumentId[] {
  const rank = { index: 0, equity: 1 } as Partial<Record<string, number>>
  return listed.toSorted((a, b) => (rank[a.kind] ?? 2) - (rank[b.kind] ?? 2)).map(({ id }) => id)
}

/** Returns when the newest list was made. */
function listMadeAt(now: EpochMs): EpochMs {
  const today = midnightOfDayNumber(istDayNumber(now)) + listMadeMs
  return today <= now ? today : today - dayMs
}
