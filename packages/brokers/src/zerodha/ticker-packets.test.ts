import { parseTimestamp } from '@banyan/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeFrame, encodePacket, type PacketFigures } from './testing/encode-frame.ts'
import { decodeFrame } from './ticker-packets.ts'

const decodeHex = (hex: string) => decodeFrame(Buffer.from(hex.replaceAll(' ', ''), 'hex'))

describe('KC-7 the ticker’s vectors', () => {
  it('two packets in a frame, one of an index', () => {
    const ticks = decodeHex(
      '0002 0008 00063a0100026548 0020 0003e9090023b74d0023c50300238bfb00239eed00237fd50000377866694b39',
    )
    expect(ticks).toMatchObject([
      {
        token: 408065,
        mode: 'ltp',
        tradable: true,
        lastPrice: 1570,
        prevClose: null,
        volume: null,
        exchangeTime: null,
      },
      {
        token: 256265,
        mode: 'full',
        tradable: false,
        lastPrice: 23406.85,
        high: 23441.95,
        low: 23295.95,
        open: 23344.45,
        prevClose: 23264.85,
        change: 142,
        volume: null,
        exchangeTime: parseTimestamp('2024-06-12T12:46:09+05:30'),
      },
    ])
    expect(ticks.length).toBe(2)
  })

  it('a volume above 2³¹', () => {
    expect(
      decodeHex('0001 002c 00063a01000265480000000100026192b2d05e0000000000000009c400025f6c000269490002599a00026160'),
    ).toMatchObject([
      {
        token: 408065,
        mode: 'quote',
        lastPrice: 1570,
        lastQuantity: 1,
        averagePrice: 1560.5,
        volume: 3_000_000_000,
        buyQuantity: 0,
        sellQuantity: 2500,
        open: 1555,
        high: 1580.25,
        low: 1540.1,
        prevClose: 1560,
        exchangeTime: null,
      },
    ])
  })

  it('a currency in ten-millionths', () => {
    expect(decodeHex('0001 0008 0013880331bda674')).toMatchObject([{ token: 1280003, lastPrice: 83.45125 }])
  })

  it('a heartbeat', () => {
    expect(decodeHex('00')).toEqual([])
  })
})

describe('decodeFrame', () => {
  it('reads BSE’s currencies in ten-thousandths', () => {
    expect(decodeFrame(encodeFrame([encodePacket('ltp', { token: 1286, last: 834_512 })]))[0]?.lastPrice).toBe(83.4512)
  })

  it('skips packets of another length and keeps those after them', () => {
    const frame = encodeFrame([
      Buffer.alloc(7),
      Buffer.alloc(60),
      encodePacket('ltp', { token: 408065, last: 100 }),
      Buffer.alloc(0),
    ])
    expect(decodeFrame(frame).map(({ token }) => token)).toEqual([408065])
  })

  it('skips a share’s packet of an index’s length and the other way round', () => {
    const index = encodePacket('quote', { token: 256265, last: 1 })
    const share = encodePacket('quote', { token: 408065, last: 1 })
    index.writeUInt32BE(408065, 0)
    share.writeUInt32BE(256265, 0)
    expect(decodeFrame(encodeFrame([index, share]))).toEqual([])
  })

  it('reads the depth when it is asked for', () => {
    const packet = encodePacket('full', { token: 408065, last: 100 })
    packet.writeUInt32BE(3_000_000_000, 64)
    packet.writeInt32BE(12_345, 68)
    packet.writeUInt16BE(40_000, 72)
    packet.writeInt32BE(12_350, 128)
    const [tick] = decodeFrame(encodeFrame([packet]), { withDepth: true })
    expect([tick?.depth?.buy.length, tick?.depth?.sell.length]).toEqual([5, 5])
    expect(tick?.depth?.buy[0]).toEqual({ quantity: 3_000_000_000, price: 123.45, orders: 40_000 })
    expect(tick?.depth?.sell[0]?.price).toBe(123.5)
    expect(decodeFrame(encodeFrame([packet]))[0]?.depth).toBeNull()
  })

  it.each(['', '0001', '0001 0008 00063a01', '0002 0008 00063a0100026548', 'ffff'])(
    'throws at %s, which is cut',
    (hex) => {
      expect(() => decodeHex(hex)).toThrow(RangeError)
    },
  )

  it('takes any bytes for ticks or a RangeError, and nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        try {
          for (const tick of decodeFrame(Buffer.from(bytes), { withDepth: true }))
            expect(Number.isFinite(tick.lastPrice)).toBe(true)
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError)
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('gives back what was encoded', () => {
    const uint32 = fc.nat({ max: 2 ** 32 - 1 })
    const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })
    const segment = fc.constantFrom(1, 2, 3, 4, 5, 6, 7, 9)
    const figures: fc.Arbitrary<PacketFigures> = fc.record({
      token: fc.tuple(fc.nat({ max: 2 ** 24 - 1 }), segment).map(([high, low]) => high * 256 + low),
      last: int32,
      open: int32,
      high: int32,
      low: int32,
      close: int32,
      change: int32,
      lastQuantity: uint32,
      average: int32,
      volume: uint32,
      buy: uint32,
      sell: uint32,
      tradeSecond: uint32,
      second: uint32,
    })
    const packets = fc.array(fc.tuple(fc.constantFrom('ltp', 'quote', 'full'), figures), { maxLength: 12 })
    fc.assert(
      fc.property(packets, (given) => {
        const ticks = decodeFrame(encodeFrame(given.map(([mode, packet]) => encodePacket(mode, packet))))
        expect(ticks.length).toBe(given.length)
        ticks.forEach((tick, i) => {
          const [mode, packet] = given[i] ?? []
          if (mode === undefined || packet === undefined) throw new Error('a tick came from nowhere')
          const divisor = { 3: 1e7, 6: 1e4 }[packet.token % 256] ?? 100
          const isIndex = packet.token % 256 === 9
          expect([tick.token, tick.mode, tick.tradable]).toEqual([packet.token, mode, !isIndex])
          expect(Math.round(tick.lastPrice * divisor)).toBe(packet.last)
          const prices = [tick.open, tick.high, tick.low, tick.prevClose]
          const sent = [packet.open, packet.high, packet.low, packet.close]
          expect(prices.map((price) => price && Math.round(price * divisor) + 0)).toEqual(
            mode === 'ltp' ? [null, null, null, null] : sent,
          )
          expect(tick.volume).toBe(mode === 'ltp' || isIndex ? null : packet.volume)
          expect(tick.exchangeTime).toBe(mode === 'full' ? (packet.second ?? 0) * 1000 || null : null)
        })
      }),
      { numRuns: 300 },
    )
  })
})
