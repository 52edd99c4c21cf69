import type { SandboxInstrument } from './upstream.ts'

/** Rupees, or a part of the previous close as `"98.5%"`, which fits any seed. */
export type ScriptedPrice = number | `${number}%`

/** Returns rupees: a part of the previous close lies on a step of the price, as every trade does. */
export function rupeesOf(price: ScriptedPrice, prevClose: number, { tickSize }: SandboxInstrument): number {
  if (typeof price === 'number') return price
  const step = tickSize || 0.05
  const steps = Math.round((prevClose * Number.parseFloat(price)) / 100 / step)
  return Math.round(steps * step * 10_000) / 10_000
}
