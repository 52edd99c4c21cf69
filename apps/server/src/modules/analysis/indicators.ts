/** Indicators of the newest complete day, computed over adjusted days. Null while there are too few of them. */
export interface Indicators {
  readonly close: number | null
  /** Wilder's, 14 days, 0–100. */
  readonly rsi14: number | null
  /** 12 and 26 days, signal 9; in rupees. */
  readonly macd: { readonly macd: number; readonly signal: number; readonly histogram: number } | null
  readonly sma20: number | null
  readonly sma50: number | null
  readonly sma200: number | null
  readonly ema20: number | null
  /** Wilder's, 14 days; in rupees. */
  readonly atr14: number | null
  /** Wilder's, 14 days, 0–100: strength of a trend, whichever way. */
  readonly adx14: number | null
  /** 20 days, two standard deviations; in rupees. */
  readonly bollinger: { readonly lower: number; readonly middle: number; readonly upper: number } | null
  /** 14 days, smoothed over 3 and 3; 0–100. */
  readonly stochastic: { readonly k: number; readonly d: number } | null
  /** Change over 20 days, in per cent. */
  readonly roc20: number | null
}
