import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { allPatterns, patternChain } from 'candlestick'
import { init, TAFuncs } from 'talib-web'
import { type CandleSeries, createCandleSeries } from '../packages/domain/src/index.ts'
import { candlestickPatterns, scanCandlesticks } from '../packages/patterns/src/index.ts'
import type { Figure } from './report.ts'
import { median } from './statistics.ts'

const candleCount = 5_000
const scansPerRound = 10
/** Until the compiler has settled, which takes some 300 scans on a busy machine. */
const warmUpScans = 400

/**
 * Measures all 61 candlestick patterns on 5,000 invented candles, on one thread, beside two packages from npm over the same
 * candles in the form each of them wants: talib-web, with the same 61 patterns, and candlestick, with 29 of its own.
 */
export async function benchCandlesticks(rounds: number): Promise<Figure[]> {
  const series = inventCandles(candleCount)
  const scanOurs = () => scanCandlesticks(series).values('CDLXSIDEGAP3METHODS').length
  const scanTalibWeb = await prepareTalibWeb(series)
  const scanCandlestick = prepareCandlestick(series)
  for (let i = 0; i < warmUpScans; i++) scanOurs()
  for (const scanTheirs of [scanTalibWeb, scanCandlestick]) scanTheirs()
  const ours: number[] = []
  const talibWeb: number[] = []
  const candlestick: number[] = []
  for (let i = 0; i < rounds; i++) {
    for (let k = 0; k < scansPerRound; k++) ours.push(timed(scanOurs) / candlestickPatterns.length)
    talibWeb.push(timed(scanTalibWeb) / candlestickPatterns.length)
    candlestick.push(timed(scanCandlestick) / allPatterns.length)
  }
  return [
    figure(median(ours), median(talibWeb), 'talib-web'),
    figure(median(ours), median(candlestick), `candlestick, ${allPatterns.length} patterns`),
  ]
}

function figure(oursNs: number, peerNs: number, peer: string): Figure {
  return {
    what: '61 candlestick patterns over 5,000 candles, ns per pattern and candle',
    ours: oursNs.toFixed(2),
    peer: `${peerNs.toFixed(1)} ${peer}`,
    ratio: (peerNs / oursNs).toFixed(1),
    target: '≤ 6',
    meets: oursNs <= 6,
  }
}

/** Returns a random walk on a grid of 0.05, always the same one. */
function inventCandles(count: number): CandleSeries {
  const random = createRandom(61)
  const onGrid = (price: number) => Math.round(price * 20) / 20
  const series = createCandleSeries(count)
  let last = 1_000
  for (let i = 0; i < count; i++) {
    const open = onGrid(last * (1 + (random() - 0.5) * 0.01))
    const close = onGrid(open * (1 + (random() + random() + random() - 1.5) * 0.02))
    series.time[i] = i * 86_400_000
    series.open[i] = open
    series.high[i] = onGrid(Math.max(open, close) * (1 + random() * 0.01))
    series.low[i] = onGrid(Math.min(open, close) * (1 - random() * 0.01))
    series.close[i] = close
    last = close
  }
  return series
}

/** Returns a generator of numbers from 0 to 1 (excluded): Park and Miller's, with its multiplier of 1988. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

/** Node's fetch, by which talib-web loads its file, takes no path but a data URL. */
async function prepareTalibWeb(series: CandleSeries): Promise<() => number> {
  const wasm = readFileSync(fileURLToPath(import.meta.resolve('talib-web/lib/talib.wasm')))
  await init(`data:application/wasm;base64,${wasm.toString('base64')}`)
  const prices = {
    open: [...series.open],
    high: [...series.high],
    low: [...series.low],
    close: [...series.close],
  }
  return () => candlestickPatterns.reduce((count, { id }) => count + TAFuncs[id](prices).output.length, 0)
}

function prepareCandlestick({ open, high, low, close }: CandleSeries): () => number {
  const candles = Array.from(open, (price, i) => ({
    open: price,
    high: high[i] ?? Number.NaN,
    low: low[i] ?? Number.NaN,
    close: close[i] ?? Number.NaN,
  }))
  return () => patternChain(candles, allPatterns).length
}

/** Returns ns per candle. */
function timed(scan: () => number): number {
  const started = performance.now()
  const found = scan()
  const elapsedMs = performance.now() - started
  if (found === 0) throw new RangeError('a scan found nothing')
  return (elapsedMs * 1e6) / candleCount
}
