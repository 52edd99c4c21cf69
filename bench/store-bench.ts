import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { temporaryFolder } from '../acceptance/banyan-process.ts'
import { createSystemClock } from '../apps/server/src/infra/clock.ts'
import { createCandleStore } from '../apps/server/src/infra/database/candle-store.ts'
import { createInstrumentStore } from '../apps/server/src/infra/database/instrument-store.ts'
import { openDatabase } from '../apps/server/src/infra/database/open-database.ts'
import { createInstrumentsModule } from '../apps/server/src/modules/instruments/index.ts'
import { istMidnight } from '../packages/domain/src/index.ts'
import { barsPerSymbol, writeBenchFile } from './bench-file.ts'
import { type Figure, round } from './report.ts'
import { median, percentile } from './statistics.ts'

const importCommand = fileURLToPath(new URL('../apps/server/src/commands/import.ts', import.meta.url))

/** Measures the import command end to end, then reading back what it stored. Peers: node:sqlite with nothing around it. */
export async function benchStore(plan: { symbols: number; reads: number }): Promise<Figure[]> {
  const home = temporaryFolder('banyan-bench-')
  try {
    const file = join(home.path, 'bench.csv.gz')
    const rows = await writeBenchFile(file, plan.symbols)
    const run = await runImport(file, home.path)
    const bareS = bareInsert(file, join(home.path, 'bare.db'))
    const ours = rows / run.seconds
    const peer = rows / bareS
    return [
      {
        what: `import of ${round(rows)} rows, rows/s`,
        ours: round(ours),
        peer: `${round(peer)} bare gunzip, split and insert`,
        ratio: (ours / peer).toFixed(2),
        target: '≥ 2,00,000',
        meets: ours >= 200_000,
      },
      {
        what: 'import, peak RSS MB',
        ours: run.peakRssMb > 0 ? round(run.peakRssMb) : 'not told by this system',
        peer: '',
        ratio: '',
        target: '< 300',
        meets: run.peakRssMb > 0 ? run.peakRssMb < 300 : null,
      },
      ...(await benchReads(home.path, plan.reads)),
    ]
  } finally {
    home.remove()
  }
}

async function runImport(file: string, homeDir: string): Promise<{ seconds: number; peakRssMb: number }> {
  const started = performance.now()
  const child = spawn(process.execPath, [importCommand, file, '--source', 'bench'], {
    env: { PATH: process.env['PATH'], BANYAN_HOME: homeDir },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  let peakRssMb = 0
  const watch = setInterval(() => {
    peakRssMb = Math.max(peakRssMb, peakRssOf(child.pid))
  }, 50)
  const code = await new Promise<number | null>((resolve) => {
    child.once('close', resolve)
  })
  clearInterval(watch)
  if (code !== 0) throw new Error(`the import ended with exit code ${code}`)
  return { seconds: (performance.now() - started) / 1000, peakRssMb }
}

/** Returns the high-water mark Linux keeps, 0 where there is none. */
function peakRssOf(pid: number | undefined): number {
  try {
    // A process that has just ended still has a status, without this line.
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0 // the process has just ended
  }
}

/** The least any importer must do: unpack, split, convert, insert in one transaction into the same shape of table. */
function bareInsert(file: string, path: string): number {
  const started = performance.now()
  const database = new DatabaseSync(path)
  database.exec('pragma journal_mode = wal; pragma synchronous = full')
  database.exec(
    'create table candles (instrument integer, ts integer, o real, h real, l real, c real, v real, primary key (instrument, ts)) strict, without rowid',
  )
  const insert = database.prepare('insert into candles values (?, ?, ?, ?, ?, ?, ?)')
  database.exec('begin immediate')
  const keys = new Map<string, number>()
  for (const line of gunzipSync(readFileSync(file)).toString('latin1').split('\n').slice(1)) {
    const [symbol, date, open, high, low, close, volume] = line.split(',')
    if (!symbol || !date) continue
    const key = keys.get(symbol) ?? keys.size
    keys.set(symbol, key)
    insert.run(key, istMidnight(date), Number(open), Number(high), Number(low), Number(close), Number(volume))
  }
  database.exec('commit')
  database.close()
  return (performance.now() - started) / 1000
}

async function benchReads(homeDir: string, reads: number): Promise<Figure[]> {
  const database = await openDatabase(
    { kind: 'sqlite', homeDir },
    { clock: createSystemClock(), onBackgroundError: failLoudly },
  )
  try {
    const instruments = createInstrumentsModule({ store: createInstrumentStore(database) })
    await instruments.refresh()
    const keys = instruments.list().map((instrument) => instrument.key)
    const store = createCandleStore(database)
    const [extent] = await store.listExtents(keys[0] ?? 0)
    if (!extent) throw new Error('the benchmark imported nothing')
    const read = (i: number, limit: number) =>
      store.readCandles({
        instrumentKey: keys[i % keys.length] ?? 0,
        sourceKey: extent.source.key,
        interval: 'day',
        from: 0,
        to: Number.MAX_SAFE_INTEGER,
        limit,
      })
    const bare = createBareRead(join(homeDir, 'banyan.db'), extent.source.key)
    return [
      await compareReads('2,500 daily candles', 2_500, 3),
      await compareReads('26 years of daily candles', barsPerSymbol, null),
    ]

    async function compareReads(what: string, limit: number, targetMs: number | null): Promise<Figure> {
      const ours: number[] = []
      const peer: number[] = []
      for (let i = 0; i < reads; i++) {
        ours.push(
          await timed(
            () => read(i, limit),
            (series) => series.time.length === limit,
          ),
        )
        peer.push(
          await timed(
            () => bare(keys[i % keys.length] ?? 0, limit),
            (rows) => rows.length === limit,
          ),
        )
      }
      const oursMs = median(ours)
      const text = `${oursMs.toFixed(2)} (p99 ${percentile(ours, 0.99).toFixed(2)})`
      return {
        what: `${what}, ms`,
        ours: text,
        peer: `${median(peer).toFixed(2)} bare node:sqlite objects`,
        ratio: (median(peer) / oursMs).toFixed(2),
        target: targetMs === null ? '' : `< ${targetMs}`,
        meets: targetMs === null ? null : oursMs < targetMs,
      }
    }
  } finally {
    await database.close()
  }
}

function createBareRead(path: string, sourceKey: number): (key: number, limit: number) => Promise<readonly unknown[]> {
  const statement = new DatabaseSync(path, { readOnly: true }).prepare(
    'select ts, open, high, low, close, volume from candles where instrument_key = ? and interval_min = 1440 and source_key = ? order by ts desc limit ?',
  )
  return async (key, limit) => statement.all(key, sourceKey, limit)
}

async function timed<T>(work: () => Promise<T>, check: (result: T) => boolean): Promise<number> {
  const started = performance.now()
  const result = await work()
  const elapsedMs = performance.now() - started
  if (!check(result)) throw new Error('the benchmark read something else than it stored')
  return elapsedMs
}

function failLoudly(error: Error): void {
  throw error
}
