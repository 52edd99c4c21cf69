import type { EpochMs } from '@banyan/domain'
import { isIndexToken, priceDivisorOf } from './instrument-token.ts'

/** How much the ticker tells of an instrument; each mode holds what the ones before it do. */
export type TickerMode = 'ltp' | 'quote' | 'full'

/** One packet of the ticker. Prices in rupees, as the vendor sent them: 0 where it has none. Null: not told in this mode or of an index. */
export interface ZerodhaTick {
  readonly token: number
  readonly mode: TickerMode
  /** False for an index, of which nothing is traded. */
  readonly tradable: boolean
  readonly lastPrice: number
  readonly open: number | null
  readonly high: number | null
  readonly low: number | null
  /** Close of the trading day before. */
  readonly prevClose: number | null
  /** Of an index, in points. */
  readonly change: number | null
  readonly lastQuantity: number | null
  readonly averagePrice: number | null
  /** Units traded today. */
  readonly volume: number | null
  readonly buyQuantity: number | null
  readonly sellQuantity: number | null
  readonly exchangeTime: EpochMs | null
  readonly lastTradeTime: EpochMs | null
  readonly openInterest: OpenInterest | null
  /** Null also when it was not asked for. */
  readonly depth: MarketDepth | null
}

interface OpenInterest {
  readonly now: number
  readonly dayHigh: number
  readonly dayLow: number
}

interface MarketDepth {
  /** Best first, always five; unused levels are zeros. */
  readonly buy: readonly DepthLevel[]
  readonly sell: readonly DepthLevel[]
}

interface DepthLevel {
  readonly quantity: number
  readonly price: number
  readonly orders: number
}

/** Packet lengths by mode (upstreams.md §2.10). */
const ltpBytes = 8
const indexBytes = { quote: 28, full: 32 } as const
const tradedBytes = { quote: 44, full: 184 } as const

/**
 * Decodes a binary frame: a heartbeat holds no packet. Packets of an unknown length are skipped. Throws RangeError when the frame is
 * shorter than it says.
 */
export function decodeFrame(frame: Buffer, { withDepth = false } = {}): readonly ZerodhaTick[] {
  if (frame.length === 1) return []
  const ticks: ZerodhaTick[] = []
  let at = 2
  for (let left = frame.readUInt16BE(0); left > 0; left--) {
    const end = at + 2 + frame.readUInt16BE(at)
    if (end > frame.length) throw new RangeError('the frame is shorter than it says')
    const tick = decodePacket(frame.subarray(at + 2, end), withDepth)
    if (tick !== null) ticks.push(tick)
    at = end
  }
  return ticks
}

function decodePacket(packet: Buffer, withDepth: boolean): ZerodhaTick | null {
  if (packet.length < ltpBytes) return null
  const token = packet.readUInt32BE(0)
  if (packet.length === ltpBytes) return lastPriceOf(packet, token)
  if (isIndexToken(token)) {
    if (packet.length === indexBytes.quote) return indexQuote(packet, token)
    return packet.length === indexBytes.full ? indexFull(packet, token) : null
  }
  if (packet.length === tradedBytes.quote) return tradedQuote(packet, token)
  return packet.length === tradedBytes.full ? tradedFull(packet, token, withDepth) : null
}

function lastPriceOf(packet: Buffer, token: number): ZerodhaTick {
  return {
    token,
    mode: 'ltp',
    tradable: !isIndexToken(token),
    lastPrice: priceAt(packet, 4, token),
    open: null,
    high: null,
    low: null,
    prevClose: null,
    change: null,
    lastQuantity: null,
    averagePrice: null,
    volume: null,
    buyQuantity: null,
    sellQuantity: null,
    exchangeTime: null,
    lastTradeTime: null,
    openInterest: null,
    depth: null,
  }
}

/** An index has its prices in another order than a share. */
function indexQuote(packet: Buffer, token: number): ZerodhaTick {
  return {
    ...lastPriceOf(packet, token),
    mode: 'quote',
    high: priceAt(packet, 8, token),
    low: priceAt(packet, 12, token),
    open: priceAt(packet, 16, token),
    prevClose: priceAt(packet, 20, token),
    change: priceAt(packet, 24, token),
  }
}

function indexFull(packet: Buffer, token: number): ZerodhaTick {
  return { ...indexQuote(packet, token), mode: 'full', exchangeTime: timeAt(packet, 28) }
}

/** Quantities are read without sign: a day's volume passes 2³¹. */
function tradedQuote(packet: Buffer, token: number): ZerodhaTick {
  return {
    ...lastPriceOf(packet, token),
    mode: 'quote',
    lastQuantity: packet.readUInt32BE(8),
    averagePrice: priceAt(packet, 12, token),
    volume: packet.readUInt32BE(16),
    buyQuantity: packet.readUInt32BE(20),
    sellQuantity: packet.readUInt32BE(24),
    open: priceAt(packet, 28, token),
    high: priceAt(packet, 32, token),
    low: priceAt(packet, 36, token),
    prevClose: priceAt(packet, 40, token),
  }
}

function tradedFull(packet: Buffer, token: number, withDepth: boolean): ZerodhaTick {
  return {
    ...tradedQuote(packet, token),
    mode: 'full',
    lastTradeTime: timeAt(packet, 44),
    openInterest: { now: packet.readUInt32BE(48), dayHigh: packet.readUInt32BE(52), dayLow: packet.readUInt32BE(56) },
    exchangeTime: timeAt(packet, 60),
    depth: withDepth ? { buy: levelsAt(packet, 64, token), sell: levelsAt(packet, 124, token) } : null,
  }
}

function levelsAt(packet: Buffer, at: number, token: number): readonly DepthLevel[] {
  return [0, 12, 24, 36, 48].map((offset) => ({
    quantity: packet.readUInt32BE(at + offset),
    price: priceAt(packet, at + offset + 4, token),
    orders: packet.readUInt16BE(at + offset + 8),
  }))
}

function priceAt(packet: Buffer, at: number, token: number): number {
  return packet.readInt32BE(at) / priceDivisorOf(token)
}

/** Seconds since 1970; 0 is none. */
function timeAt(packet: Buffer, at: number): EpochMs | null {
  return packet.readUInt32BE(at) * 1000 || null
}
