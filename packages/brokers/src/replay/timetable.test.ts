import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTimetable } from './timetable.ts'

const seconds = fc.array(fc.integer({ min: 33_300, max: 33_310 }), { maxLength: 200 }).map((list) => ({
  second: Uint32Array.from(list.sort((a, b) => a - b)),
}))

describe('the timetable', () => {
  it('is the same for the same seed', () => {
    fc.assert(
      fc.property(seconds, fc.integer(), (ticks, seed) => {
        expect(createTimetable(ticks, seed)).toEqual(createTimetable(ticks, seed))
      }),
    )
  })

  it('keeps the order and releases every tick inside its recorded second', () => {
    fc.assert(
      fc.property(seconds, fc.integer(), (ticks, seed) => {
        const release = createTimetable(ticks, seed)
        expect([...release]).toEqual([...release].sort((a, b) => a - b))
        expect([...release].map((ms) => Math.floor(ms / 1000))).toEqual([...ticks.second])
      }),
    )
  })

  it('differs for another seed and spreads over the whole second', () => {
    const ticks = { second: new Uint32Array(1_000).fill(33_300) }
    const release = createTimetable(ticks, 1)
    expect(createTimetable(ticks, 2)).not.toEqual(release)
    const tenths = new Set([...release].map((ms) => Math.floor((ms % 1000) / 100)))
    expect(tenths.size).toBe(10)
  })
})
