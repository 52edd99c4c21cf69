import { addDays, dayMs, formatIst, istMidnight, istTimeOfDayMs, parseTimestamp } from '@banyan/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createManualTime } from '../memory/manual-time.ts'
import { createReplayClock, type ReplayClockParts } from './replay-clock.ts'

const date = '2021-06-09'
const nine = 9 * 3_600_000
const at = (text: string) => parseTimestamp(`${text}+05:30`) ?? Number.NaN

function clockAt(wallText: string, options: Partial<ReplayClockParts> = {}) {
  const wall = createManualTime(at(wallText))
  return { wall, clock: createReplayClock({ wall, date, ...options }) }
}

const wallInstant = fc.integer({ min: at('2020-01-01T00:00:00'), max: at('2030-01-01T00:00:00') })

describe('the replay clock at speed 1', () => {
  it.each([
    ['2026-11-21T10:30:00', '2021-06-09T10:30:00'],
    ['2026-11-22T09:00:00', '2021-06-09T09:00:00'],
    ['2026-11-22T23:59:59.999', '2021-06-09T23:59:59.999'],
    ['2026-11-22T00:00:00', '2021-06-10T00:00:00'],
    ['2026-11-22T08:59:59.999', '2021-06-10T08:59:59.999'],
  ])('shows %s as %s', (wall, market) => {
    expect(clockAt(wall).clock.now()).toBe(at(market))
  })

  it('names its mode and date', () => {
    expect(clockAt('2026-11-21T10:30:00').clock).toMatchObject({ mode: 'replay', recordedDate: date })
  })

  it.each([
    ['2026-11-21T08:00:00', '2026-11-21T09:15:00'],
    ['2026-11-21T09:14:59', '2026-11-21T09:15:00'],
    ['2026-11-21T09:15:00', '2026-11-22T09:15:00'],
    ['2026-11-21T18:00:00', '2026-11-22T09:15:00'],
  ])('at %s reaches the opening next at %s', (wall, opens) => {
    expect(formatIst(clockAt(wall).clock.wallTimeOf(at('2021-06-09T09:15:00')))).toBe(`${opens}+05:30`)
  })

  it('keeps the time of day of the wall, and steps back only at 09:00', () => {
    fc.assert(
      fc.property(wallInstant, fc.integer({ min: 1, max: dayMs - 1 }), (start, step) => {
        const wall = createManualTime(start)
        const clock = createReplayClock({ wall, date })
        const before = clock.now()
        expect(istTimeOfDayMs(before)).toBe(istTimeOfDayMs(start))
        wall.advance(step)
        const crossedNine = (istTimeOfDayMs(start) - nine + dayMs) % dayMs >= dayMs - step
        expect(clock.now() < before).toBe(crossedNine)
      }),
    )
  })

  it('stays from 09:00 of the recorded date to 09:00 of the next', () => {
    fc.assert(
      fc.property(wallInstant, (start) => {
        const now = createReplayClock({ wall: createManualTime(start), date }).now()
        expect(now).toBeGreaterThanOrEqual(istMidnight(date) + nine)
        expect(now).toBeLessThan(istMidnight(addDays(date, 1)) + nine)
      }),
    )
  })
})

describe('the replay clock at another speed or start', () => {
  it('begins at the start time and runs at its speed', () => {
    const { wall, clock } = clockAt('2026-11-21T23:00:00', { speed: 60, startMs: nine + 3_600_000 })
    expect(clock.now()).toBe(at('2021-06-09T10:00:00'))
    wall.advance(60_000)
    expect(clock.now()).toBe(at('2021-06-09T11:00:00'))
  })

  it('begins again at 09:00 when it has reached 16:00', () => {
    const { wall, clock } = clockAt('2026-11-21T23:00:00', { startMs: 16 * 3_600_000 - 1_000 })
    wall.advance(999)
    expect(clock.now()).toBe(at('2021-06-09T15:59:59.999'))
    wall.advance(1)
    expect(clock.now()).toBe(at('2021-06-09T09:00:00'))
  })

  it('plays once and stays at 16:00 when it does not loop; then nothing is reached any more', () => {
    const { wall, clock } = clockAt('2026-11-21T23:00:00', { speed: 3600, loop: false })
    const opening = at('2021-06-09T09:15:00')
    expect([clock.now(), clock.wallTimeOf(opening)]).toEqual([at('2021-06-09T09:00:00'), wall.now() + 250])
    wall.advance(60_000)
    expect([clock.now(), clock.wallTimeOf(opening)]).toEqual([at('2021-06-09T16:00:00'), Number.POSITIVE_INFINITY])
  })

  it('shows the same on every instance and after every restart when no start is given', () => {
    const options = { speed: 7.3 }
    const early = clockAt('2026-11-21T10:00:00', options)
    early.wall.advance(5 * dayMs + 12_345)
    const late = clockAt(formatIst(early.wall.now()).slice(0, -6), options)
    expect(late.clock.now()).toBe(early.clock.now())
  })

  it('never runs backwards inside a loop, and reaches what it says when it says', () => {
    const speed = fc.double({ min: 0.1, max: 600, noNaN: true })
    const position = fc.integer({ min: 0, max: 7 * 3_600_000 - 1 })
    fc.assert(
      fc.property(
        wallInstant,
        speed,
        position,
        position,
        fc.integer({ min: 0, max: 600_000 }),
        (now, s, start, target, step) => {
          const wall = createManualTime(now)
          const clock = createReplayClock({ wall, date, speed: s, startMs: nine + start })
          const begun = clock.now()
          wall.advance(step)
          if (step * s < 7 * 3_600_000 - start - s) expect(clock.now()).toBeGreaterThanOrEqual(begun)
          const instant = istMidnight(date) + nine + target
          const reached = clock.wallTimeOf(instant)
          expect(reached).toBeGreaterThan(wall.now() - 1)
          wall.set(reached)
          const missedBy = Math.abs(clock.now() - instant)
          expect(Math.min(missedBy, 7 * 3_600_000 - missedBy)).toBeLessThanOrEqual(s + 1)
        },
      ),
    )
  })

  it.each([{ speed: 0 }, { speed: -1 }, { speed: Number.NaN }, { startMs: nine - 1 }, { startMs: 16 * 3_600_000 }])(
    'refuses %o',
    (options) => {
      expect(() => clockAt('2026-11-21T10:00:00', options)).toThrow(RangeError)
    },
  )
})
