import { type CandleSeries, createCandleSeries, dayMs } from '@banyan/domain'

const stepsPerCandle = 4

/** Returns numbers from 0 (included) to 1 (excluded) that are the same for the same seed: a 32-bit xorshift. */
export function seededChance(seed: number): () => number {
  let state = (seed ^ 0x9e3779b9) | 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}

/**
 * Returns candles of a multiplicative walk without drift from 100; each is made of a few steps, so that its range fits its
 * body, and some open with a gap. `stepPct` is the standard deviation of a step; prices are rounded to `tick` (0: not at all).
 */
export function randomWalk(length: number, seed: number, { stepPct = 1, tick = 0 } = {}): CandleSeries {
  const series = createCandleSeries(length)
  const chance = seededChance(seed)
  let exact = 100
  const rounded = () => (tick > 0 ? Math.max(1, Math.round(exact / tick)) * tick : exact)
  const step = () => {
    exact *= Math.exp(((chance() + chance() + chance() - 1.5) * stepPct) / 50)
    return rounded()
  }
  for (let i = 0; i < length; i++) {
    if (chance() < 0.1) step()
    const prices = [rounded(), ...Array.from({ length: stepsPerCandle }, step)]
    series.time[i] = i * dayMs
    series.open[i] = prices[0] ?? exact
    series.high[i] = Math.max(...prices)
    series.low[i] = Math.min(...prices)
    series.close[i] = prices.at(-1) ?? exact
    series.volume[i] = Math.floor(1000 + 9000 * chance())
  }
  return series
}
