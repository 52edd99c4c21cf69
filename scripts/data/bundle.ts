import type { BundleFile } from './bundle-file.ts'
import { writeCandles } from './candle-row.ts'
import { writeRows } from './csv-rows.ts'
import { buildDailySeries, writeDailySeries } from './daily-candles.ts'
import { listDecisions, writeAdjustments, writeBasis, writeDecisions } from './daily-decisions.ts'
import { buildIndexSeries, writeIndexSeries } from './index-candles.ts'
import { listInstruments, writeInstruments } from './instrument-list.ts'
import { buildMinuteBars } from './minute-bars.ts'
import { checkBasis } from './price-basis.ts'
import { buildTicks, lastPrices, writeTicks } from './recorded-ticks.ts'
import { nifty50, replayDate } from './replay-day.ts'
import { type SourceFile, type SourceTexts, sourceFiles } from './source-files.ts'

/** Returns every generated file of the bundle. Throws when an input contradicts a decision or the price basis. */
export function buildBundle(texts: SourceTexts): BundleFile[] {
  const daily = buildDailySeries(texts.eod2Daily)
  const nse = buildIndexSeries(texts.indexDaily, 'nse:eod2')
  const bse = buildIndexSeries(texts.indexDaily, 'bse:habibsain')
  const ticks = buildTicks(texts.ticks)
  checkBasis(
    new Map(daily.map((series) => [series.symbol, series.rows.at(-1)?.close ?? Number.NaN])),
    lastPrices(ticks),
  )

  const withRows = new Set([
    ...nse.filter((one) => one.rows.length > 0).map((one) => one.symbol),
    ...lastPrices(ticks).keys(),
  ])
  return [
    gplFile('daily.csv.gz', writeDailySeries(daily), [sourceFiles.eod2Daily], dailyTreatment(daily.length)),
    gplFile(
      'adjustments.csv',
      writeAdjustments(),
      [sourceFiles.eod2Daily],
      'splits and bonus issues the upstream missed',
    ),
    gplFile(
      'basis.csv',
      writeBasis(),
      [sourceFiles.eod2Daily, sourceFiles.ticks],
      'factors put on the rows of daily.csv',
    ),
    gplFile(
      'decisions.csv',
      writeDecisions(listDecisions(daily, nse)),
      [sourceFiles.eod2Daily, sourceFiles.indexDaily],
      'every step over 25 % and what was decided, cut series, rows left out',
    ),
    gplFile(
      'indices.csv.gz',
      writeIndexSeries(nse),
      [sourceFiles.indexDaily],
      `rows up to ${replayDate}, names mapped, impossible bars left out`,
    ),
    gplFile(
      'minutes.csv.gz',
      writeCandles(['symbol', 'timestamp'], buildMinuteBars(texts.minutes)),
      [sourceFiles.minutes],
      'the six fullest sessions, without the count of ticks',
    ),
    gplFile(
      `ticks-${replayDate}.csv.gz`,
      writeTicks(ticks),
      [sourceFiles.ticks],
      'all rows, ordered by symbol and time, volume the running maximum, names mapped',
    ),
    { ...bseIndexFile(writeIndexSeries(bse)), treatment: `rows up to ${replayDate}` },
    identityFile(
      'instruments.csv',
      writeInstruments(listInstruments(texts.companies, texts.scripCodes, withRows)),
      [sourceFiles.companies, sourceFiles.scripCodes],
      'symbol, company, ISIN, series, industry, scrip code; bundled indices and shares the list no longer has',
    ),
    identityFile(
      `nifty50-${replayDate}.csv`,
      writeRows(
        ['index', 'symbol'],
        nifty50.map((symbol) => ({ index: 'NIFTY 50', symbol })),
      ),
      [sourceFiles.ticks],
      'the names of the 50 shares whose ticks were recorded',
    ),
  ]
}

function gplFile(name: string, text: string, sources: readonly SourceFile[], treatment: string): BundleFile {
  return { folder: 'gpl-3.0', name, text, rows: countRows(text), sources, treatment }
}

function identityFile(name: string, text: string, sources: readonly SourceFile[], treatment: string): BundleFile {
  return { folder: 'identity', name, text, rows: countRows(text), sources, treatment }
}

function bseIndexFile(text: string): Omit<BundleFile, 'treatment'> {
  const source: SourceFile = {
    ...sourceFiles.indexDaily,
    repository: 'habibsain/Index-Option',
    commit: '9c779d8',
    originalPath: '`SENSEX.csv` and `CSVForDate 2.csv` (BANKEX)',
    mapping:
      'as index,date,open,high,low,close,volume,source with source bse:habibsain; other rows of the file are ignored',
    licence: 'MIT',
  }
  return { folder: 'mit', name: 'indices.csv.gz', text, rows: countRows(text), sources: [source] }
}

function dailyTreatment(symbols: number): string {
  return `${symbols} shares from 1998 to ${replayDate}; cut as decisions.csv says, prices times basis.csv, volume as traded`
}

function countRows(text: string): number {
  return text.split('\n').length - 2
}
