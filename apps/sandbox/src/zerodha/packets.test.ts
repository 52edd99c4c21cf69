import { parseTimestamp } from '@banyan/domain'
import { expect, it } from 'vitest'
import type { SandboxInstrument, SandboxPrice } from '../core/upstream.ts'
import type { OrderBook } from './market-depth.ts'
import { encodeFrame, encodePacket, heartbeat } from './packets.ts'

const instrument = (parts: Partial<SandboxInstrument>): SandboxInstrument => ({
  id: 'NSE:INFY',
  exchange: 'NSE',
  tradingSymbol: 'INFY',
  symbol: 'INFY',
  name: null,
  isin: null,
  kind: 'equity',
  series: 'EQ',
  exchangeToken: 1594,
  lotSize: 1,
  tickSize: 0.05,
  listedOn: '2000-01-03',
  expiry: null,
  strike: null,
  right: null,
  underlying: null,
  ...parts,
})
const infy = instrument({})
const nifty = instrument({ kind: 'index', exchangeToken: 1001 })
const price = (parts: Partial<SandboxPrice>): SandboxPrice => ({
  last: 1570,
  open: 1555,
  high: 1580.25,
  low: 1540.1,
  prevClose: 1560,
  volume: 3_000_000_000,
  average: 1560.5,
  lastTradeAt: parseTimestamp('2024-06-12T12:46:09+05:30') ?? Number.NaN,
  openInterest: null,
  ...parts,
})
const book = (parts: Partial<OrderBook>): OrderBook => ({
  lastQuantity: 1,
  buyQuantity: 0,
  sellQuantity: 2_500,
  buy: [],
  sell: [],
  ...parts,
})

it('writes the vectors of the contract byte for byte', () => {
  const index = price({ last: 23_406.85, high: 23_441.95, low: 23_295.95, open: 23_344.45, prevClose: 23_264.85 })
  expect(
    encodeFrame([encodePacket('ltp', infy, price({}), null), encodePacket('full', nifty, index, null)]).toString('hex'),
  ).toBe('0002000800063a010002654800200003e9090023b74d0023c50300238bfb00239eed00237fd50000377866694b39')
  expect(encodeFrame([encodePacket('quote', infy, price({}), book({}))]).toString('hex')).toBe(
    '0001002c00063a01000265480000000100026192b2d05e0000000000000009c400025f6c000269490002599a00026160',
  )
  const rupee = instrument({ exchange: 'CDS', exchangeToken: 5_000 })
  expect(encodeFrame([encodePacket('ltp', rupee, price({ last: 83.45125 }), null)]).toString('hex')).toBe(
    '000100080013880331bda674',
  )
  expect(heartbeat.toString('hex')).toBe('00')
})

it('writes prices of BCD in ten-thousandths', () => {
  const packet = encodePacket('ltp', instrument({ exchange: 'BCD' }), price({ last: 89.2125 }), null)
  expect(packet.readInt32BE(4)).toBe(892_125)
})

it('writes open interest, both times and ten levels of depth in a full packet of 184 bytes', () => {
  const level = (step: number) => ({ price: 1570 + step / 10, quantity: 100 + step, orders: 1 + step })
  const packet = encodePacket(
    'full',
    instrument({ exchange: 'NFO', kind: 'future' }),
    price({ openInterest: { now: 500, dayHigh: 600, dayLow: 400 } }),
    book({ buy: [0, 1, 2, 3, 4].map(level), sell: [5, 6, 7, 8, 9].map(level) }),
  )
  expect(packet).toHaveLength(184)
  expect([44, 48, 52, 56, 60].map((at) => packet.readUInt32BE(at))).toEqual([
    ...[0x66694b39, 500, 600, 400, 0x66694b39],
  ])
  for (let step = 0; step < 10; step++) {
    const at = 64 + step * 12
    expect(packet.readInt32BE(at)).toBe(100 + step)
    expect(packet.readInt32BE(at + 4)).toBe(157_000 + step * 10)
    expect(packet.readInt16BE(at + 8)).toBe(1 + step)
    expect(packet.readUInt16BE(at + 10)).toBe(0)
  }
})

it('has the lengths of the contract', () => {
  const full = book({
    buy: Array.from({ length: 5 }, () => ({ price: 0, quantity: 0, orders: 0 })),
    sell: Array.from({ length: 5 }, () => ({ price: 0, quantity: 0, orders: 0 })),
  })
  const lengths = (of: SandboxInstrument, orders: OrderBook | null) =>
    (['ltp', 'quote', 'full'] as const).map((mode) => encodePacket(mode, of, price({}), orders).length)
  expect(lengths(infy, full)).toEqual([8, 44, 184])
  expect(lengths(nifty, null)).toEqual([8, 28, 32])
})
