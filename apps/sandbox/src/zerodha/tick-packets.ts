import { type EpochMs, istDate, type TradingDate } from '@banyan/domain'
import type { SandboxContext, SandboxInstrument } from '../core/upstream.ts'
import { tokenOf } from './instrument-token.ts'
import { orderBook } from './market-depth.ts'
import { encodePacket, type TickerMode } from './packets.ts'

/** Makes the packets of the ticker. */
export interface TickPackets {
  /** Returns the packet of an instrument at an instant; null for an unknown token and without a price. */
  packetOf(token: number, mode: TickerMode, now: EpochMs): Buffer | null
}

export interface TickPacketsParts extends Pick<SandboxContext, 'market' | 'seed'> {
  /** Returns the instant whose prices are told. */
  pricesAt(now: EpochMs): EpochMs
}

export function createTickPackets({ market, seed, pricesAt }: TickPacketsParts): TickPackets {
  let known: { readonly date: TradingDate; readonly byToken: ReadonlyMap<number, SandboxInstrument> } | null = null
  const instrumentsOn = (date: TradingDate) => {
    if (known?.date !== date) {
      known = { date, byToken: new Map(market.instruments(date).map((listed) => [tokenOf(listed), listed])) }
    }
    return known.byToken
  }
  return {
    packetOf(token, mode, now) {
      const instrument = instrumentsOn(istDate(now)).get(token)
      const price = instrument && market.price(instrument.id, pricesAt(now))
      if (!instrument || !price) return null
      const book = instrument.kind === 'index' ? null : orderBook(seed, instrument, price)
      return encodePacket(mode, instrument, price, book)
    },
  }
}
