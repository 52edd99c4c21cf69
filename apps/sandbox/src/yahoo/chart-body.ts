import { istDate, type TradingDate } from '@banyan/domain'
import type { SandboxInstrument, SandboxPrice } from '../core/upstream.ts'
import { type AskedRange, validRanges } from './asked-range.ts'
import { openingOf, type YahooBar } from './daily-bars.ts'
import { adjustedCloses, dividendsIn } from './dividends.ts'

export interface ChartParts {
  /** As it was asked for. */
  readonly symbol: string
  readonly instrument: SandboxInstrument
  readonly price: SandboxPrice
  readonly bars: readonly YahooBar[]
  readonly asked: AskedRange
  /** Close before the first of the bars. */
  readonly previousClose: number
  readonly wantsDividends: boolean
}

/** Returns the body of a good answer. */
export function chartBody(parts: ChartParts): object {
  const { bars, price, instrument } = parts
  const column = (name: Exclude<keyof YahooBar, 'date' | 'volume'>) => bars.map((bar) => asFloat(bar[name]))
  const today = istDate(price.lastTradeAt)
  const closes = instrument.kind === 'index' ? bars.map(({ close }) => close) : adjustedCloses(bars, today)
  const quote = {
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: bars.map(({ volume }) => volume),
  }
  const result = {
    meta: metaOf(parts),
    // A range without a bar has no such member.
    ...(bars.length === 0 ? {} : { timestamp: bars.map(({ date }) => openingSeconds(date)) }),
    ...eventsOf(parts),
    indicators:
      bars.length === 0
        ? { quote: [{}], adjclose: [{}] }
        : { quote: [quote], adjclose: [{ adjclose: closes.map(asFloat) }] },
  }
  return { chart: { result: [result], error: null } }
}

function metaOf({ symbol, instrument, price, asked, previousClose }: ChartParts): object {
  return {
    currency: 'INR',
    symbol,
    exchangeName: instrument.exchange === 'NSE' ? 'NSI' : 'BSE',
    fullExchangeName: instrument.exchange,
    instrumentType: instrument.kind === 'index' ? 'INDEX' : 'EQUITY',
    firstTradeDate: openingSeconds(instrument.listedOn),
    regularMarketTime: Math.floor(price.lastTradeAt / 1000),
    hasPrePostMarketData: false,
    gmtoffset: 19_800,
    timezone: 'IST',
    exchangeTimezoneName: 'Asia/Kolkata',
    regularMarketPrice: price.last,
    regularMarketDayHigh: price.high,
    regularMarketDayLow: price.low,
    regularMarketVolume: price.volume,
    longName: instrument.name,
    shortName: (instrument.name ?? instrument.symbol).toUpperCase(),
    chartPreviousClose: Math.round(previousClose * 100) / 100,
    priceHint: 2,
    dataGranularity: '1d',
    range: asked.name,
    validRanges,
  }
}

function eventsOf({ bars, instrument, wantsDividends }: ChartParts): object {
  const paid = wantsDividends && instrument.kind !== 'index' ? dividendsIn(bars) : []
  if (paid.length === 0) return {}
  const dividends = paid.map(({ date, amount }) => {
    const at = openingSeconds(date)
    return [at, { amount, date: at }] as const
  })
  return { events: { dividends: Object.fromEntries(dividends) } }
}

function openingSeconds(date: TradingDate): number {
  return openingOf(date) / 1000
}

/** Yahoo keeps its series in 32 bits: 1414.1 is 1414.0999755859375. */
function asFloat(price: number | null): number | null {
  return price === null ? null : Math.fround(price)
}
