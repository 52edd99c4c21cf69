import {
  dayMs,
  type EpochMs,
  istOffsetMs,
  type StoredInterval,
  storedIntervals,
  type TradingDate,
} from '@banyan/domain'
import { type Bar, type BatchBuilder, createBatchBuilder } from './batch-builder.ts'
import { findImpossible } from './candle-checks.ts'
import { type CandleInstruments, createCandleInstruments } from './candle-instruments.ts'
import type { CandleLayout } from './candle-layout.ts'
import { type SourceDefinition, toSource } from './candle-source.ts'
import { createTimeParser, dateInName, parseNumber } from './cell-values.ts'
import { createDuplicateGuard } from './duplicate-guard.ts'
import { ImportFileError } from './import-file-error.ts'
import type { InstrumentLookup } from './instrument-lookup.ts'
import { createOneDayRule, type OneDayRule } from './one-day-rule.ts'
import { type Rejection, rejection, shown } from './rejection.ts'

/** Turns rows of a candle file into checked bars in batches, one builder per source. */
export interface CandleRows {
  readonly instruments: CandleInstruments
  readonly builders: readonly BatchBuilder[]
  /** The session of an end-of-day file once a row told it; null for other files. */
  tradingDate(): TradingDate | null
  /** Takes a row: null when it was added to a builder, else why it is rejected. */
  take(cells: readonly string[]): Rejection | null
  /** Returns the builder that must be written before the next row, or null. */
  full(): BatchBuilder | null
}

/** More sources than a column of sources has: the column is not one. */
const maxSources = 64
/** Before the first Indian exchange was founded (1875) there is no bar; a year of 0024 is a misread date. */
const earliest = Date.UTC(1875, 0, 1)

export function createCandleRows(
  layout: CandleLayout,
  context: { readonly name: string; readonly now: EpochMs; readonly lookup: InstrumentLookup },
): CandleRows {
  const instruments = createCandleInstruments(layout, context.lookup)
  const oneDay: OneDayRule | null = layout.oneDay ? createOneDayRule(dateInName(context.name)) : null
  const sources = createSources(layout)
  const isNew = createBarGuard(layout.interval)
  const readTime = createTimeReader(layout, context.now)
  const bar: Bar = { time: 0, open: 0, high: 0, low: 0, close: 0, volume: 0 }
  let full: BatchBuilder | null = null

  const take = (cells: readonly string[]): Rejection | null => {
    const refused = refuseRow(cells, layout)
    if (refused !== null) return refused
    const time = readTime(cells)
    if (typeof time !== 'number') return time
    const wrongDay = oneDay?.check(time) ?? null
    if (wrongDay !== null) return wrongDay
    const instrument = instruments.numberOf(cells)
    if (typeof instrument !== 'number') return instrument
    const builder = sources.of(cells)
    if (!('add' in builder)) return builder
    bar.time = time
    const impossible = readPrices(cells, layout, bar)
    if (impossible !== null) return impossible
    if (!isNew(instrument, sources.indexOf(builder), time))
      return rejection('duplicate', 'a row for this time was read before')
    builder.add(instrument, bar)
    if (builder.isFull()) full = builder
    return null
  }
  return {
    instruments,
    builders: sources.builders,
    tradingDate: () => oneDay?.date() ?? null,
    take,
    full() {
      const due = full
      full = null
      return due
    },
  }
}

function refuseRow(cells: readonly string[], layout: CandleLayout): Rejection | null {
  if (cells.length > layout.width && cells.slice(layout.width).some((cell) => cell.trim() !== '')) {
    return rejection('unparsable', `${cells.length} cells under ${layout.width} columns`)
  }
  const { type, series } = layout.columns
  const kind = type === null ? 'STK' : (cells[type] ?? '').trim()
  if (kind !== 'STK') return rejection('not_an_instrument', `instrument type ${shown(kind)}`)
  const written = series === null ? null : (cells[series] ?? '').trim()
  if (written !== null && !layout.acceptsSeries(written)) return rejection('unknown_series', `series ${shown(written)}`)
  return null
}

