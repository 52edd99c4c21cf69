import { createNoise } from '../core/seeded-noise.ts'
import type { SandboxInstrument, SandboxPrice } from '../core/upstream.ts'

/** What stands behind a price: never of an index. */
export interface OrderBook {
  readonly lastQuantity: number
  readonly buyQuantity: number
  readonly sellQuantity: number
  /** Best first, always five each; unused levels are zeros. */
  readonly buy: readonly DepthLevel[]
  readonly sell: readonly DepthLevel[]
}

export interface DepthLevel {
  readonly price: number
  readonly quantity: number
  readonly orders: number
}

const levels = 5
const unused: DepthLevel = { price: 0, quantity: 0, orders: 0 }

/** Returns the orders around a price; they follow from the seed, the instrument and the moment of its last trade. */
export function orderBook(seed: number, instrument: SandboxInstrument, price: SandboxPrice): OrderBook {
  const noise = createNoise(seed, `${instrument.id}/orders`)
  const second = Math.floor(price.lastTradeAt / 1000)
  const upTo = (limit: number, place: number) => 1 + Math.floor(((noise.at(second * 64 + place) + 1) / 2) * limit)
  const step = instrument.tickSize
  // Bonds have few orders.
  const used = instrument.kind === 'bond' ? 2 : levels
  const level = (place: number, steps: number): DepthLevel =>
    place % levels < used
      ? {
          price: Math.max(step, Math.round((price.last + steps * step) * 10_000) / 10_000),
          quantity: upTo(900, place) * instrument.lotSize,
          orders: upTo(30, place + 10),
        }
      : unused
  const buy = Array.from({ length: levels }, (_, i) => level(i, -i - 1))
  const sell = Array.from({ length: levels }, (_, i) => level(levels + i, i + 1))
  return {
    lastQuantity: upTo(100, 20) * instrument.lotSize,
    buyQuantity: totalOf(buy) + upTo(200_000, 21),
    sellQuantity: totalOf(sell) + upTo(200_000, 22),
    buy,
    sell,
  }
}

function totalOf(side: readonly DepthLevel[]): number {
  return side.reduce((sum, { quantity }) => sum + quantity, 0)
}
