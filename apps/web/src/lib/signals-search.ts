import type { SignalsOptions } from '@banyan/client'

export const directions = ['bullish', 'bearish'] as const
export const timeframes = ['15m', '1h', '1d', '1w'] as const
export const verdicts = ['edge', 'no_measurable_edge', 'too_few_cases'] as const
const edgeSorts = ['lift', 'rate', 'cases', 'name'] as const
const signalSorts = ['symbol', 'pattern', 'direction', 'detected_at', 'confidence', 'interval_low', 'n'] as const
const horizons = ['1', '5', '10', '20'] as const

/** What the address of the signals restores: the filter by the API's own names, and how the catalogue is laid out. */
export interface SignalsSearch {
  symbol?: string
  pattern?: string
  direction?: (typeof directions)[number]
  timeframe?: (typeof timeframes)[number]
  verdict?: (typeof verdicts)[number]
  /** Order of the signals as the API names it, `-` for falling; absent is the server's own: what has an edge first. */
  order?: NonNullable<SignalsOptions['sort']>
  /** Order of the catalogue; absent is `lift`. */
  sort?: Exclude<(typeof edgeSorts)[number], 'lift'>
  /** Bars held in the catalogue; absent is 5. */
  bars?: Exclude<(typeof horizons)[number], '5'>
}

/** Returns what is well-formed in an address and leaves out the rest. */
export function parseSignalsSearch(search: Record<string, unknown>): SignalsSearch {
  const symbol = textOf(search['symbol']).toUpperCase()
  const pattern = textOf(search['pattern'])
  const direction = directions.find((one) => one === search['direction'])
  const timeframe = timeframes.find((one) => one === search['timeframe'])
  const verdict = verdicts.find((one) => one === search['verdict'])
  const order = signalSorts.flatMap((one) => [one, `-${one}`] as const).find((one) => one === search['order'])
  const sort = edgeSorts.find((one) => one === search['sort'])
  const bars = horizons.find((one) => one === search['bars'])
  return {
    ...(symbol === '' ? {} : { symbol }),
    ...(pattern === '' ? {} : { pattern }),
    ...(direction === undefined ? {} : { direction }),
    ...(timeframe === undefined ? {} : { timeframe }),
    ...(verdict === undefined ? {} : { verdict }),
    ...(order === undefined ? {} : { order }),
    ...(sort === undefined || sort === 'lift' ? {} : { sort }),
    ...(bars === undefined || bars === '5' ? {} : { bars }),
  }
}

/** Returns the part of the address that filters the signals. */
export function filterOf({ order: _order, sort: _sort, bars: _bars, ...filter }: SignalsSearch) {
  return filter satisfies SignalsOptions
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')
