import { type EpochMs, istDate, istMidnight, type MarketClock, type TradingCalendar } from '@banyan/domain'
import type { InstrumentsModule } from '../instruments/index.ts'
import type { MeasuringProgress } from './analysis-face.ts'
import type { ClosesCorpus, MarketMoment } from './analysis-jobs.ts'
import type { AnalysisWorkers, EdgeStore } from './analysis-ports.ts'
import type { LastCloses } from './closes.ts'
import { createEdgeBook, type EdgeBook } from './edge-book.ts'
import { createRememberedAnswers } from './remembered-answers.ts'
import { createSignalBoard, type SignalBoard } from './signal-board.ts'
import { listSearched } from './universe.ts'

export interface AnalysisParts {
  readonly workers: AnalysisWorkers
  readonly store: EdgeStore
  readonly instruments: Pick<InstrumentsModule, 'find' | 'list'>
  readonly calendar: TradingCalendar
  readonly marketClock: MarketClock
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
  /** Returns the closes up to yesterday's, read once a day and after an import. */
  corpus(): Promise<ClosesCorpus>
}

/** Reading 2,000 instruments of ten years takes some ten seconds. */
const corpusTimeoutMs = 120_000

export function createAnalysisState(parts: AnalysisParts): AnalysisState {
  const edges = createEdgeBook()
  const corpora = createRememberedAnswers<ClosesCorpus>(1)
  const state: AnalysisState = {
    edges,
    board: createSignalBoard(edges),
    revision: null,
    shareCount: 0,
    closes: null,
    measuring: null,
    corpus() {
      const moment = { ...momentOf(parts), now: lastCloseBeforeToday(parts) }
      const input = { moment, instruments: listSearched(parts.instruments) }
      const options = { priority: 'request', timeoutMs: corpusTimeoutMs } as const
      return corpora.get(`${moment.now} ${state.revision}`, () => parts.workers.run('corpus', input, options))
    },
  }
  return state
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
