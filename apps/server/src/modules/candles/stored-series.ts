import { randomUUID } from 'node:crypto'
import {
  type Adjustment,
  type CandleSeries,
  type EpochMs,
  firstOfMonth,
  istDayNumber,
  midnightOfDayNumber,
} from '@banyan/domain'
import type { CandleCache } from './candle-cache.ts'
import type { CandleStore, SeriesExtent, SuspectJump } from './candles-face.ts'

/** What is stored of one instrument, under one revision: an invalidation makes a new one, so nothing of the old is read again. */
export interface StoredOverview {
  readonly instrumentKey: number
  readonly revision: string
  readonly extents: readonly SeriesExtent[]
}

/** What is known about the prices of one source of an instrument. */
interface PriceBasis {
  readonly adjustments: readonly Adjustment[]
  readonly suspectJumps: readonly SuspectJump[]
}

/** A stretch of a stored series that is read and cached as one. `[from, to)`. */
export interface SeriesWindow {
  readonly overview: StoredOverview
  readonly extent: SeriesExtent
  readonly from: EpochMs
  readonly to: EpochMs
}

export interface StoredSeries {
  overview(instrumentKey: number): Promise<StoredOverview>
  basis(overview: StoredOverview, sourceKey: number): Promise<PriceBasis>
  /**
   * Returns what `prepare` makes of the window's bars as recorded, kept under the name, which says all that `prepare` depends
   * on besides the stored data. The arrays are shared: never write to them.
   */
  read(window: SeriesWindow, name: string, prepare: (recorded: CandleSeries) => CandleSeries): Promise<CandleSeries>
  invalidate(instrumentKeys: readonly number[]): Promise<void>
}

/** Stored candles change only by an import, which invalidates; the life is the bound should that message be lost. */
const life = { ttlMs: 10 * 60_000, staleMs: 10 * 60_000 }
const everythingKey = 'candles:all'

/** Returns cached access to the store. */
export function createStoredSeries(store: CandleStore, cache: CandleCache): StoredSeries {
  const overviewKey = (everything: string, instrumentKey: number) => `candles:${everything}:${instrumentKey}`
  /** A word in every key, so that dropping it drops everything. */
  const everything = () => cache.getOrSet(everythingKey, { ttlMs: 86_400_000 }, async () => randomUUID())

  return {
    async overview(instrumentKey) {
      return cache.getOrSet(overviewKey(await everything(), instrumentKey), life, async () => ({
        instrumentKey,
        revision: randomUUID(),
        extents: await store.listExtents(instrumentKey),
      }))
    },
    basis({ instrumentKey, revision }, sourceKey) {
      return cache.getOrSet(`candles:${revision}:${sourceKey}`, life, async () => {
        const [adjustments, suspectJumps] = await Promise.all([
          store.listAdjustments(instrumentKey, sourceKey),
          store.listSuspectJumps(instrumentKey, sourceKey),
        ])
        return { adjustments, suspectJumps }
      })
    },
    read({ overview: { instrumentKey, revision }, extent: { source, interval }, from, to }, name, prepare) {
      const limit = Number.MAX_SAFE_INTEGER
      return cache.getOrSet(`candles:${revision}:${source.key}:${interval}:${from}:${name}`, life, async () =>
        prepare(await store.readCandles({ instrumentKey, sourceKey: source.key, interval, from, to, limit })),
      )
    },
    async invalidate(instrumentKeys) {
      if (instrumentKeys.length === 0) return cache.remove([everythingKey])
      const current = await everything()
      await cache.remove(instrumentKeys.map((key) => overviewKey(current, key)))
    },
  }
}

/**
 * Returns the windows that cover `[from, to)` of a series, newest first. Days are one window, 26 years are 6,500 bars; minutes
 * go by month, at most 8,700 bars, so that no single read holds up the server.
 */
export function* windowsOf(
  overview: StoredOverview,
  extent: SeriesExtent,
  range: { readonly from: EpochMs; readonly to: EpochMs },
): Generator<SeriesWindow> {
  const end = Math.min(range.to, extent.last + 1)
  const start = Math.max(range.from, extent.first)
  if (start >= end) return
  if (extent.interval === 'day') return yield { overview, extent, from: extent.first, to: extent.last + 1 }
  let month = firstOfMonth(istDayNumber(end - 1))
  while (true) {
    const from = midnightOfDayNumber(month)
    yield { overview, extent, from, to: midnightOfDayNumber(firstOfMonth(month + 31)) }
    if (from <= start) return
    month = firstOfMonth(month - 1)
  }
}
