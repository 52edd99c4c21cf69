import { istMidnight, parseTimestamp } from '@banyan/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCandles, toSeries } from './candle-rows.ts'
import { type BreezeInterval, candleWindows } from './candle-windows.ts'

const day = istMidnight('2026-11-24')
const at = (time: string) => parseTimestamp(`2026-11-24T${time}+05:30`) ?? Number.NaN
const row = (datetime: string, also: object = {}) => ({
  datetime,
  open: 10,
  high: 12,
  low: 9,
  close: 11,
  volume: 5,
  ...also,
})

describe('candles', () => {
  it('are stamped in India time; a day stands at its midnight', () => {
    expect(readCandles('1minute', [row('2026-11-24 09:15:00')]).rows).toEqual([
      { time: at('09:15:00'), open: 10, high: 12, low: 9, close: 11, volume: 5 },
    ])
    expect(readCandles('day', [row('2026-11-24 09:15:00')]).rows[0]?.time).toBe(day)
  })

  it.each([
    [{ datetime: '2026-11-24T09:15:00Z' }],
    [{ open: null }],
    [{ high: 10 }],
    [{ low: 10.5 }],
    [{ low: -1 }],
    [{ volume: -1 }],
    [{ close: '1e5' }],
  ])('lose a row such as %j, up to one in a hundred', (also) => {
    const good = Array.from({ length: 99 }, (_, i) => row(`2026-11-24 10:00:${String(i % 60).padStart(2, '0')}`))
    const read = readCandles('1minute', [...good, row('2026-11-24 09:15:00', also)])
    expect([read.rows.length, read.dropped]).toEqual([99, 1])
    expect(() => readCandles('1minute', [...good.slice(1), row('2026-11-24 09:15:00', also)])).toThrow()
  })

  it('make a series in order, each time once, within the range, without forming bars and bars of price 0', () => {
    const zero = { open: 0, high: 0, low: 0, close: 0 }
    const rows = ['09:17', '09:15', '09:16', '09:16', '09:14', '09:18', '09:19']
    const { rows: candles } = readCandles('1minute', [
      ...rows.map((time) => row(`2026-11-24 ${time}:00`)),
      row('2026-11-24 09:20:00', zero),
    ])
    const range = { from: at('09:15:00'), to: at('09:30:00') }
    expect([...toSeries(candles, '1minute', range, at('09:19:00')).time]).toEqual(
      ['09:15:00', '09:16:00', '09:17:00', '09:18:00'].map(at),
    )
    expect([...toSeries(candles, '1minute', range, at('15:00:00')).time].at(-1)).toBe(at('09:19:00'))
  })

  it("leave today's day out until it is over", () => {
    const { rows } = readCandles('day', [row('2026-11-24 00:00:00')])
    const range = { from: day, to: day + 1 }
    expect(toSeries(rows, 'day', range, day + 86_399_999).time.length).toBe(0)
    expect(toSeries(rows, 'day', range, day + 86_400_000).time.length).toBe(1)
  })
})

describe('windows of candles', () => {
  const most = { '1minute': 400, '5minute': 80, '30minute': 14, day: 1 } as const

  it('hold every instant of the range, overlap in days only, and stay below 1,000 bars', () => {
    const instant = fc.integer({ min: istMidnight('2010-01-01'), max: istMidnight('2030-01-01') })
    const interval = fc.constantFrom<BreezeInterval>('1minute', '5minute', '30minute', 'day')
    fc.assert(
      fc.property(instant, fc.integer({ min: 1, max: 200 * 86_400_000 }), interval, (from, length, each) => {
        const to = from + length
        const windows = candleWindows({ from, to }, each)
        expect(windows[0]?.from).toBeLessThanOrEqual(from)
        expect(windows.at(-1)?.to).toBeGreaterThanOrEqual(to)
        for (const [i, window] of windows.entries()) {
          const days = (window.to - window.from) / 86_400_000
          expect(Number.isInteger(days) && days * most[each] <= 1000).toBe(true)
          const next = windows[i + 1]
          if (next) expect(next.from + (each === 'day' ? 86_400_000 : 0)).toBe(window.to)
        }
      }),
    )
  })

  it('are none for an empty range', () => {
    expect(candleWindows({ from: day, to: day }, 'day')).toEqual([])
  })
})
