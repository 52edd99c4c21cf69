import type { EpochMs, InstrumentId } from '@banyan/domain'
import type { Signal, SignalRank } from './analysis-face.ts'
import type { RecentEvents } from './analysis-jobs.ts'
import type { EdgeBook } from './edge-book.ts'
import { nameOfPattern } from './pattern-catalogue.ts'
import { compareRanks, rankOf } from './signal-order.ts'
import { type Timeframe, timeframes } from './timeframe.ts'

/** What was found last in every instrument, as a ranked list. */
export interface SignalBoard {
  /** Puts what a search of a timeframe found in place of all that stood there. */
  put(timeframe: Timeframe, found: readonly RecentEvents[]): void
  /** Returns the instruments that had recent candles when they were searched last. */
  activeIn(timeframe: Timeframe): readonly InstrumentId[]
  /** Returns the signals known at `now`, best first; the same array until something changed. */
  list(now: EpochMs): readonly Signal[]
}

interface Ranked {
  readonly signal: Signal
  readonly rank: SignalRank
}

interface Shelf {
  readonly found: readonly RecentEvents[]
  /** Number of the measurement the ranks are of, and the ranks; null until they are asked for. */
  ranked: { readonly run: number | null; readonly list: readonly Ranked[] } | null
}

export function createSignalBoard(edges: EdgeBook): SignalBoard {
  const shelves = new Map<Timeframe, Shelf>()
  let merged: { readonly run: number | null; readonly signals: readonly Signal[]; readonly newest: EpochMs } | null =
    null
  let earlier: { readonly of: object; readonly now: EpochMs; readonly signals: readonly Signal[] } | null = null

  /** Sorts the shelves that changed only; what is sorted already merges in one pass. */
  const merge = (run: number | null) => {
    const lists = timeframes.map((timeframe) => rankedOf(shelves.get(timeframe), run, run === null ? null : edges))
    const signals = lists
      .flat()
      .sort((a, b) => compareRanks(a.rank, b.rank))
      .map(({ signal }) => signal)
    const newest = signals.reduce((latest, { detectedAt }) => Math.max(latest, detectedAt), Number.NEGATIVE_INFINITY)
    return { run, signals, newest }
  }
  return {
    put(timeframe, found) {
      shelves.set(timeframe, { found, ranked: null })
      merged = null
    },
    activeIn: (timeframe) => shelves.get(timeframe)?.found.map(({ instrument }) => instrument) ?? [],
    list(now) {
      const run = edges.runAt(now)?.number ?? null
      if (merged === null || merged.run !== run) merged = merge(run)
      if (merged.newest <= now) return merged.signals
      // A replay began again: what it has not reached yet is not known. The next search puts the board right.
      if (earlier?.of !== merged || earlier.now !== now)
        earlier = { of: merged, now, signals: merged.signals.filter(({ detectedAt }) => detectedAt <= now) }
      return earlier.signals
    },
  }
}

function rankedOf(shelf: Shelf | undefined, run: number | null, edges: EdgeBook | null): readonly Ranked[] {
  if (!shelf) return []
  if (shelf.ranked?.run === run) return shelf.ranked.list
  const list = shelf.found
    .flatMap((each) => toSignals(each, edges))
    .map((signal) => ({ signal, rank: rankOf(signal) }))
    .sort((a, b) => compareRanks(a.rank, b.rank))
  shelf.ranked = { run, list }
  return list
}

function toSignals({ instrument, timeframe, events }: RecentEvents, edges: EdgeBook | null): Signal[] {
  const symbol = instrument.slice(instrument.indexOf(':') + 1)
  return events.map(({ pattern, direction, detectedAt }) => ({
    instrument,
    symbol,
    pattern,
    patternName: nameOfPattern(pattern),
    direction,
    timeframe,
    detectedAt,
    edge: edges?.find({ timeframe, pattern, direction }) ?? null,
  }))
}
