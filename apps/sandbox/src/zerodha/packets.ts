import type { EpochMs } from '@banyan/domain'
import type { SandboxInstrument, SandboxPrice } from '../core/upstream.ts'
import { tokenOf, unitsPerRupee } from './instrument-token.ts'
import type { DepthLevel, OrderBook } from './market-depth.ts'

export const tickerModes = ['ltp', 'quote', 'full'] as const
export type TickerMode = (typeof tickerModes)[number]

/** One byte, which is no packet. */
export const heartbeat = Buffer.from([0])

/** Writes packets into one frame: their number, then each with its length before it. */
export function encodeFrame(packets: readonly Buffer[]): Buffer {
  const count = Buffer.alloc(2)
  count.writeUInt16BE(packets.length)
  return Buffer.concat([
    count,
    ...packets.flatMap((packet) => {
      const length = Buffer.alloc(2)
      length.writeUInt16BE(packet.length)
      return [length, packet]
    }),
  ])
}

/** Writes one packet (upstreams.md §2.10). `book` is null for an index. */
export function encodePacket(
  mode: TickerMode,
  instrument: SandboxInstrument,
  price: SandboxPrice,
  book: OrderBook | null,
): Buffer {
  const units = unitsPerRupee(instrument)
  const writer = createWriter(units)
  writer.count(tokenOf(instrument))
  writer.price(price.last)
  if (mode === 'ltp') return writer.packet()
  if (book === null) {
    for (const figure of [price.high, price.low, price.open, price.prevClose]) writer.price(figure)
    writer.price(price.last - price.prevClose)
    if (mode === 'full') writer.time(price.lastTradeAt)
    return writer.packet()
  }
  writer.count(book.lastQuantity)
  writer.price(price.average)
  for (const quantity of [price.volume, book.buyQuantity, book.sellQuantity]) writer.count(quantity)
  for (const figure of [price.open, price.high, price.low, price.prevClose]) writer.price(figure)
  if (mode === 'quote') return writer.packet()
  writer.time(price.lastTradeAt)
  const { now, dayHigh, dayLow } = price.openInterest ?? { now: 0, dayHigh: 0, dayLow: 0 }
  for (const contracts of [now, dayHigh, dayLow]) writer.count(contracts)
  writer.time(price.lastTradeAt)
  for (const level of [...book.buy, ...book.sell]) writer.level(level)
  return writer.packet()
}

/** Appends big-endian fields. Prices are signed, quantities are not: a day's volume passes 2³¹. */
function createWriter(unitsInRupee: number) {
  const fields: Buffer[] = []
  const word = (write: (field: Buffer) => void) => {
    const field = Buffer.alloc(4)
    write(field)
    fields.push(field)
  }
  const count = (value: number) => word((field) => field.writeUInt32BE(value))
  const price = (rupees: number) => word((field) => field.writeInt32BE(Math.round(rupees * unitsInRupee)))
  return {
    count,
    price,
    time: (instant: EpochMs) => count(Math.floor(instant / 1000)),
    level({ quantity, price: rupees, orders }: DepthLevel) {
      count(quantity)
      price(rupees)
      word((field) => field.writeUInt16BE(orders))
    },
    packet: () => Buffer.concat(fields),
  }
}
