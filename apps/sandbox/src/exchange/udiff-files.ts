import { istMidnight, type TradingDate } from '@banyan/domain'
import type { SandboxInstrument, SandboxMarket } from '../core/upstream.ts'
import { isNseCash, type SessionRow, type SessionRowsParts, sessionRows } from './session-rows.ts'
import { plannedExpiry, sharedCells, type UdiffRow, udiffFile } from './udiff.ts'

/** Returns NSE's file of the cash market: all series. */
export function nseCashFile(parts: SessionRowsParts, date: TradingDate): string {
  return udiffFile(sessionRows(parts, date, isNseCash).map((row) => nseCashRow(row, date)))
}

function nseCashRow(row: SessionRow, date: TradingDate): UdiffRow {
  const { name, symbol, series } = row.instrument
  return {
    ...sharedCells(row, date),
    ...{ Sgmt: 'CM', Src: 'NSE', FinInstrmTp: 'STK', TckrSymb: symbol, SctySrs: series ?? '' },
    FinInstrmNm: (name ?? symbol).toUpperCase(),
  }
}

/** Returns NSE's file of derivatives. */
export function nseContractFile(parts: SessionRowsParts, date: TradingDate): string {
  const { market } = parts
  const rows = sessionRows(parts, date, ({ exchange }) => exchange === 'NFO')
  return udiffFile(rows.map((row) => contractRow(row, date, market)))
}

function contractRow(row: SessionRow, date: TradingDate, market: SandboxMarket): UdiffRow {
  const { instrument, openInterest } = row
  const { exchange, name, tradingSymbol, expiry, strike, right, underlying } = instrument
  const followed = underlying === null ? null : market.price(underlying, endOf(date))
  const openBefore = market.price(instrument.id, istMidnight(date))?.openInterest?.now ?? 0
  return {
    ...sharedCells(row, date),
    ...{ Sgmt: 'FO', Src: 'NSE', FinInstrmTp: contractKind(instrument), TckrSymb: name ?? '' },
    // The planned day; where it is a holiday the contract ends earlier.
    XpryDt: expiry === null ? '' : plannedExpiry(expiry, exchange),
    FininstrmActlXpryDt: expiry ?? '',
    StrkPric: strike === null ? '' : strike.toFixed(2),
    OptnTp: right ?? '',
    FinInstrmNm: tradingSymbol,
    UndrlygPric: followed === null ? '' : followed.last.toFixed(2),
    OpnIntrst: openInterest ?? '',
    ChngInOpnIntrst: (openInterest ?? 0) - openBefore,
  }
}

function contractKind({ underlying, right, kind }: SandboxInstrument): string {
  const isOnIndex = underlying !== null && /^(NSE:NIFTY|BSE:SENSEX)/.test(underlying)
  return `${isOnIndex ? 'ID' : 'ST'}${right === null && kind === 'future' ? 'F' : 'O'}`
}

/**
 * Returns BSE's file of the cash market. Of a share with a closing auction `ClsPric` is the last price of continuous trading, and NSE's close
 * stands as `SttlmPric` (upstreams.md §5.1).
 */
export function bseCashFile(parts: SessionRowsParts, date: TradingDate): string {
  const rows = sessionRows(parts, date, ({ exchange, kind }) => exchange === 'BSE' && kind !== 'index')
  return udiffFile(rows.map((row) => bseCashRow(row, date, parts.market)))
}

function bseCashRow(row: SessionRow, date: TradingDate, market: SandboxMarket): UdiffRow {
  const { name, symbol } = row.instrument
  return {
    ...sharedCells(row, date),
    ...{ Sgmt: 'CM', Src: 'BSE', FinInstrmTp: 'STK', TckrSymb: symbol, SctySrs: bseGroup(row) },
    FinInstrmNm: (name ?? symbol).toUpperCase(),
    ...auctionPrices(row.instrument, date, market),
  }
}

/** `A` is the group of the most traded; the limit is invented. */
function bseGroup({ turnover }: SessionRow): string {
  return turnover > 10_000_000 ? 'A' : 'B'
}

function auctionPrices(instrument: SandboxInstrument, date: TradingDate, market: SandboxMarket): UdiffRow {
  const auction = market.calendar.phasesOf(date, 'BSE_CM', 'auction').find(({ phase }) => phase === 'closing_auction')
  const onNse = market.instruments(date).find((other) => other.exchange === 'NSE' && other.isin === instrument.isin)
  if (auction === undefined || onNse === undefined) return {}
  // The others go on trading then.
  const tradesOn = market.candles(onNse.id, 60, auction.from, auction.from + 300_000, endOf(date)).length > 0
  const continuous = market.price(instrument.id, auction.from)
  const official = market.price(onNse.id, endOf(date))
  if (tradesOn || continuous === null || official === null) return {}
  return { ClsPric: continuous.last.toFixed(2), SttlmPric: official.last.toFixed(2) }
}

function endOf(date: TradingDate): number {
  return istMidnight(date) + 20 * 3_600_000
}
