import type { Aftermath, CandlestickPattern } from '../candlestick-pattern.ts'
import type { Candles } from '../measure-candles.ts'
import { close, high, low, nearDistance } from '../read-candles.ts'
import { chesler } from '../sources.ts'
import { higherHigh, higherLow, lowerHigh, lowerLow } from '../traits.ts'

// An inside bar that is left on one side, a feint: the move is expected to the other.

const insideBar = [lowerHigh, higherLow]
const leftBelow = [lowerHigh, lowerLow]
const leftAbove = [higherHigh, higherLow]

const confirmation: Aftermath = { length: 3, follow: confirmFeints }

export const hikkake: CandlestickPattern = {
  id: 'CDLHIKKAKE',
  name: 'Hikkake',
  bars: 3,
  direction: 'both',
  description:
    'An inside bar, then a candle with lower high and low (bullish) or higher high and low (bearish). ±200 at the candle that confirms within three: a close beyond the inside bar on the other side.',
  source: chesler,
  lookBack: 5,
  forms: [
    { value: 100, shape: [insideBar, leftBelow] },
    { value: -100, shape: [insideBar, leftAbove] },
  ],
  aftermath: confirmation,
}

export const modifiedHikkake: CandlestickPattern = {
  id: 'CDLHIKKAKEMOD',
  name: 'Modified hikkake',
  bars: 4,
  direction: 'both',
  description:
    'Two inside bars in a row, the first closing near its low (bullish) or near its high (bearish), then a candle with lower high and low (bullish) or higher high and low (bearish). ±200 at the candle that confirms within three: a close beyond the second inside bar on the other side.',
  source: chesler,
  lookBack: 10,
  forms: [
    {
      value: 100,
      shape: [insideBar, insideBar, leftBelow],
      when: (c, i) => close(c, i - 2) <= low(c, i - 2) + nearDistance(c.fiveRangesFrom5, i - 2),
    },
    {
      value: -100,
      shape: [insideBar, insideBar, leftAbove],
      when: (c, i) => close(c, i - 2) >= high(c, i - 2) - nearDistance(c.fiveRangesFrom5, i - 2),
    },
  ],
  aftermath: confirmation,
}

/** Doubles a feint's value at the candle that confirms it; a new feint, which comes first, takes its place. */
function confirmFeints(c: Candles, values: Int16Array): void {
  for (let i = 0; i < values.length; i++) {
    const feint = values[i] ?? 0
    if (feint !== 100 && feint !== -100) continue
    for (let k = i + 1; k <= i + confirmation.length && values[k] === 0; k++) {
      if (feint > 0 ? close(c, k) <= high(c, i - 1) : close(c, k) >= low(c, i - 1)) continue
      values[k] = 2 * feint
      break
    }
  }
}
