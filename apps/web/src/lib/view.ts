import type { CandlesOptions } from '@banyan/client'

export type Interval = NonNullable<CandlesOptions['interval']>

export const intervals: readonly { readonly value: Interval; readonly label: string; readonly name: string }[] = [
  { value: '1minute', label: '1m', name: '1 minute' },
  { value: '5minute', label: '5m', name: '5 minutes' },
  { value: '15minute', label: '15m', name: '15 minutes' },
  { value: '30minute', label: '30m', name: '30 minutes' },
  { value: '60minute', label: '1h', name: '1 hour' },
  { value: 'day', label: 'D', name: '1 day' },
  { value: 'week', label: 'W', name: '1 week' },
  { value: 'month', label: 'M', name: '1 month' },
]

export type Range = '1d' | '5d' | '1m' | '6m' | '1y' | '5y' | 'max'

/** `days` are calendar days before the market's date; null means from the beginning. */
export const ranges: readonly {
  readonly value: Range
  readonly label: string
  readonly name: string
  readonly days: number | null
}[] = [
  { value: '1d', label: '1D', name: '1 day', days: 0 },
  { value: '5d', label: '5D', name: '5 days', days: 6 },
  { value: '1m', label: '1M', name: '1 month', days: 31 },
  { value: '6m', label: '6M', name: '6 months', days: 183 },
  { value: '1y', label: '1Y', name: '1 year', days: 365 },
  { value: '5y', label: '5Y', name: '5 years', days: 1826 },
  { value: 'max', label: 'Max', name: 'Everything', days: null },
]

/** The part of the screen that the address restores: `?i=NSE:TCS&int=day&r=1y&adj=raw`. */
export interface View {
  readonly instrument: string
  readonly interval: Interval
  readonly range: Range
  readonly adjusted: boolean
}

export interface ViewSearch {
  i?: string
  int?: Interval
  r?: Range
  adj?: 'raw'
}

const defaultInstrument = 'NSE:NIFTY 50'
const defaultInterval: Interval = 'day'

/** Returns the range an interval opens with: about one screen of candles. */
export function defaultRange(interval: Interval): Range {
  if (interval === '1minute') return '1d'
  if (interval === '5minute') return '5d'
  if (interval.endsWith('minute')) return '1m'
  if (interval === 'day') return '1y'
  return interval === 'week' ? '5y' : 'max'
}

/** Returns what is well-formed in an address and leaves out the rest, so that a mistyped address still opens. */
export function parseSearch(search: Record<string, unknown>): ViewSearch {
  const interval = intervals.find(({ value }) => value === search['int'])?.value
  const range = ranges.find(({ value }) => value === search['r'])?.value
  const instrument = typeof search['i'] === 'string' ? search['i'].trim().toUpperCase() : ''
  return {
    ...(instrument === '' ? {} : { i: instrument.includes(':') ? instrument : `NSE:${instrument}` }),
    ...(interval === undefined ? {} : { int: interval }),
    ...(range === undefined ? {} : { r: range }),
    ...(search['adj'] === 'raw' ? { adj: 'raw' as const } : {}),
  }
}

/** Returns the view of an address, its gaps filled with the defaults. */
export function viewOf(search: ViewSearch): View {
  const interval = search.int ?? defaultInterval
  return {
    instrument: search.i ?? defaultInstrument,
    interval,
    range: search.r ?? defaultRange(interval),
    adjusted: search.adj !== 'raw',
  }
}

/** Returns the address of a view; a range that is the interval's own is left out. */
export function searchOf(view: View): ViewSearch {
  return {
    i: view.instrument,
    int: view.interval,
    ...(view.range === defaultRange(view.interval) ? {} : { r: view.range }),
    ...(view.adjusted ? {} : { adj: 'raw' as const }),
  }
}
