import type { CandleSeries } from '@banyan/domain'
import { ADX, ATR, BollingerBands, EMA, MACD, ROC, RSI, SMA, StochasticOscillator } from 'trading-signals'
import type { Indicators } from './indicators.ts'

/** Returns the indicators at the newest candle. Those that need more candles than there are, and those of prices that never moved, are null. */
export function computeIndicators(series: CandleSeries | null): Indicators {
  const { close, high, low } = series ?? none
  const closes = Array.from(close)
  const candles = closes.map((value, i) => ({
    high: high[i] ?? Number.NaN,
    low: low[i] ?? Number.NaN,
    close: value,
  }))
  const macd = newest(new MACD(new EMA(12), new EMA(26), new EMA(9)), closes)
  const stochastic = newest(new StochasticOscillator({ kPeriod: 14, kSlowingPeriod: 3, dPeriod: 3 }), candles)
  // The library calls the RSI of prices that never moved 100.
  const hasMoved = closes.some((value) => value !== closes[0])
  return {
    close: closes.at(-1) ?? null,
    rsi14: hasMoved ? newest(new RSI(14), closes) : null,
    macd: macd && { macd: macd.macd, signal: macd.signal, histogram: macd.histogram },
    sma20: newest(new SMA(20), closes),
    sma50: newest(new SMA(50), closes),
    sma200: newest(new SMA(200), closes),
    ema20: newest(new EMA(20), closes),
    atr14: newest(new ATR(14), candles),
    adx14: newest(new ADX(14), candles),
    bollinger: newest(new BollingerBands(20, 2), closes),
    stochastic: stochastic && { k: stochastic.stochK, d: stochastic.stochD },
    roc20: percent(newest(new ROC(20), closes)),
  }
}

const none = { close: new Float64Array(0), high: new Float64Array(0), low: new Float64Array(0) }

interface Indicator<Input, Result> {
  add(input: Input): Result | null
  readonly isStable: boolean
  getResult(): Result | null
}

function newest<Input, Result>(indicator: Indicator<Input, Result>, inputs: readonly Input[]): Result | null {
  for (const input of inputs) indicator.add(input)
  return indicator.isStable ? finiteOrNull(indicator.getResult()) : null
}

/** Prices without any range divide by zero in some of them. */
function finiteOrNull<Result>(result: Result | null): Result | null {
  const values: unknown[] = typeof result === 'object' && result !== null ? Object.values(result) : [result]
  return values.every((value) => typeof value === 'number' && Number.isFinite(value)) ? result : null
}

/** The library gives a share of one. */
function percent(share: number | null): number | null {
  return share === null ? null : share * 100
}
