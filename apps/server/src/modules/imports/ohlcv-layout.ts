import { dayMs, istTimeOfDayMs, type StoredInterval } from '@banyan/domain'
import { type CandleLayout, noColumns } from './candle-layout.ts'
import { type SourceDefinition, sourceOfTables, toSource } from './candle-source.ts'
import { createTimeParser } from './cell-values.ts'
import type { Header } from './header.ts'
import { ImportFileError } from './import-file-error.ts'
import type { CandleColumn, ImportOptions } from './import-options.ts'
import { findIndex } from './index-names.ts'

const names: Record<CandleColumn, readonly string[]> = {
  symbol: [
    'symbol',
    'ticker',
    'tradingsymbol',
    'trading symbol',
    'instrument',
    'scrip',
    'index',
    'index name',
    'stock',
  ],
  time: ['timestamp', 'datetime', 'date time', 'date', 'time', 'trade date', 'index date'],
  open: ['open', 'open price', 'o'],
  high: ['high', 'high price', 'h'],
  low: ['low', 'low price', 'l'],
  close: ['close', 'close price', 'c'],
  volume: ['volume', 'vol', 'v', 'traded volume', 'quantity'],
  source: ['source'],
}

/**
 * Returns how to read a table of candles with any column order and spelling, or null when it is none: it needs a date and the
 * four prices. Throws `needs_option` when only the user can tell what is missing.
 */
export function ohlcvLayout(
  header: Header,
  sample: readonly (readonly string[])[],
  options: ImportOptions,
): CandleLayout | null {
  const at = (column: CandleColumn) => findColumn(header, column, options)
  const [time, open, high, low, close] = [at('time'), at('open'), at('high'), at('low'), at('close')]
  if (time === null || open === null || high === null || low === null || close === null) return null
  const symbol = options.symbol === null ? at('symbol') : null
  if (symbol === null && options.symbol === null) {
    throw new ImportFileError(
      'needs_option',
      'The file has no symbol column; say which instrument it holds: --symbol NSE:ITC.',
    )
  }
  const source = at('source')
  return {
    kind: 'candles',
    interval: options.interval ?? inferInterval(sample, symbol, time),
    columns: { ...noColumns, symbol, time, open, high, low, close, volume: at('volume'), source },
    width: header.width,
    exchange: options.exchange,
    instrument: options.symbol,
    indices: isIndexFile(header, symbol, options),
    oneDay: false,
    dayFirst: false,
    source: sourceOf(source, options),
    isSourceAssumed: options.source === null && source === null,
    acceptsSeries: () => true,
  }
}

function isIndexFile(header: Header, symbol: number | null, options: ImportOptions): boolean {
  if (options.symbol !== null) return findIndex(options.symbol.slice(4)) !== null
  return symbol === header.find('index', 'index name')
}

/** Null when the rows name their sources. */
function sourceOf(column: number | null, options: ImportOptions): SourceDefinition | null {
  if (options.source !== null) return toSource(options.source)
  return column === null ? toSource(sourceOfTables) : null
}

function findColumn(header: Header, column: CandleColumn, options: ImportOptions): number | null {
  const mapped = options.columns.get(column)
  if (mapped === undefined) return header.find(...names[column])
  const found = header.find(mapped)
  if (found === null) {
    throw new ImportFileError('needs_option', `The file has no column "${mapped}", which --map names for ${column}.`)
  }
  return found
}

/** Returns `day` when all sampled times are midnights, else the smallest step between neighbours of one symbol. */
function inferInterval(sample: readonly (readonly string[])[], symbol: number | null, time: number): StoredInterval {
  const parse = createTimeParser({ dayFirst: false })
  let smallest = Number.POSITIVE_INFINITY
  let onlyDays = true
  let previous: { name: string | undefined; at: number } | null = null
  for (const row of sample) {
    const at = parse(row[time] ?? '')
    const name = symbol === null ? undefined : row[symbol]
    if (Number.isNaN(at)) continue
    if (istTimeOfDayMs(at) !== 0) onlyDays = false
    const step = previous?.name === name ? Math.abs(at - (previous?.at ?? at)) : 0
    if (step > 0) smallest = Math.min(smallest, step)
    previous = { name, at }
  }
  if (onlyDays) return 'day'
  if (smallest === 60_000) return '1minute'
  if (smallest === 300_000) return '5minute'
  const told = smallest < dayMs ? `its bars lie ${smallest / 60_000} minutes apart` : 'its rows do not tell'
  throw new ImportFileError(
    'needs_option',
    `The interval is not clear, ${told}: say --interval day, 1minute or 5minute.`,
  )
}
