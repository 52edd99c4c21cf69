import { dayMs, istMidnight, parseTimestamp } from '@banyan/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allowedDays, joinCandles, readCandles, splitWindow } from './candles.ts'

const day = istMidnight('2026-03-12')
const window = { from: day, to: day + dayMs }
const bar = (time: string, ...figures: unknown[]) => [`2026-03-12T${time}+0530`, ...figures]
const read = (...candles: unknown[]) => readCandles({ candles }, '1minute', window)

describe('readCandles', () => {
  it('reads bars of six and of seven items', () => {
    const series = read(
      bar('09:15:00', 100, 101.5, 99.05, 101, 2499),
      bar('09:16:00', 101, 102, 100, 102, 7, 13_667_775),
    )
    expect([...series.time]).toEqual(['09:15', '09:16'].map((at) => parseTimestamp(`2026-03-12T${at}:00+05:30`)))
    expect([series.open[0], series.high[0], series.low[0], series.close[0], series.volume[0]]).toEqual([
      100, 101.5, 99.05, 101, 2499,
    ])
    expect([series.close[1], series.volume[1]]).toEqual([102, 7])
  })

  it('drops binary noise', () => {
    expect(read(bar('09:15:00', 100.10000000000001, 101, 99, 100, 1)).open[0]).toBe(100.1)
  })

  it('drops bars without a price, and those outside the window', () => {
    const series = read(
      ['2026-03-11T15:29:00+0530', 1, 1, 1, 1, 1],
      bar('09:15:00', 0, 0, 0, 0, 0),
      bar('09:16:00', 5, 5, 0, 5, 1),
      bar('09:17:00', 5, 5, 5, 5, 1),
      ['2026-03-13T00:00:00+0530', 1, 1, 1, 1, 1],
    )
    expect([...series.time]).toEqual([parseTimestamp('2026-03-12T09:17:00+05:30')])
  })

  it('opens a day at midnight', () => {
    const { time } = readCandles({ candles: [bar('09:15:00', 1, 1, 1, 1, 1)] }, 'day', window)
    expect([...time]).toEqual([day])
  })

  it('reads a window before the first bar as none', () => {
    expect(read().time.length).toBe(0)
  })

  it.each([
    ['a time without zone', ['2026-03-12T09:15:00', 1, 1, 1, 1, 1]],
    ['too few figures', bar('09:15:00', 1, 1, 1, 1)],
    ['a figure as text', bar('09:15:00', '1', 1, 1, 1, 1)],
    ['null', bar('09:15:00', null, 1, 1, 1, 1)],
    ['a high below the low', bar('09:15:00', 1, 1, 2, 1, 1)],
    ['a volume below zero', bar('09:15:00', 1, 1, 1, 1, -1)],
    ['no list', {}],
  ])('does not understand a bar with %s', (_, candle) => {
    expect(() => read(candle)).toThrow('1 of 1')
  })

  it('does not understand bars out of order', () => {
    expect(() => read(bar('09:16:00', 1, 1, 1, 1, 1), bar('09:15:00', 1, 1, 1, 1, 1))).toThrow('1 of 2')
    expect(() => read(bar('09:15:00', 1, 1, 1, 1, 1), bar('09:15:00', 1, 1, 1, 1, 1))).toThrow('1 of 2')
  })

  it.each([null, {}, { candles: null }])('throws at %j', (data) => {
    expect(() => readCandles(data, 'day', window)).toThrow(Error)
  })
})

describe('splitWindow', () => {
  it('covers the window without gap or overlap, in pieces no wider than asked', () => {
    const ends = fc.tuple(fc.integer({ min: 0, max: 2e12 }), fc.integer({ min: 0, max: 2e11 }))
    fc.assert(
      fc.property(ends, fc.integer({ min: 1, max: 2_000 }), ([from, length], days) => {
        const windows = splitWindow({ from, to: from + length }, days)
        expect(windows.length).toBe(Math.ceil(length / (days * dayMs)))
        windows.forEach((piece, i) => {
          expect(piece.from).toBe(i === 0 ? from : windows[i - 1]?.to)
          expect(piece.to - piece.from).toBeLessThanOrEqual(days * dayMs)
        })
        if (length > 0) expect(windows.at(-1)?.to).toBe(from + length)
      }),
    )
  })
})

it('reads how wide a window may be', () => {
  expect(allowedDays('interval exceeds max limit: 60 days')).toBe(60)
  for (const text of [null, '', 'interval exceeds max limit: 0 days', 'interval exceeds max limit: many days']) {
    expect(allowedDays(text)).toBeNull()
  }
})

it('joins series in their order', () => {
  const joined = joinCandles([read(bar('09:15:00', 1, 2, 1, 2, 3)), read(), read(bar('09:16:00', 4, 5, 4, 5, 6))])
  expect([[...joined.open], [...joined.high], [...joined.volume]]).toEqual([
    [1, 4],
    [2, 5],
    [3, 6],
  ])
})
