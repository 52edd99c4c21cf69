import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createReplayBook, nothing, officialClose, previousClose } from './replay-book.ts'
import { createReplayCursor } from './replay-cursor.ts'
import type { ReplayDay } from './replay-day.ts'
import { type InventedTick, inventDay, recordedMidnight } from './testing/invented-day.ts'
import { createTimetable } from './timetable.ts'

const open = 33_300
const end = 55_800

/** Few seconds, many ticks in each, so that same-second and out-of-order ticks are the rule. Ends after the session now and then. */
const ticks = fc.array(
  fc.tuple(
    fc.constantFrom(0 as const, 1 as const, 2 as const),
    fc.oneof(fc.integer({ min: open, max: open + 5 }), fc.integer({ min: end - 2, max: end + 20 })),
    fc.integer({ min: 1, max: 9_999 }),
    fc.nat(1_000),
  ),
  { maxLength: 120 },
)
const instant = fc.oneof(
  fc.integer({ min: open * 1000 - 500, max: (open + 7) * 1000 }),
  fc.integer({ min: (end - 3) * 1000, max: (end + 25) * 1000 }),
  fc.integer({ min: 32_400_000, max: 118_800_000 }),
)

/** Plays every tick from the beginning: slow, and plainly what replaying means. */
function playFromTheBeginning(day: ReplayDay, seed: number, ms: number): number[] {
  const release = createTimetable(day.ticks, seed)
  const dayEnd = Math.max(end * 1000, release.at(-1) ?? 0)
  const showing: number[] = day.instruments.map((instrument) => (instrument.previous ? previousClose : nothing))
  day.ticks.instrument.forEach((position, tick) => {
    if ((release[tick] ?? 0) <= ms) showing[position] = tick
  })
  return day.instruments.map((instrument, position) => {
    const closesAt = day.ticks.instrument.includes(position) ? dayEnd : end * 1000
    return instrument.close && ms >= closesAt ? officialClose : (showing[position] ?? nothing)
  })
}

describe('the replay cursor', () => {
  it('shows after any moves what playing all ticks up to there shows', () => {
    fc.assert(
      fc.property(ticks, fc.integer(), fc.array(instant, { minLength: 1, maxLength: 12 }), (list, seed, moves) => {
        const day = inventDay(list)
        const cursor = createReplayCursor(createReplayBook(day, seed))
        for (const ms of moves) {
          cursor.moveTo(recordedMidnight + ms)
          const shown = day.instruments.map((_, position) => cursor.showing(position))
          expect(shown).toEqual(playFromTheBeginning(day, seed, ms))
        }
      }),
    )
  })

  it('reports exactly the instruments whose showing changed, each once', () => {
    fc.assert(
      fc.property(ticks, fc.integer(), fc.array(instant, { minLength: 2, maxLength: 12 }), (list, seed, moves) => {
        const day = inventDay(list)
        const cursor = createReplayCursor(createReplayBook(day, seed))
        let before: number[] = day.instruments.map(() => nothing)
        for (const ms of moves) {
          const changed = [...cursor.moveTo(recordedMidnight + ms)].sort()
          const now = day.instruments.map((_, position) => cursor.showing(position))
          expect(changed).toEqual(now.flatMap((what, position) => (what === before[position] ? [] : [position])))
          before = now
        }
      }),
    )
  })

  it('shows a tick from its release on and not before', () => {
    const book = createReplayBook(
      inventDay([
        [0, open, 1, 1],
        [0, open + 1, 2, 2],
      ]),
      3,
    )
    const [first = 0, second = 0] = book.release
    const shown = [first - 1, first, second - 1, second].map((ms) => book.showingAt(0, ms))
    expect(shown).toEqual([previousClose, 0, 0, 1])
    const cursor = createReplayCursor(book)
    const walked = [first - 1, first, second - 1, second].map((ms) => {
      cursor.moveTo(recordedMidnight + ms)
      return cursor.showing(0)
    })
    expect(walked).toEqual(shown)
  })

  it('walks and jumps to the same place', () => {
    const many: InventedTick[] = Array.from({ length: 9_000 }, (_, i) => [
      0,
      open + Math.floor(i / 3),
      100 + (i % 50),
      i,
    ])
    const book = createReplayBook(inventDay(many), 7)
    const [walking, jumping] = [createReplayCursor(book), createReplayCursor(book)]
    for (let ms = open * 1000; ms <= (open + 2_900) * 1000; ms += 1_000) walking.moveTo(recordedMidnight + ms)
    jumping.moveTo(recordedMidnight + open * 1000)
    jumping.moveTo(recordedMidnight + (open + 2_900) * 1000)
    expect(walking.showing(0)).toBe(jumping.showing(0))
    expect(walking.showing(0)).toBeGreaterThan(8_000)
  })
})
