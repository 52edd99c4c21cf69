import { type EpochMs, istDate, istMidnight, type MarketClock, type TradingCalendar } from '@banyan/domain'
import type { InstrumentsModule } from '../instruments/index.ts'
import type { EdgeRules, MeasuringProgress } from './analysis-face.ts'
import type { MarketMoment } from './analysis-jobs.ts'
import type { AnalysisWorkers, EdgeStore } from './analysis-ports.ts'
import type { LastCloses } from './closes.ts'
import { type CorpusShelf, createCorpusShelf } from './corpus-shelf.ts'
import { createEdgeBook, type EdgeBook } from './edge-book.ts'
import { createSignalBoard, type SignalBoard } from './signal-board.ts'
import { listSearched } from './universe.ts'

export interface AnalysisParts {
  readonly workers: AnalysisWorkers
  readonly store: EdgeStore
  readonly instruments: Pick<InstrumentsModule, 'find' | 'list'>
  readonly calendar: TradingCalendar
  readonly marketClock: MarketClock
  readonly rules: EdgeRules
}

/** What the module remembers between calls. */
export interface AnalysisState {
  readonly edges: EdgeBook
  readonly board: SignalBoard
  /** What had been imported, how many shares were known, and which candles had closed, when they were last searched. */
  revision: string | null
  shareCount: number
  closes: LastCloses | null
  measuring: MeasuringProgress | null
  readonly corpus: CorpusShelf
}

/** Reading 2,000 instruments of ten years takes some seconds, on a busy machine several times that. */
const corpusTimeoutMs = 120_000

export function createAnalysisState(parts: AnalysisParts): AnalysisState {
  const edges = createEdgeBook()
  return {
    edges,
    board: createSignalBoard(edges),
    corpus: createCorpusShelf({
      reach: () => lastCloseBeforeToday(parts),
      read(now, priority) {
        const input = { moment: { ...momentOf(parts), now }, instruments: listSearched(parts.instruments) }
        return parts.workers.run('corpus', input, { priority, timeoutMs: corpusTimeoutMs })
      },
    }),
    revision: null,
    shareCount: 0,
    closes: null,
    measuring: null,
  }
}

/** Returns the market's time in a form that reaches another thread. */
export function momentOf({ marketClock }: Pick<AnalysisParts, 'marketClock'>): MarketMoment {
  return { mode: marketClock.mode, recordedDate: marketClock.recordedDate, now: marketClock.now() }
}

/** Returns the close of the last trading day before today: what is measured up to then was known all day, in a replay too. */
export function lastCloseBeforeToday({
  calendar,
  marketClock,
}: Pick<AnalysisParts, 'calendar' | 'marketClock'>): EpochMs {
  const midnight = istMidnight(istDate(marketClock.now()))
  return calendar.latestSessionEnd(midnight) ?? midnight
}
