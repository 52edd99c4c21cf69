import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitLine, levelLine, lineThrough, meetingIndex, priceAt } from './line.ts'

const anchor = (index: number) => fc.record({ index: fc.constant(index), price: fc.integer({ min: 1, max: 1000 }) })

describe('fitLine', () => {
  it('is the line through two anchors', () => {
    fc.assert(
      fc.property(anchor(3), anchor(11), (from, to) => {
        const [fitted, through] = [fitLine([from, to]), lineThrough(from, to)]
        expect(priceAt(fitted, 20)).toBeCloseTo(priceAt(through, 20), 9)
      }),
    )
  })

  it('leaves three anchors no nearer line of the same slope or centre', () => {
    fc.assert(
      fc.property(anchor(0), anchor(4), anchor(9), (a, b, c) => {
        const anchors = [a, b, c]
        const line = fitLine(anchors)
        const squares = (slope: number, price: number) =>
          anchors.reduce((sum, { index, price: own }) => sum + (own - price - slope * (index - line.index)) ** 2, 0)
        const best = squares(line.slope, line.price) - 1e-6
        for (const off of [-0.1, 0.1]) {
          expect(squares(line.slope + off, line.price)).toBeGreaterThan(best)
          expect(squares(line.slope, line.price + off)).toBeGreaterThan(best)
        }
      }),
    )
  })
})

describe('meetingIndex', () => {
  it('is the first candle on which the upper line is no longer above', () => {
    const below = lineThrough({ index: 0, price: 0 }, { index: 10, price: 10 })
    expect(meetingIndex(levelLine(20, 3), below)).toBe(20)
    expect(meetingIndex(levelLine(20.5, 3), below)).toBe(21)
  })

  it('is never for lines that part or run side by side', () => {
    const rising = lineThrough({ index: 0, price: 10 }, { index: 10, price: 20 })
    expect(meetingIndex(rising, levelLine(5, 0))).toBe(Number.POSITIVE_INFINITY)
    expect(meetingIndex(levelLine(9, 0), levelLine(5, 0))).toBe(Number.POSITIVE_INFINITY)
  })
})
