import type { InstrumentId, TradingCalendar } from '@banyan/domain'
import type { CandlesModule } from '../candles/index.ts'
import type { AnalysisJobs, MarketMoment } from './analysis-jobs.ts'

/** What a job reads from. Bound to the market's time at which it runs. */
export interface CandleReader {
  readonly candles: Pick<CandlesModule, 'getCandles'>
  readonly calendar: TradingCalendar
}

/** Returns a reader whose candles are those complete at the moment, on its day's price basis. */
export type OpenReader = (moment: MarketMoment) => CandleReader

/** A thread beside the job's own, for its time. */
export interface Colleague {
  run<Kind extends keyof AnalysisJobs>(
    kind: Kind,
    input: AnalysisJobs[Kind]['input'],
  ): Promise<AnalysisJobs[Kind]['output']>
  end(): Promise<void>
}

/** What a thread offers a job. */
export interface JobTools {
  readonly openReader: OpenReader
  /** Null where a job has one thread only. */
  readonly openColleague: (() => Colleague) | null
}

/** One instrument at one moment: what most jobs are about. */
export interface Subject extends CandleReader {
  readonly instrument: InstrumentId
  readonly moment: MarketMoment
}
