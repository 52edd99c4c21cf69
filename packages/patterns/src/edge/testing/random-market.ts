import { type CandleSeries, createCandleSeries, dayMs } from '@banyan/domain'
import { createRandom, normal } from '../../similarity/testing/random-closes.ts'
import type { PatternEvent } from '../edge-table.ts'

/** Returns daily candles from the epoch on, of opens and closes. */
export function seriesOf(candles: readonly (readonly [open: number, close: number])[]): CandleSeries {
  const series = createCandleSeries(candles.length)
  candles.forEach(([open, close], i) => {
    series.time[i] = i * dayMs
    series.open[i] = open
    series.close[i] = close
    series.high[i] = Math.max(open, close)
    series.low[i] = Math.min(open, close)
  })
  return series
}

export interface WalkOptions {
  /** The part of the variance all walks of a market have in common, 0 to 1. */
  readonly shared?: number
  readonly market?: number
  /** Added to a step of 1 % after a fall of more than 2 %. */
  readonly rebound?: number
}

/** Returns a walk without drift in steps of about 1 %, but for the rebound asked for. */
export function randomCandles(length: number, seed: number, { shared = 0, market = 0, rebound = 0 }: WalkOptions = {}) {
  const [own, common] = [createRandom(seed), createRandom(market + 1_000_003)]
  let log = Math.log(500)
  let step = 0
  return seriesOf(
    Array.from({ length }, () => {
      const open = Math.exp(log)
      const drift = step < -0.02 ? rebound : 0
      step = 0.01 * (Math.sqrt(shared) * normal(common) + Math.sqrt(1 - shared) * normal(own)) + drift
      log += step
      return [open, Math.exp(log)] as const
    }),
  )
}

/** Simple rules that look back only, each true or not at a candle; `step(k)` is the return k candles before. */
const rules: Readonly<Record<string, (step: (back: number) => number) => boolean>> = {
  rise: (step) => step(0) > 0.02,
  fall: (step) => step(0) < -0.02,
  threeUp: (step) => step(0) > 0 && step(1) > 0 && step(2) > 0,
  threeDown: (step) => step(0) < 0 && step(1) < 0 && step(2) < 0,
  engulfing: (step) => step(0) > 0 && step(1) < 0 && step(0) > -step(1),
  darkCloud: (step) => step(0) < 0 && step(1) > 0 && -step(0) > step(1) / 2,
  doji: (step) => Math.abs(step(0)) < 0.0005,
  pauseAfterRise: (step) => step(1) > 0.02 && Math.abs(step(0)) < 0.002,
  above5: (step) => step(0) + step(1) + step(2) + step(3) + step(4) > 0.04,
  below5: (step) => step(0) + step(1) + step(2) + step(3) + step(4) < -0.04,
}

/** Returns where the rules held, each as a bullish and as a bearish pattern. */
export function ruleEvents(id: string, { open, close }: CandleSeries): PatternEvent[] {
  const step = (index: number) => (close[index] ?? 0) / (open[index] ?? 0) - 1
  return Array.from(close.subarray(5).keys()).flatMap((i) =>
    Object.entries(rules)
      .filter(([, holds]) => holds((back) => step(i + 5 - back)))
      .flatMap(([pattern]) => [
        { id, index: i + 5, pattern, direction: 'bullish' as const },
        { id, index: i + 5, pattern, direction: 'bearish' as const },
      ]),
  )
}

/** Returns events of 20 patterns at random candles, one in fifty each. */
export function randomEvents(id: string, { close }: CandleSeries, seed: number): PatternEvent[] {
  const random = createRandom(seed)
  return Array.from(close.keys()).flatMap((index) =>
    Array.from({ length: 20 }, (_, i) => i)
      .filter(() => random() < 0.02)
      .map((i) => ({
        id,
        index,
        pattern: `random${i}`,
        direction: i % 2 ? ('bullish' as const) : ('bearish' as const),
      })),
  )
}
