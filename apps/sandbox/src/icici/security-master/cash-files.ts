import type { SandboxInstrument } from '../../core/upstream.ts'
import type { BreezeCodes, CashExchange, CodedInstrument } from '../breeze-codes.ts'
import { bseColumns, nseColumns } from './master-columns.ts'
import { type MasterRow, masterFile } from './master-file.ts'
import { oddNseRows } from './odd-rows.ts'

/** Returns `NSEScripMaster.txt`. A space stands before the names of its columns. */
export function nseFile({ cash }: BreezeCodes): string {
  const rows = listedOn('NSE', cash).map(({ instrument, code }, i) => nseRow(instrument, code, i))
  return masterFile(nseColumns, [...rows, ...oddNseRows()], ' ')
}

/** Returns `BSEScripMaster.txt`; `priceOf` tells the last close, which stands where the tick size belongs. */
export function bseFile({ cash }: BreezeCodes, priceOf: (id: string) => number | null): string {
  const rows = listedOn('BSE', cash).map(({ instrument, code }) =>
    bseRow(instrument, code, priceOf(instrument.id) ?? 0),
  )
  return masterFile(bseColumns, rows)
}

function listedOn(exchange: CashExchange, cash: readonly CodedInstrument[]): readonly CodedInstrument[] {
  return cash.filter(({ instrument }) => instrument.exchange === exchange)
}

/** The vendor's symbol of an index is cut; its whole name stands where shares have their number. */
const indexSymbolLength = 12
/** One token in so many is not the exchange's. */
const wrongTokenEvery = 25

function nseRow(instrument: SandboxInstrument, code: string, place: number): MasterRow {
  const isIndex = instrument.kind === 'index'
  const token = instrument.exchangeToken + (place % wrongTokenEvery === wrongTokenEvery - 1 ? 1 : 0)
  return {
    Token: isIndex ? instrument.symbol : String(token),
    ShortName: code,
    Series: isIndex ? '0' : (instrument.series ?? ''),
    CompanyName: nameOf(instrument),
    ticksize: 0.01,
    Lotsize: 1,
    FaceValue: isIndex ? 0 : 10,
    ISINCode: instrument.isin ?? '',
    ExchangeCode: isIndex ? instrument.symbol.slice(0, indexSymbolLength) : instrument.symbol,
  }
}

function bseRow(instrument: SandboxInstrument, code: string, lastClose: number): MasterRow {
  const isIndex = instrument.kind === 'index'
  const token = isIndex ? instrument.symbol : String(instrument.exchangeToken)
  return {
    Token: token,
    ShortName: code,
    Series: 'DR',
    CompanyName: isIndex ? `BSE ${instrument.symbol}` : nameOf(instrument),
    TickSize: isIndex ? 0 : lastClose,
    LotSize: 1,
    ScripCode: isIndex ? `9999${String(instrument.exchangeToken).padStart(2, '0')}` : token,
    ScripID: isIndex ? '' : instrument.symbol,
    ScripName: nameOf(instrument),
    FaceValue: isIndex ? 0 : 10,
    ISINCode: instrument.isin ?? '',
    ExchangeCode: instrument.symbol,
  }
}

function nameOf({ name, symbol }: SandboxInstrument): string {
  return (name ?? symbol).toUpperCase()
}
