import type { TickerMode } from '../ticker-packets.ts'

/** Raw whole numbers of one packet; what is left out is 0. */
export interface PacketFigures {
  readonly token: number
  readonly last: number
  readonly open?: number
  readonly high?: number
  readonly low?: number
  readonly close?: number
  readonly change?: number
  readonly lastQuantity?: number
  readonly average?: number
  readonly volume?: number
  readonly buy?: number
  readonly sell?: number
  readonly tradeSecond?: number
  readonly second?: number
}

/** Writes a packet as the ticker does (upstreams.md §2.10): prices with sign, all else without. */
export function encodePacket(mode: TickerMode, figures: PacketFigures): Buffer {
  const { token, last, open, high, low, close, change, lastQuantity, average, volume, buy, sell, tradeSecond, second } =
    figures
  const isIndex = token % 256 === 9
  const packet = Buffer.alloc({ ltp: 8, quote: isIndex ? 28 : 44, full: isIndex ? 32 : 184 }[mode])
  const prices = (at: number, ...values: (number | undefined)[]) => {
    for (const [i, value] of values.entries()) packet.writeInt32BE(value ?? 0, at + 4 * i)
  }
  const counts = (at: number, ...values: (number | undefined)[]) => {
    for (const [i, value] of values.entries()) packet.writeUInt32BE(value ?? 0, at + 4 * i)
  }
  counts(0, token)
  prices(4, last)
  if (mode === 'ltp') return packet
  if (isIndex) {
    prices(8, high, low, open, close, change)
    if (mode === 'full') counts(28, second)
    return packet
  }
  counts(8, lastQuantity)
  prices(12, average)
  counts(16, volume, buy, sell)
  prices(28, open, high, low, close)
  if (mode === 'full') {
    counts(44, tradeSecond)
    counts(60, second)
  }
  return packet
}

export function encodeFrame(packets: readonly Buffer[]): Buffer {
  const count = Buffer.alloc(2)
  count.writeUInt16BE(packets.length)
  const lengthOf = (packet: Buffer) => {
    const length = Buffer.alloc(2)
    length.writeUInt16BE(packet.length)
    return length
  }
  return Buffer.concat([count, ...packets.flatMap((packet) => [lengthOf(packet), packet])])
}
