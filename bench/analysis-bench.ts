import { fileURLToPath } from 'node:url'
import { temporaryFolder } from '../acceptance/banyan-process.ts'
import { openDatabase } from '../apps/server/src/infra/database/open-database.ts'
import { openImportStore } from '../apps/server/src/infra/database/open-import-store.ts'
import { batchOf, factOf, fileOf } from '../apps/server/src/infra/database/testing/candle-batches.ts'
import { testEnvironment } from '../apps/server/src/infra/database/testing/open-stores.ts'
import { createWorkerPool } from '../apps/server/src/infra/workers/worker-pool.ts'
import { createEdgeRules } from '../apps/server/src/modules/analysis/edge-rules.ts'
import type { AnalysisWorkerData } from '../apps/server/src/startup/analysis-reader.ts'
import { toWorkers } from '../apps/server/src/startup/open-analysis.ts'
import { addDays, instrumentId, istMidnight, weekday } from '../packages/domain/src/index.ts'
import { randomWalk } from '../packages/patterns/src/formations/testing/random-walk.ts'
import { type Figure, round } from './report.ts'

/** Ten years of days. */
const candles = 2_500
const lastDay = '2021-06-08'
const distinctWalks = 50
const targetS = 30
const targetRssMb = 1_024

/**
 * Measures the nightly measurement of all edges, as the server runs it: candles read from SQLite, all candlesticks and formations on days and weeks,
 * every case counted and judged, on two threads. Then the same on a quarter of the instruments, for its growth.
 */
export async function benchAnalysis({ instruments }: { instruments: number }): Promise<Figure[]> {
  const home = temporaryFolder('banyan-bench-')
  try {
    const symbols = Array.from({ length: instruments }, (_, i) => `WALK${i}`)
    await storeWalks(home.path, symbols)
    const few = await measure(home.path, symbols.slice(0, Math.ceil(instruments / 4)))
    const all = await measure(home.path, symbols)
    const isFullSize = instruments >= 2_000
    return [
      figure(`nightly scan of ${round(instruments)} instruments × ${round(candles)} days, s`, {
        ours: all.seconds.toFixed(1),
        target: isFullSize ? `≤ ${targetS}` : '',
        meets: isFullSize ? all.seconds <= targetS : null,
      }),
      figure('nightly scan, peak RSS MB', {
        ours: round(all.peakRssMb),
        target: `≤ ${round(targetRssMb)}`,
        meets: all.peakRssMb <= targetRssMb,
      }),
      figure('nightly scan of 4 times the instruments, times as long', {
        ours: (all.seconds / few.seconds).toFixed(2),
        target: 'about 4',
        meets: all.seconds / few.seconds <= 5,
      }),
    ]
  } finally {
    home.remove()
  }
}

function figure(what: string, { ours, target, meets }: Pick<Figure, 'ours' | 'target' | 'meets'>): Figure {
  return { what, ours, peer: '', ratio: '', target, meets }
}

async function storeWalks(homeDir: string, symbols: readonly string[]): Promise<void> {
  const options = { kind: 'sqlite', homeDir } as const
  const database = await openDatabase(options, testEnvironment)
  await database.close()
  const store = await openImportStore(options, testEnvironment)
  const tx = await store.begin()
  const keys = await tx.putInstruments(symbols.map((symbol) => factOf(symbol)))
  const source = await tx.putSource({ id: 'bench', rank: 10, note: null })
  const times = weekdaysUntil(lastDay, candles).map((date) => istMidnight(date))
  const walks = Array.from({ length: distinctWalks }, (_, seed) => randomWalk(candles, seed))
  for (const [i] of symbols.entries()) {
    const walk = walks[i % distinctWalks] ?? randomWalk(candles, i)
    const batch = batchOf(times.map((time) => ({ instrument: i, time, close: 100 })))
    await tx.putCandles({ ...batch, ...walk, time: batch.time }, keys, source)
  }
  await tx.commit(fileOf({ sourceId: 'bench' }))
  await store.close()
}

function weekdaysUntil(last: string, count: number): readonly string[] {
  const dates: string[] = []
  for (let date = last; dates.length < count; date = addDays(date, -1))
    if (weekday(date) !== 0 && weekday(date) !== 6) dates.push(date)
  return dates.toReversed()
}

async function measure(homeDir: string, symbols: readonly string[]): Promise<{ seconds: number; peakRssMb: number }> {
  const calendar = fileURLToPath(new URL('../data/calendar/nse.json', import.meta.url))
  const workerData: AnalysisWorkerData = {
    database: { kind: 'sqlite', homeDir },
    calendarFiles: [calendar, `${homeDir}/calendar.json`],
  }
  const pool = createWorkerPool({
    script: new URL('../apps/server/src/startup/analysis.worker.ts', import.meta.url),
    workerData,
    threads: 1,
    backgroundThreads: 1,
    waiting: 1,
    onDeath(error) {
      throw error
    },
  })
  let peakRssMb = 0
  const watch = setInterval(() => {
    peakRssMb = Math.max(peakRssMb, process.memoryUsage.rss() / 1024 ** 2)
  }, 50)
  const started = performance.now()
  const { candles: read } = await toWorkers(pool).run(
    'edges',
    {
      moment: { mode: 'replay', recordedDate: '2021-06-09', now: istMidnight('2021-06-09') },
      instruments: symbols.map((symbol) => instrumentId('NSE', symbol)),
      rules: createEdgeRules(50),
    },
    { priority: 'background', timeoutMs: 600_000 },
  )
  const seconds = (performance.now() - started) / 1_000
  clearInterval(watch)
  await pool.close()
  if (read < symbols.length * candles) throw new Error(`The scan read ${read} candles only.`)
  return { seconds, peakRssMb }
}
