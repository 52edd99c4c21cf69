import { type CandleColumnIndex, type CandleLayout, noColumns } from './candle-layout.ts'
import { toSource } from './candle-source.ts'
import type { Header } from './header.ts'
import { isShareGroup, isShareSeries } from './nse-series.ts'

/** What the bhavcopies share: one session, raw prices. */
const endOfDay = {
  kind: 'candles',
  interval: 'day',
  exchange: 'NSE',
  instrument: null,
  indices: false,
  oneDay: true,
  dayFirst: false,
  isSourceAssumed: false,
  acceptsSeries: isShareSeries,
} as const

/** NSE `sec_bhavdata_full_DDMMYYYY.csv`: cells with leading spaces, `21-Aug-2026` (upstreams.md §5.5, measured). */
export function secBhavdataLayout(header: Header): CandleLayout | null {
  const columns = pick(header, {
    symbol: ['SYMBOL'],
    time: ['DATE1'],
    open: ['OPEN_PRICE'],
    high: ['HIGH_PRICE'],
    low: ['LOW_PRICE'],
    close: ['CLOSE_PRICE'],
    volume: ['TTL_TRD_QNTY'],
  })
  const series = header.find('SERIES')
  if (!columns || series === null) return null
  return { ...endOfDay, width: header.width, source: toSource('nse'), columns: { ...columns, series } }
}

/** NSE `cmDDMONYYYYbhav.csv`, published until 2024-07-05. */
export function cmBhavLayout(header: Header): CandleLayout | null {
  if (!header.has('PREVCLOSE', 'TOTTRDVAL', 'TIMESTAMP')) return null
  const columns = pick(header, {
    symbol: ['SYMBOL'],
    time: ['TIMESTAMP'],
    open: ['OPEN'],
    high: ['HIGH'],
    low: ['LOW'],
    close: ['CLOSE'],
    volume: ['TOTTRDQTY'],
  })
  const series = header.find('SERIES')
  if (!columns || series === null) return null
  const isin = header.find('ISIN')
  return { ...endOfDay, width: header.width, source: toSource('nse'), columns: { ...columns, series, isin } }
}

/** UDiFF `BhavCopy_{NSE,BSE}_CM_…`, since 2024-07-08, read by column name; the first row tells the exchange. */
export function udiffLayout(header: Header, sample: readonly (readonly string[])[]): CandleLayout | null {
  const columns = pick(header, {
    symbol: ['TckrSymb'],
    time: ['TradDt'],
    open: ['OpnPric'],
    high: ['HghPric'],
    low: ['LwPric'],
    close: ['ClsPric'],
    volume: ['TtlTradgVol'],
  })
  const [exchangeColumn, type] = [header.find('Src'), header.find('FinInstrmTp')]
  if (!columns || exchangeColumn === null || type === null) return null
  const isBse = sample[0]?.[exchangeColumn]?.trim().toUpperCase() === 'BSE'
  return {
    ...endOfDay,
    width: header.width,
    exchange: isBse ? 'BSE' : 'NSE',
    source: toSource(isBse ? 'bse' : 'nse'),
    acceptsSeries: isBse ? isShareGroup : isShareSeries,
    columns: {
      ...columns,
      type,
      series: header.find('SctySrs'),
      isin: header.find('ISIN'),
      name: header.find('FinInstrmNm'),
      code: isBse ? header.find('FinInstrmId') : null,
    },
  }
}

/** NSE `ind_close_all_DDMMYYYY.csv`: all indices of one day, `21-08-2026`. */
export function indexCloseAllLayout(header: Header): CandleLayout | null {
  const columns = pick(header, {
    symbol: ['Index Name'],
    time: ['Index Date'],
    open: ['Open Index Value'],
    high: ['High Index Value'],
    low: ['Low Index Value'],
    close: ['Closing Index Value'],
    volume: ['Volume'],
  })
  if (!columns) return null
  return { ...endOfDay, width: header.width, source: toSource('indices'), indices: true, dayFirst: true, columns }
}

type Needed = 'symbol' | 'time' | 'open' | 'high' | 'low' | 'close' | 'volume'

function pick(header: Header, names: Record<Needed, readonly string[]>): CandleColumnIndex | null {
  const at = (name: Needed) => header.find(...names[name])
  const [time, open, high, low, close] = [at('time'), at('open'), at('high'), at('low'), at('close')]
  const symbol = at('symbol')
  if (symbol === null || time === null || open === null || high === null || low === null || close === null) return null
  return { ...noColumns, symbol, time, open, high, low, close, volume: at('volume') }
}
