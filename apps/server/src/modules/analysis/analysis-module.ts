import { BanyanError, type InstrumentId } from '@banyan/domain'
import type { AnalysisModule, AnalysisUpkeep, InstrumentPatterns, Signal } from './analysis-face.ts'
import type { AnalysisJobs } from './analysis-jobs.ts'
import { type AnalysisParts, createAnalysisState, momentOf } from './analysis-state.ts'
import { lastCloses } from './closes.ts'
import { composeScore, listScoreParts } from './composite-score.ts'
import { follow } from './follow-closes.ts'
import { measure } from './measure-edges.ts'
import { createSignalOrders } from './order-signals.ts'
import { pageSignals } from './page-signals.ts'
import { nameOfPattern, patternCatalogue } from './pattern-catalogue.ts'
import { createRememberedAnswers } from './remembered-answers.ts'

/** How many signals the snapshot shows. stocktrendz.md §5.1. */
const shownSignals = 10

/** Creates the module that finds patterns and tells what they were worth. It knows nothing before its first `follow`. */
export function createAnalysisModule(parts: AnalysisParts): AnalysisModule & AnalysisUpkeep {
  const { workers, marketClock, calendar, rules } = parts
  const state = createAnalysisState(parts)
  const { board, edges } = state
  const patterns = createRememberedAnswers<InstrumentPatterns>(256)
  const indicators = createRememberedAnswers<AnalysisJobs['indicators']['output']>(256)
  const ordered = createSignalOrders()
  const top = createTop(() => board.list(marketClock.now()))

  return {
    catalogue: patternCatalogue,
    rules,
    nameOf: nameOfPattern,
    edges: () => edges.runAt(marketClock.now()),
    edgeOf: (asked) => (edges.runAt(marketClock.now()) === null ? null : edges.find(asked)),
    measuring: () => state.measuring,
    pageOfSignals: (query, page) => pageSignals(ordered(board.list(marketClock.now()), page.order), query, page),
    topSignals: top,
    async findPatterns(asked, timeframe) {
      const instrument = knownInstrument(parts, asked)
      const moment = momentOf(parts)
      const close = lastCloses(calendar, moment.now)[timeframe]
      return patterns.get(`${instrument} ${timeframe} ${close} ${state.revision}`, () =>
        workers.run('patterns', { moment, instrument, timeframe }, { priority: 'request' }),
      )
    },
    async findMatches(asked) {
      const query = { ...asked, instrument: knownInstrument(parts, asked.instrument) }
      const corpus = await state.corpus.get()
      return workers.run('matches', { moment: momentOf(parts), query, corpus }, { priority: 'request' })
    },
    async analyse(asked) {
      const instrument = knownInstrument(parts, asked)
      const moment = momentOf(parts)
      const found = await indicators.get(
        `${instrument} ${lastCloses(calendar, moment.now).day} ${state.revision}`,
        () => workers.run('indicators', { moment, instrument }, { priority: 'request' }),
      )
      const signals = board.list(marketClock.now()).filter((signal) => signal.instrument === instrument)
      const scoreParts = listScoreParts(found.indicators, signals)
      return { instrument, ...composeScore(scoreParts), parts: scoreParts, signals, ...found }
    },
    follow: (revision, signal) => follow(parts, state, revision, signal),
    measure: (revision, signal) => measure(parts, state, revision, signal),
  } satisfies AnalysisModule & AnalysisUpkeep
}

/** Returns the function that gives the first signals, the same array until the list is another one. */
function createTop(list: () => readonly Signal[]): () => readonly Signal[] {
  let from: readonly Signal[] = []
  let top: readonly Signal[] = []
  return () => {
    const signals = list()
    if (signals !== from) top = signals.slice(0, shownSignals)
    from = signals
    return top
  }
}

function knownInstrument({ instruments }: AnalysisParts, asked: InstrumentId): InstrumentId {
  const instrument = instruments.find(asked)
  if (!instrument) throw new BanyanError('unknown_symbol')
  return instrument.id
}
