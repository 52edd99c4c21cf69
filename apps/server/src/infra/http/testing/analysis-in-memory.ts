import { createAnalysisModule, createEdgeRules } from '../../../modules/analysis/index.ts'
import { createInProcessWorkers } from '../../../modules/analysis/testing/in-process-workers.ts'
import { createMemoryEdgeStore } from '../../../modules/analysis/testing/memory-edge-store.ts'
import type { CandlesModule } from '../../../modules/candles/index.ts'
import type { InstrumentsModule } from '../../../modules/instruments/index.ts'
import type { MarketModule } from '../../../modules/market/index.ts'
import { testCalendar } from '../../../modules/market/testing/create-test-market.ts'

/** The module itself over candles in memory, on this thread. */
export function createAnalysisInMemory(parts: {
  readonly candles: CandlesModule
  readonly instruments: InstrumentsModule
  readonly market: MarketModule
}) {
  const { candles, instruments, market } = parts
  const { mode, recordedDate } = market.status()
  const marketClock = { mode, recordedDate, now: () => market.now(), wallTimeOf: (instant: number) => instant }
  const workers = createInProcessWorkers(() => ({ candles, calendar: testCalendar }))
  return createAnalysisModule({
    workers,
    store: createMemoryEdgeStore(),
    instruments,
    calendar: testCalendar,
    marketClock,
    rules: createEdgeRules(50),
  })
}
