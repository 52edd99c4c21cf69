import type { MatchesReply } from '@banyan/client'

export type Spread = MatchesReply['followed'][number]

/** Places a change in per cent after so many bars in the drawing. */
export interface FanScale {
  readonly x: (bars: number) => number
  readonly y: (percent: number) => number
  /** Rounded per cents worth a line, lowest first; 0 is among them. */
  readonly ticks: readonly number[]
}

const steps = [1, 2, 5, 10, 20, 50]

/** Returns a scale for a box of `width` × `height` that holds every point of the spreads, and 0. */
export function fanScale(spreads: readonly Spread[], width: number, height: number): FanScale {
  const points = [0, ...spreads.flatMap(({ points: own }) => own ?? [])]
  const [low, high] = [Math.min(...points), Math.max(...points)]
  const reach = Math.max(...spreads.map(({ bars }) => bars), 1)
  const span = Math.max(high - low, 1)
  const step = steps.find((one) => span / one <= 6) ?? 100
  const [bottom, top] = [Math.floor(low / step) * step, Math.ceil(high / step) * step]
  const whole = Math.max(top - bottom, step)
  return {
    x: (bars) => (bars / reach) * width,
    y: (percent) => height - ((percent - bottom) / whole) * height,
    ticks: Array.from({ length: Math.round(whole / step) + 1 }, (_, i) => bottom + i * step),
  }
}

/** Places of the quantiles in `points`. */
const quantiles = { p10: 0, p25: 1, p50: 2, p75: 3, p90: 4 } as const
export type Quantile = keyof typeof quantiles

/** Returns the path of one quantile, from no change now to the last spread. */
export function quantilePath(spreads: readonly Spread[], quantile: Quantile, scale: FanScale): string {
  return pathOf(corners(spreads, quantile), scale)
}

/** Returns the closed path between two quantiles. */
export function bandPath(
  spreads: readonly Spread[],
  [low, high]: readonly [Quantile, Quantile],
  scale: FanScale,
): string {
  const upper = corners(spreads, high)
  return upper.length < 2 ? '' : `${pathOf([...upper, ...corners(spreads, low).reverse()], scale)}Z`
}

type Corner = readonly [bars: number, percent: number]

function corners(spreads: readonly Spread[], quantile: Quantile): Corner[] {
  const known = spreads.flatMap(({ bars, points }): Corner[] => {
    const percent = points?.[quantiles[quantile]]
    return percent === undefined ? [] : [[bars, percent]]
  })
  return [[0, 0], ...known]
}

const pathOf = (line: readonly Corner[], { x, y }: FanScale): string =>
  line.map(([bars, percent], i) => `${i === 0 ? 'M' : 'L'}${x(bars).toFixed(1)} ${y(percent).toFixed(1)}`).join('')
