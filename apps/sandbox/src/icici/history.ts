import { dayMs, type EpochMs, istMidnight } from '@banyan/domain'
import type { SandboxAnswer, SandboxBar, SandboxInstrument, SandboxInterval, SandboxMarket } from '../core/upstream.ts'
import { type BreezeCodes, cashExchanges } from './breeze-codes.ts'
import { refusal, refusals, success } from './envelope.ts'
import { candleTime, parseHistoryTime } from './vendor-time.ts'

const intervals: Readonly<Record<string, SandboxInterval>> = {
  '1second': 1,
  '1minute': 60,
  '5minute': 300,
  '30minute': 1_800,
  '1day': 'day',
}

const maxCandles = 1_000

export interface HistoryParts {
  readonly market: SandboxMarket
  readonly codes: BreezeCodes
  readonly asOf: EpochMs
}

/** Answers v2 `historicalcharts`: the first 1,000 bars that start within both ends, the forming one included. */
export function answerHistory(query: URLSearchParams, { market, codes, asOf }: HistoryParts): SandboxAnswer {
  const asked = (name: string) => query.get(name) ?? ''
  const interval = intervals[asked('interval')]
  const exchange = cashExchanges.find((name) => name === asked('exch_code').toUpperCase())
  const [from, to] = [parseHistoryTime(asked('from_date')), parseHistoryTime(asked('to_date'))]
  if (interval === undefined) return invalid('interval')
  if (exchange === undefined) return invalid('exch_code')
  if (from === null) return invalid('from_date')
  if (to === null) return invalid('to_date')
  if (asked('product_type').toLowerCase() !== 'cash') return invalid('product_type')
  const code = asked('stock_code').toUpperCase()
  const instrument = codes.find(exchange, code)
  const bars = instrument === null ? [] : firstBars(market, instrument, { interval, from, to, asOf })
  if (bars.length === 0) return refusals.noData
  return success(
    bars.map(({ time, open, high, low, close, volume }) => ({
      datetime: candleTime(time),
      stock_code: code,
      exchange_code: exchange,
      product_type: null,
      ...{ open, high, low, close, volume },
    })),
  )
}

interface Window {
  readonly interval: SandboxInterval
  readonly from: EpochMs
  readonly to: EpochMs
  readonly asOf: EpochMs
}

function firstBars(market: SandboxMarket, instrument: SandboxInstrument, window: Window): readonly SandboxBar[] {
  const { interval, asOf } = window
  const from = Math.max(window.from, istMidnight(instrument.listedOn))
  const to = Math.min(window.to, from + reachMs(interval))
  return market.candles(instrument.id, interval, from, to, asOf).slice(0, maxCandles)
}

/** A span that surely holds the most bars of an answer: sessions last six hours, half of all days are none, and holidays come together. */
function reachMs(interval: SandboxInterval): number {
  const sessions = interval === 'day' ? maxCandles : Math.ceil((maxCandles * interval) / (6 * 3_600))
  return (sessions * 2 + 14) * dayMs
}

function invalid(field: string): SandboxAnswer {
  return refusal(200, 500, `Invalid ${field}`)
}
