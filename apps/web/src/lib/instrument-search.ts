import { type Interval, parseSearch, type Range, type ViewSearch } from './view.ts'

/** The lines the page can compute from the candles. */
export const studies = [
  { value: 'sma20', label: 'SMA 20', name: 'Simple average of 20 closes' },
  { value: 'sma50', label: 'SMA 50', name: 'Simple average of 50 closes' },
  { value: 'sma200', label: 'SMA 200', name: 'Simple average of 200 closes' },
  { value: 'ema20', label: 'EMA 20', name: 'Exponential average of 20 closes' },
  { value: 'rsi14', label: 'RSI 14', name: 'Relative strength index of 14 closes' },
] as const
export type Study = (typeof studies)[number]['value']

/** What the address of an instrument's page restores besides the instrument: `?int=week&r=max&with=sma20,rsi14&show=nr7.bullish&like=NSE:UPL`. */
export interface InstrumentSearch {
  int?: Interval
  r?: Range
  adj?: 'raw'
  /** Studies drawn, joined by commas. */
  with?: string
  /** Keys of the findings drawn, joined by commas; empty draws none, absent those the page chooses. */
  show?: string
  /** Past stretch laid over the chart: instrument and last day, `NSE:UPL@2014-11-18`. */
  like?: string
}

/** Returns what is well-formed in an address and leaves out the rest. */
export function parseInstrumentSearch(search: Record<string, unknown>): InstrumentSearch {
  const { i: _instrument, ...view }: ViewSearch = parseSearch(search)
  const drawn = studiesOf(textOf(search['with']))
  const like = textOf(search['like'])
  return {
    ...view,
    ...(drawn.length === 0 ? {} : { with: drawn.join(',') }),
    ...(typeof search['show'] === 'string' ? { show: search['show'] } : {}),
    ...(/^[A-Z]+:.+@\d{4}-\d{2}-\d{2}$/.test(like) ? { like } : {}),
  }
}

/** Returns the studies a list names, in the page's order. */
export function studiesOf(list: string | undefined): readonly Study[] {
  const named = (list ?? '').split(',')
  return studies.map(({ value }) => value).filter((value) => named.includes(value))
}

/** Returns the address's list with `value` added, or taken out where it is in it. */
export function toggled(list: readonly string[], value: string): string {
  return (list.includes(value) ? list.filter((one) => one !== value) : [...list, value]).join(',')
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
