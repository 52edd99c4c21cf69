import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sha256, unpack } from './packing.ts'

/** A file the bundle is made from, and how somebody else can make the same file from what its authors published. */
export interface SourceFile {
  /** Path inside the folder given with `--from`. */
  readonly path: string
  readonly sha256: string
  /** Repository on github.com and commit. */
  readonly repository: string
  readonly commit: string
  /** The files of that commit which were used. */
  readonly originalPath: string
  /** What turns them into the file read here. */
  readonly mapping: string
  readonly licence: string
}

const eod2 = {
  repository: 'BennyThadikaran/eod2',
  commit: 'parent of 2477bd85a',
  licence: 'GPL-3.0',
}
const nseData = {
  repository: 'ShabbirHasan1/NSE-Data',
  commit: '0ad28e9',
  originalPath:
    '`Live NSE Tick Data/`, one file per symbol and day (such as `NSE Index Tick Data/28. 10-May-2021/NIFTY_AUTO2021-05-10_.csv`)',
  licence: 'GPL-3.0',
}
const indexLists = { repository: 'rehmahahmed/nse-bhavcopy-data', commit: '3f903a7', licence: 'identity facts' }

/** Every input, by the name the script knows it by. */
export const sourceFiles = {
  eod2Daily: {
    ...eod2,
    path: 'daily/eod2_nse_1995_2023-05.csv.gz',
    sha256: '1848e24295fc6ca661ebe493bd19b6eae891a845806fa02328f87b4c96cebb18',
    originalPath: '`daily/SYMBOL.csv`, the name in lower case',
    mapping:
      'the files of 115 large companies (Date,O,H,L,C,V), one after the other, with a first column symbol in upper case, as symbol,date,open,high,low,close,volume',
  },
  indexDaily: {
    ...eod2,
    path: 'index/index_daily.csv.gz',
    sha256: '0d155ec1c1bbc8f6120469c746b47c24bda79580c36097574e448c4544f88261',
    originalPath: '`daily/INDEX.csv`, the name in lower case',
    mapping:
      'as index,date,open,high,low,close,volume,source with source nse:eod2; and with source bse:habibsain SENSEX.csv and "CSVForDate 2.csv" (BANKEX) of habibsain/Index-Option @9c779d8 (MIT). Other rows of the file are ignored',
  },
  minutes: {
    ...nseData,
    path: 'intraday/minute_from_ticks_2021-05-10_2021-06-11.csv.gz',
    sha256: '2f5b0a9d4be52018dec2c6c951f6fff305ed32b6fe94185b00fb53568c9d82e5',
    mapping:
      'recorded ticks of each session gathered into bars by the minute they fall in, as symbol,timestamp,open,high,low,close,volume,ticks',
  },
  ticks: {
    ...nseData,
    path: 'intraday/ticks_2021-06-09_nifty50_indices.csv.gz',
    sha256: '5cbe716dbfc3bd77f6deb30c5e1a86138d48dc05cf19e9f9c720071f9dc8b38f',
    mapping: 'the files of 2021-06-09 one after the other, as symbol,timestamp,ltp,volume in the recorded order',
  },
  companies: {
    ...indexLists,
    path: 'constituents/nifty750list_2026-08.csv',
    sha256: 'fe68e4cbf7eb9d68633835bb9145960bf13e3fb0206f8d1ea3bbb2c3854e78cb',
    originalPath: 'the NIFTY 750 list in the index provider’s own format',
    mapping: 'unchanged',
  },
  scripCodes: {
    ...indexLists,
    path: 'instruments/symbol_map_nifty750.csv',
    sha256: '7cc20473d61e2f372d620e1ccb8bb63b97334be4cb8b59711092a0fe5d2858d1',
    originalPath: 'the NIFTY 750 list',
    mapping:
      'joined by ISIN with BSE’s scrip codes; only the columns isin and bse_scrip_code are read, so any list with these two will do (with --unverified)',
  },
} as const satisfies Record<string, SourceFile>

export type SourceTexts = Readonly<Record<keyof typeof sourceFiles, string>>

/**
 * Returns the unpacked text of every input. Throws when a file is missing, or when its bytes are not the ones named above and
 * `verify` is set.
 */
export function readSources(folder: string, options: { readonly verify: boolean }): SourceTexts {
  const read = (source: SourceFile) => {
    const bytes = readFileSync(join(folder, source.path))
    if (options.verify && sha256(bytes) !== source.sha256) {
      throw new Error(`${source.path} is not the file the bundle was made from; --unverified takes it all the same.`)
    }
    return unpack(source.path, bytes)
  }
  return {
    eod2Daily: read(sourceFiles.eod2Daily),
    indexDaily: read(sourceFiles.indexDaily),
    minutes: read(sourceFiles.minutes),
    ticks: read(sourceFiles.ticks),
    companies: read(sourceFiles.companies),
    scripCodes: read(sourceFiles.scripCodes),
  }
}
