import type { CandlestickId } from './candlestick-id.ts'
import type { Candles } from './measure-candles.ts'
import type { Trait } from './traits.ts'

/** What a person is told about a pattern. */
export interface CandlestickInfo {
  readonly id: CandlestickId
  readonly name: string
  /** Candles the figure itself consists of; candles it is only compared with are not counted. */
  readonly bars: number
  /** What the sign of a value means. `none`: the sign tells the candle's colour or nothing, never a direction. */
  readonly direction: 'bullish' | 'bearish' | 'both' | 'none'
  readonly description: string
  /** Who described the figure. The thresholds are TA-Lib's, which turned the descriptions into numbers. */
  readonly source: string
}

/** One form of a pattern: where every candle has the traits of `shape` and `when` holds, the pattern has this value. */
export interface CandlestickForm {
  readonly value: number
  /** Traits of each candle, oldest first, the last one for candle `i`; an empty list asks for nothing. */
  readonly shape: readonly (readonly Trait[])[]
  /** What traits cannot say about the candles up to `i`. Asked only where the shape fits. */
  readonly when?: (candles: Candles, i: number, penetration: number) => boolean
}

/** A pattern as a rule: it is there where one of its forms fits. Where several fit, the last one counts. */
export interface CandlestickPattern extends CandlestickInfo {
  /** The first `lookBack` candles have no value, as in TA-Lib. Its running totals begin there too. */
  readonly lookBack: number
  readonly forms: readonly CandlestickForm[]
  /** Default of how far a close must reach into an earlier body, as a share of it; absent where that is not asked. */
  readonly penetration?: number
  /** Set where later candles confirm what the forms found. */
  readonly aftermath?: Aftermath
}

export interface Aftermath {
  /** How many candles after a form fitted it can still matter. Forms are sought that much before the look-back ends. */
  readonly length: number
  /** Adds values to those of the forms, value `i` from candles and values up to `i`. */
  readonly follow: (candles: Candles, values: Int16Array) => void
}
