import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { timeWeightedReturn } from './time-weighted.ts'

const on = (date: string, value: number | null) => ({ date, value })

describe('timeWeightedReturn', () => {
  it('is the growth of the value when no money moves', () => {
    expect(timeWeightedReturn([on('2026-03-10', 1_000), on('2026-03-12', 1_100)], [])).toEqual({
      pct: expect.closeTo(10, 9),
    })
  })

  it('does not take money put in for growth, nor money taken out for a loss', () => {
    const values = [on('2026-03-10', 1_000), on('2026-03-11', 1_500), on('2026-03-12', 1_100)]
    const flows = [
      { date: '2026-03-11', amount: 500 },
      { date: '2026-03-12', amount: -400 },
      { date: '2026-03-10', amount: 1_000 }, // is in the first value
      { date: '2026-03-13', amount: 9_999 },
    ]
    expect(timeWeightedReturn(values, flows)).toEqual({ pct: expect.closeTo(0, 9) })
  })

  it('is what the sale brought when all is sold, and goes on from nothing with nothing', () => {
    const values = [on('2026-03-10', 1_000), on('2026-03-11', 0), on('2026-03-12', 0)]
    expect(timeWeightedReturn(values, [{ date: '2026-03-11', amount: -900 }])).toEqual({
      pct: expect.closeTo(-10, 9),
    })
  })

  it.each([
    ['too_short', []],
    ['too_short', [on('2026-03-10', 1_000)]],
    ['value_unknown', [on('2026-03-10', 1_000), on('2026-03-11', null)]],
    ['no_answer', [on('2026-03-10', 0), on('2026-03-11', 5)]],
  ] as const)('says %s', (unknown, values) => {
    expect(timeWeightedReturn(values, [])).toEqual({ unknown })
  })

  it('does not depend on how much was put in when', () => {
    const growth = fc.double({ min: 0.8, max: 1.25, noNaN: true })
    const step = fc.tuple(growth, fc.double({ min: 0, max: 10_000, noNaN: true }))
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 28 }), (steps) => {
        const values = [on('2026-02-00', 1_000)]
        const flows: { date: string; amount: number }[] = []
        let [value, grown] = [1_000, 1]
        for (const [i, [factor, amount]] of steps.entries()) {
          const date = `2026-02-${String(i + 1).padStart(2, '0')}`
          flows.push({ date, amount })
          value = (value + amount) * factor
          grown *= factor
          values.push(on(date, value))
        }
        expect(timeWeightedReturn(values, flows)).toEqual({ pct: expect.closeTo((grown - 1) * 100, 6) })
      }),
    )
  })
})
