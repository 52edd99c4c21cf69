import { type Rejection, rejection } from './rejection.ts'

/**
 * How far open or close may lie outside high and low: 0.0001 rupees or one millionth of the price, whichever is more. Adjusted
 * files round each price to 4 decimals by itself; anything larger is an impossible bar.
 */
const absoluteTolerance = 0.0001
const relativeTolerance = 1e-6

/** Returns why a bar cannot be, or null when it can. All five are finite; nothing is repaired. */
export function findImpossible(
  open: number,
  high: number,
  low: number,
  close: number,
  volume: number,
): Rejection | null {
  if (open < 0 || high < 0 || low < 0 || close < 0) {
    return rejection('negative', `prices ${open}, ${high}, ${low}, ${close}`)
  }
  if (volume < 0) return rejection('negative', `volume ${volume}`)
  if (open === 0 || high === 0 || low === 0 || close === 0) {
    return rejection('zero_price', `prices ${open}, ${high}, ${low}, ${close}`)
  }
  if (high < low) return rejection('high_below_low', `high ${high} below low ${low}`)
  const slack = Math.max(absoluteTolerance * 1.01, high * relativeTolerance)
  if (open > high + slack || open < low - slack) return outside('open', open, high, low)
  if (close > high + slack || close < low - slack) return outside('close', close, high, low)
  return null
}

function outside(which: string, price: number, high: number, low: number): Rejection {
  return rejection('price_outside_high_low', `${which} ${price} not between low ${low} and high ${high}`)
}