/** Returns a reader of a row's opening time: 00:00 IST for a day, else a whole bar, and never after now. */
function createTimeReader(layout: CandleLayout, now: EpochMs): (cells: readonly string[]) => EpochMs | Rejection {
  const parse = createTimeParser({ dayFirst: layout.dayFirst })
  const step = storedIntervals[layout.interval] * 60_000
  return (cells) => {
    const cell = cells[layout.columns.time] ?? ''
    const instant = parse(cell)
    if (Number.isNaN(instant) || instant < earliest) {
      return cell.trim() === '' ? rejection('missing_value', 'no date') : rejection('unparsable', `date ${shown(cell)}`)
    }
    const opening = Math.floor((instant + istOffsetMs) / step) * step - istOffsetMs
    if (layout.interval !== 'day' && opening !== instant) {
      return rejection('unparsable', `${shown(cell)} does not begin a bar of ${layout.interval}`)
    }
    return opening > now ? rejection('future_date', `date ${shown(cell)}`) : opening
  }
}

/** Fills the bar's prices and volume, or says what is wrong with them. A file without a volume column, and an index, has volume 0. */
function readPrices(cells: readonly string[], layout: CandleLayout, bar: Bar): Rejection | null {
  const { open, high, low, close, volume } = layout.columns
  for (const [name, column] of [
    ['open', open],
    ['high', high],
    ['low', low],
    ['close', close],
  ] as const) {
    const value = parseNumber(cells[column] ?? '')
    if (value === null) return rejection('missing_value', `no ${name}`)
    if (Number.isNaN(value)) return rejection('unparsable', `${name} ${shown(cells[column] ?? '')}`)
    bar[name] = value
  }
  const traded = volume === null ? 0 : parseNumber(cells[volume] ?? '')
  if (traded === null && !layout.indices) return rejection('missing_value', 'no volume')
  if (Number.isNaN(traded) || Math.abs(traded ?? 0) > Number.MAX_SAFE_INTEGER) {
    return rejection('unparsable', `volume ${shown(cells[volume ?? -1] ?? '')}`)
  }
  bar.volume = traded ?? 0
  return findImpossible(bar.open, bar.high, bar.low, bar.close, bar.volume)
}

function createBarGuard(interval: StoredInterval) {
  const guard = createDuplicateGuard()
  const step = interval === 'day' ? dayMs : storedIntervals[interval] * 60_000
  return (instrument: number, source: number, time: EpochMs) =>
    guard.isNew(instrument * maxSources + source, (time + istOffsetMs) / step)
}

/** The builders of a file, one per source its rows name. */
function createSources(layout: CandleLayout) {
  const builders: BatchBuilder[] = []
  const byCell = new Map<string, BatchBuilder>()
  const enter = (source: SourceDefinition): BatchBuilder => {
    const known = builders.find((builder) => builder.source.id === source.id)
    if (known) return known
    if (builders.length === maxSources)
      throw new ImportFileError('malformed', `The file names more than ${maxSources} sources.`)
    const builder = createBatchBuilder(source, layout.interval)
    builders.push(builder)
    return builder
  }
  const fixed = layout.source === null ? null : enter(layout.source)
  const of = (cells: readonly string[]): BatchBuilder | Rejection => {
    if (fixed !== null) return fixed
    const cell = cells[layout.columns.source ?? -1] ?? ''
    const known = byCell.get(cell)
    if (known) return known
    const source = toSource(cell)
    if (source === null)
      return cell.trim() === ''
        ? rejection('missing_value', 'no source')
        : rejection('unparsable', `source ${shown(cell)}`)
    const builder = enter(source)
    if (byCell.size < maxSources) byCell.set(Buffer.from(cell).toString(), builder)
    return builder
  }
  return { builders, of, indexOf: (builder: BatchBuilder) => builders.indexOf(builder) }
}
