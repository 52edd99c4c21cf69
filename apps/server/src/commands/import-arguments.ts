import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type InstrumentId, parseInstrumentId, type StoredInterval, storedIntervals } from '@banyan/domain'
import { candleColumns, type ImportOptions, isSourceId } from '../modules/imports/index.ts'

/** What `npm run import -- …` was asked for. */
export interface ImportArguments {
  /** Absolute. */
  readonly paths: readonly string[]
  readonly options: ImportOptions
  /** Rejected rows make the import fail. */
  readonly strict: boolean
  /** Where rejected rows are written as CSV, absolute; null for nowhere. */
  readonly rejectsFile: string | null
  readonly help: boolean
}

/** Arguments that make no sense; the message is a sentence for the person who typed them. Exit code 64. */
export class ArgumentError extends Error {
  override readonly name = 'ArgumentError'
}

export const importHelp = `npm run import -- <file|folder|zip>… [options]

Imports end-of-day files of NSE and BSE, index files, tables of candles, instrument lists and adjustment factors.
Files may be plain, .gz or .zip; of a folder every .csv, .txt, .gz and .zip file is read, in order of names.
A file is stored whole or not at all; one that was imported before is left alone, so an import that was stopped is run again.

  --source ID           file the candles under this source (nse, bse, indices, eod2, yahoo, or a word of yours);
                        default: by the format, csv for a plain table. A table whose source nobody named may
                        add rows but not change stored ones: name it, so that raw and adjusted prices do not mix
  --interval INTERVAL   day, 1minute or 5minute; default: what the timestamps tell
  --symbol NSE:ITC      the instrument of a file without a symbol column
  --exchange NSE|BSE    exchange of bare symbols; default NSE
  --map COLUMN=NAME     the file's name for one of ${candleColumns.join(', ')}; may be repeated:
                        --map "close=Adj Close"
  --again               read files again that were imported before
  --strict              end with 65 when rows were rejected
  --rejects FILE        write every rejected row to this CSV file: file, line, reason, detail
  --help                show this

Timestamps without an offset are read as IST. Prices are stored as the file gives them; nothing is repaired.

Exit codes: 0 all good (rejected rows are counted and shown) · 1 a file failed or nothing was found · 2 data folder in use
3 data folder not usable · 64 arguments not understood · 65 rows rejected under --strict · 78 configuration refused · 130 interrupted
`

/** Returns what the arguments ask for. Throws {@link ArgumentError}. Relative paths are taken from `folder`. */
export function parseImportArguments(argv: readonly string[], folder: string): ImportArguments {
  const { values, positionals } = parse(argv)
  if (positionals.length === 0 && values.help !== true)
    throw new ArgumentError('Name at least one file, folder or zip; see --help.')
  return {
    paths: positionals.map((path) => resolve(folder, path)),
    options: {
      source: parseSource(values.source),
      interval: parseInterval(values.interval),
      symbol: parseSymbol(values.symbol),
      exchange: parseExchange(values.exchange),
      columns: new Map((values.map ?? []).map(parseColumn)),
      again: values.again === true,
    },
    strict: values.strict === true,
    rejectsFile: values.rejects === undefined ? null : resolve(folder, values.rejects),
    help: values.help === true,
  }
}

const known = {
  source: { type: 'string' },
  interval: { type: 'string' },
  symbol: { type: 'string' },
  exchange: { type: 'string' },
  map: { type: 'string', multiple: true },
  again: { type: 'boolean' },
  strict: { type: 'boolean' },
  rejects: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: known, allowPositionals: true })
  } catch (cause) {
    throw new ArgumentError(cause instanceof Error ? `${cause.message.split('. ')[0]}; see --help.` : 'See --help.', {
      cause,
    })
  }
}

function parseSource(text: string | undefined): string | null {
  if (text === undefined) return null
  if (!isSourceId(text)) throw new ArgumentError('--source must be 1–40 letters, digits, and . : _ - after the first.')
  return text.toLowerCase()
}

function parseInterval(text: string | undefined): StoredInterval | null {
  if (text === undefined) return null
  const found = (Object.keys(storedIntervals) as StoredInterval[]).find((interval) => interval === text)
  if (found === undefined)
    throw new ArgumentError(`--interval must be one of ${Object.keys(storedIntervals).join(', ')}.`)
  return found
}

function parseSymbol(text: string | undefined): InstrumentId | null {
  if (text === undefined) return null
  const id = parseInstrumentId(text)
  if (id === null) throw new ArgumentError('--symbol must be an instrument such as NSE:ITC.')
  return id
}

function parseExchange(text: string | undefined): ImportOptions['exchange'] {
  if (text === undefined || text === 'NSE' || text === 'BSE') return text ?? 'NSE'
  throw new ArgumentError('--exchange must be NSE or BSE.')
}

function parseColumn(text: string) {
  const at = text.indexOf('=')
  const column = candleColumns.find((one) => one === text.slice(0, at))
  const name = text.slice(at + 1).trim()
  if (at < 0 || column === undefined || name === '') {
    throw new ArgumentError(`--map must be COLUMN=NAME with one of ${candleColumns.join(', ')}.`)
  }
  return [column, name] as const
}
