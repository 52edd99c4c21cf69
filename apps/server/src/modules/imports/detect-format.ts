import { type AdjustmentReader, adjustmentReader } from './adjustment-rows.ts'
import type { CandleLayout } from './candle-layout.ts'
import { type SourceDefinition, toSource } from './candle-source.ts'
import { cmBhavLayout, indexCloseAllLayout, secBhavdataLayout, udiffLayout } from './exchange-layouts.ts'
import { createHeader, type Header } from './header.ts'
import { ImportFileError } from './import-file-error.ts'
import type { ImportFormat } from './import-format.ts'
import type { ImportOptions } from './import-options.ts'
import { banyanListReader } from './lists/banyan-list.ts'
import { constituentsReader } from './lists/constituents.ts'
import type { FactReader } from './lists/fact.ts'
import { iciciMasterReader } from './lists/icici-master.ts'
import { kiteListReader } from './lists/kite-list.ts'
import { symbolMapReader } from './lists/symbol-map.ts'
import { ohlcvLayout } from './ohlcv-layout.ts'

/** How a file is read. `skip` is a file we know and do not import; `sentence` says why. */
export type FileShape =
  | { readonly format: ImportFormat; readonly read: CandleLayout }
  | { readonly format: ImportFormat; readonly read: { readonly kind: 'instruments'; readonly reader: FactReader } }
  | {
      readonly format: 'adjustments'
      readonly read: {
        readonly kind: 'adjustments'
        readonly reader: AdjustmentReader
        readonly source: SourceDefinition | null
      }
    }
  | { readonly format: null; readonly skip: string }

export interface FileHead {
  readonly name: string
  readonly header: readonly string[]
  /** The first data rows. */
  readonly sample: readonly (readonly string[])[]
  readonly now: number
}

const expected =
  'expected an NSE or BSE bhavcopy, an index file, a table with date, open, high, low and close, ' +
  'an instrument list (Kite, ICICI, index members, Banyan) or adjustment factors'

/** Returns how to read a file by its header. Throws {@link ImportFileError} when no format fits or an option is missing. */
export function detectFormat(head: FileHead, options: ImportOptions): FileShape {
  const header = createHeader(head.header)
  return (
    detectList(header) ??
    detectAdjustments(header, head, options) ??
    detectCandles(header, head, options) ??
    detectOther(header) ??
    refuse(head.header)
  )
}

function detectList(header: Header): FileShape | null {
  const readers = [
    ['instruments-kite', kiteListReader],
    ['instruments-icici', iciciMasterReader],
    ['constituents', constituentsReader],
    ['instruments-banyan', banyanListReader],
    ['symbol-map', symbolMapReader],
  ] as const
  for (const [format, createReader] of readers) {
    const reader = createReader(header)
    if (reader !== null) return { format, read: { kind: 'instruments', reader } }
  }
  return null
}

/** Factors explain steps of raw exchange prices, so they belong to NSE's files unless `--source` names another. */
function detectAdjustments(header: Header, head: FileHead, options: ImportOptions): FileShape | null {
  const reader = adjustmentReader(header, head.name, head.now)
  if (reader === null) return null
  return { format: 'adjustments', read: { kind: 'adjustments', reader, source: toSource(options.source ?? 'nse') } }
}

function detectCandles(header: Header, head: FileHead, options: ImportOptions): FileShape | null {
  const exchangeFile =
    named('nse-sec-bhavdata', secBhavdataLayout(header)) ??
    named('nse-cm-bhav', cmBhavLayout(header)) ??
    named('udiff', udiffLayout(header, head.sample)) ??
    named('index-close-all', indexCloseAllLayout(header))
  if (exchangeFile === null) return named('ohlcv', ohlcvLayout(header, head.sample, options))
  if (options.source === null) return exchangeFile
  return { ...exchangeFile, read: { ...exchangeFile.read, source: toSource(options.source) } }
}

function named(format: ImportFormat, read: CandleLayout | null) {
  return read === null ? null : { format, read }
}

/** Lists that look like market data and are none: taking them for candles would invent prices. */
function detectOther(header: Header): FileShape | null {
  if (header.has('symbol', 'date', 'close', 'ret'))
    return skip('A list of price steps is derived from candles and is not candles.')
  if (header.has('date', 'rows', 'kind')) return skip('A list of bad dates is derived from candles and is not candles.')
  if (header.has('symbol', 'timestamp', 'ltp')) return skip('Ticks are not candles; the replay reads them itself.')
  if (header.width === 2 && header.has('index', 'symbol'))
    return skip('Lists of index members by index are not imported.')
  if (header.has('ohlc_bad', 'source', 'index'))
    return skip('A list of checks is derived from candles and is not candles.')
  if (header.has('Token', 'InstrumentName', 'ExpiryDate', 'StrikePrice')) {
    return skip("ICICI's derivative masters carry no exchange symbols; derivatives come from the Kite list.")
  }
  return null
}

function skip(sentence: string): FileShape {
  return { format: null, skip: sentence }
}

function refuse(header: readonly string[]): never {
  const columns = header.slice(0, 6).map((cell) =>
    cell
      .trim()
      .slice(0, 20)
      .replace(/[^\x20-\x7e]/g, '?'),
  )
  throw new ImportFileError('unknown_format', `The format is not known (columns ${columns.join(', ')}…): ${expected}.`)
}
