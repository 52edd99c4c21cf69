import type { FormationLine, NamedAnchor } from './formation.ts'
import type { Parameter } from './formation-definition.ts'
import { type Market, valueAt } from './market.ts'
import type { Side } from './swing.ts'

/** A stretch of prices between two neighbouring candles at which nothing was traded. Side 1 opens upwards. */
export interface Gap {
  readonly index: number
  readonly side: Side
  /** Edge of the candle before the gap, and of the candle after it. */
  readonly near: number
  readonly far: number
  /** Average range before the gap. */
  readonly range: number
}

/** The candles before a gap: whether they rested or ran. Reads up to the candle before it. */
export interface Approach {
  readonly highest: number
  readonly lowest: number
  readonly start: number
  /** How far the closes went in the gap's direction, in price. */
  readonly run: number
}

export const gapParameters = {
  size: { value: 0.25, unit: 'ATR', reason: 'Least gap: smaller ones are the step of a tick.' },
  lookback: {
    value: 20,
    unit: 'candles',
    reason: 'Candles before the gap that tell a rest from a run: a month of days.',
  },
  run: {
    value: 4,
    unit: 'ATR',
    reason: 'Least run of closes over these candles: a walk goes about three average ranges as often as not.',
  },
  rest: { value: 5, unit: 'ATR', reason: 'Widest range of these candles that still is a rest: about that of a walk.' },
} as const satisfies Record<string, Parameter>

/** Returns the gap before candle `index`; null when there is none or too few candles lie before it. */
export function gapAt({ series: { high, low }, atr }: Market, index: number): Gap | null {
  if (index <= gapParameters.lookback.value) return null
  const rising = valueAt(low, index) - valueAt(high, index - 1)
  const falling = valueAt(low, index - 1) - valueAt(high, index)
  const size = Math.max(rising, falling)
  if (size <= 0) return null
  const range = valueAt(atr, index - 1)
  if (range <= 0 || size < gapParameters.size.value * range) return null
  return rising > 0
    ? { index, side: 1, near: valueAt(high, index - 1), far: valueAt(low, index), range }
    : { index, side: -1, near: valueAt(low, index - 1), far: valueAt(high, index), range }
}

export function approachOf({ series: { high, low, close } }: Market, { index, side }: Gap): Approach {
  const start = index - gapParameters.lookback.value
  let [highest, lowest] = [valueAt(high, start), valueAt(low, start)]
  for (let i = start + 1; i < index; i++) {
    highest = Math.max(highest, valueAt(high, i))
    lowest = Math.min(lowest, valueAt(low, i))
  }
  const run = side * (valueAt(close, index - 1) - valueAt(close, start - 1))
  return { highest, lowest, start, run }
}

/** Returns whether the gap left the range of the candles before it on its own side. */
export function leavesRange({ side, far }: Gap, { highest, lowest }: Approach): boolean {
  return side === 1 ? far > highest : far < lowest
}

/** Returns whether the gap goes further into a run instead of ending a rest. */
export function continuesRun(gap: Gap, approach: Approach): boolean {
  const { highest, lowest, run } = approach
  const wasRest = highest - lowest <= gapParameters.rest.value * gap.range
  return leavesRange(gap, approach) && !wasRest && run >= gapParameters.run.value * gap.range
}

/** Returns the volume on a gap's candle against twice the mean of the candles before it, 0 to 1; 0 when volumes are unknown. */
export function volumeShare({ series: { volume } }: Market, { index }: Gap, { start }: Approach): number {
  let mean = 0
  for (let i = start; i < index; i++) mean += valueAt(volume, i) / (index - start)
  const share = valueAt(volume, index) / (2 * mean)
  return share >= 0 && share < Number.POSITIVE_INFINITY ? Math.min(1, share) : 0
}

export function gapAnchors({ index, near, far }: Gap): NamedAnchor[] {
  return [
    { index: index - 1, price: near, role: 'near_edge' },
    { index, price: far, role: 'far_edge' },
  ]
}

export function gapLines({ index, near, far }: Gap): FormationLine[] {
  return [near, far].map((price, i) => ({
    from: { index: index - 1, price },
    to: { index, price },
    role: i === 0 ? 'near_edge' : 'far_edge',
  }))
}
