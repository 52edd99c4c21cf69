import { setImmediate } from 'node:timers/promises'
import type { EpochMs } from '@banyan/domain'
import { calibrateEdges, createEdgeTally, type EdgeTally, judgeEdges } from '@banyan/patterns'
import type { Calibration, Edge, EdgeRules } from './analysis-face.ts'
import type { AnalysisJobs, SeriesEvents } from './analysis-jobs.ts'
import type { JobTools } from './candle-reader.ts'
import { decodeEvents } from './encoded-events.ts'
import { listSeriesEvents } from './series-events.ts'
import { historyStart, signalHorizon, type Timeframe, timeframes } from './timeframe.ts'

/** Instruments a colleague is given at once: some megabytes come back. */
const colleagueShare = 8

/**
 * Measures every pattern on every timeframe over the instruments' history; all timeframes are judged as one search. Patterns are sought on this
 * thread and on a colleague's, who takes from the list's other end; cases are counted here, series by series, so that few of them are in memory.
 */
export async function tallyEdges(
  { openReader, openColleague }: JobTools,
  { moment, instruments, rules }: AnalysisJobs['edges']['input'],
  onProgress: (done: number) => void,
): Promise<AnalysisJobs['edges']['output']> {
  const counting = createCounting(rules, moment.now, onProgress)
  const left = [...instruments]
  const reader = openReader(moment)
  const seekHere = async () => {
    for (let instrument = left.shift(); instrument !== undefined; instrument = left.shift()) {
      counting.add(await listSeriesEvents({ ...reader, instrument, moment }), 1)
      await setImmediate() // what the colleague found waits for its turn
    }
  }
  const colleague = openColleague?.() ?? null
  const seekThere = async () => {
    for (let some = left.splice(-colleagueShare); colleague && some.length > 0; some = left.splice(-colleagueShare))
      counting.add(await colleague.run('events', { moment, instruments: some }), some.length)
  }
  try {
    await Promise.all(colleague === null ? [seekHere()] : [seekHere(), seekThere()])
  } finally {
    await colleague?.end()
  }
  return counting.judge()
}

function createCounting(rules: EdgeRules, now: EpochMs, onProgress: (done: number) => void) {
  const tallies = new Map<Timeframe, EdgeTally>(timeframes.map((timeframe) => [timeframe, createEdgeTally(rules)]))
  const pasts = calibrated.map((timeframe) => createPast(timeframe, rules, now))
  const used = new Set<string>()
  let [series, candles, done] = [0, 0, 0]
  return {
    add(found: readonly SeriesEvents[], instruments: number) {
      for (const each of found) {
        const [id, events] = [String(series++), decodeEvents(each.events)]
        tallies.get(each.timeframe)?.add(id, each.series, events)
        pasts.find(({ timeframe }) => timeframe === each.timeframe)?.tally.add(id, each.series, events)
        candles += each.series.time.length
        used.add(each.instrument)
      }
      done += instruments
      onProgress(done)
    },
    judge() {
      const tables = judgeEdges([...tallies.values()])
      const edges = timeframes.flatMap((timeframe, i) => (tables[i] ?? []).map((row): Edge => ({ timeframe, ...row })))
      const calibration = pasts.flatMap((past) => calibrate(tallies.get(past.timeframe), past))
      return { edges, calibration, instruments: used.size, candles }
    },
  }
}

/** The others reach back too little to be cut in two. */
const calibrated = ['day', 'week'] as const satisfies readonly Timeframe[]

/** What was known of a timeframe when two thirds of its history were over. */
function createPast(timeframe: Timeframe, rules: EdgeRules, now: EpochMs) {
  const split = now - Math.round((now - historyStart(timeframe, now)) / 3)
  return { timeframe, split, tally: createEdgeTally({ ...rules, horizons: [signalHorizon], asOf: split }) }
}

function calibrate(
  whole: EdgeTally | undefined,
  { timeframe, split, tally }: ReturnType<typeof createPast>,
): Calibration[] {
  const horizon = signalHorizon
  const bins = whole ? calibrateEdges(whole, tally, { horizon, split }) : []
  return bins.length === 0 ? [] : [{ timeframe, horizon, split, bins }]
}
