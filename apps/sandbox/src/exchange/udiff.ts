import { addDays, type TradingDate, weekday } from '@banyan/domain'
import { csvText } from './csv-text.ts'
import type { SessionRow } from './session-rows.ts'

const columns = [
  ...['TradDt', 'BizDt', 'Sgmt', 'Src', 'FinInstrmTp', 'FinInstrmId', 'ISIN', 'TckrSymb', 'SctySrs', 'XpryDt'],
  ...['FininstrmActlXpryDt', 'StrkPric', 'OptnTp', 'FinInstrmNm', 'OpnPric', 'HghPric', 'LwPric', 'ClsPric'],
  ...['LastPric', 'PrvsClsgPric', 'UndrlygPric', 'SttlmPric', 'OpnIntrst', 'ChngInOpnIntrst', 'TtlTradgVol'],
  ...['TtlTrfVal', 'TtlNbOfTxsExctd', 'SsnId', 'NewBrdLotQty', 'Rmks', 'Rsvd1', 'Rsvd2', 'Rsvd3', 'Rsvd4'],
] as const

export type UdiffRow = Readonly<Partial<Record<(typeof columns)[number], string | number>>>

/** Returns a file of the exchanges' common format; a column a row does not name stays blank. */
export function udiffFile(rows: readonly UdiffRow[]): string {
  return csvText([columns, ...rows.map((row) => columns.map((name) => row[name] ?? ''))])
}

/** Returns what the rows of cash and derivatives have in common; values are in rupees. */
export function sharedCells(row: SessionRow, date: TradingDate): UdiffRow {
  const { instrument, prevClose, open, high, low, close, volume, turnover, trades } = row
  const price = (value: number) => value.toFixed(2)
  return {
    TradDt: date,
    BizDt: date,
    FinInstrmId: instrument.exchangeToken,
    ISIN: instrument.isin ?? '',
    OpnPric: price(open),
    HghPric: price(high),
    LwPric: price(low),
    ClsPric: price(close),
    LastPric: price(close),
    PrvsClsgPric: price(prevClose),
    SttlmPric: price(close),
    TtlTradgVol: volume,
    TtlTrfVal: turnover.toFixed(2),
    TtlNbOfTxsExctd: trades,
    SsnId: 'F1',
    NewBrdLotQty: instrument.lotSize,
  }
}

/** Returns the day a contract was planned to end: the weekday its exchange ends contracts on. Where that is a holiday it ends earlier. */
export function plannedExpiry(expiry: TradingDate, exchange: string): TradingDate {
  const endsOn = exchange === 'BFO' ? 4 : 2
  return addDays(expiry, (endsOn - weekday(expiry) + 7) % 7)
}
