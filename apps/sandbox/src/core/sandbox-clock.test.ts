import { createManualTime } from '@banyan/brokers/memory'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createSandboxClock } from './sandbox-clock.ts'

it('runs with real time from where it starts', () => {
  const wall = createManualTime(1_000_000)
  const clock = createSandboxClock(wall, 5_000)
  wall.advance(250)
  expect(clock.now()).toBe(5_250)
})

it('stands still while frozen, moves when told to, and goes on from where it stands', () => {
  const wall = createManualTime(0)
  const clock = createSandboxClock(wall, 100)
  clock.freeze()
  wall.advance(10_000)
  clock.advance(5)
  expect([clock.now(), clock.isFrozen()]).toEqual([105, true])
  clock.set(50)
  clock.resume()
  wall.advance(7)
  expect([clock.now(), clock.isFrozen()]).toEqual([57, false])
})

it('refuses to be advanced backwards', () => {
  const clock = createSandboxClock(createManualTime(0), 0)
  expect(() => clock.advance(-1)).toThrow(RangeError)
})

const moves = fc.array(
  fc.oneof(
    fc.record({ set: fc.integer({ min: 0, max: 1e12 }) }),
    fc.record({ advance: fc.integer({ min: 0, max: 1e9 }) }),
    fc.record({ pass: fc.integer({ min: -1e6, max: 1e9 }) }),
    fc.constantFrom({ freeze: true }, { freeze: false }),
  ),
)

it('counts elapsed time through every move, and never backwards', () => {
  fc.assert(
    fc.property(moves, (steps) => {
      let wallNow = 1e9
      const clock = createSandboxClock({ now: () => wallNow }, 0)
      let before = clock.elapsedMs()
      for (const step of steps) {
        if ('set' in step) clock.set(step.set)
        else if ('advance' in step) clock.advance(step.advance)
        else if ('pass' in step) wallNow += step.pass
        else if (step.freeze) clock.freeze()
        else clock.resume()
        const after = clock.elapsedMs()
        expect(after).toBeGreaterThanOrEqual(before)
        if ('advance' in step && before > 0) expect(after - before).toBeLessThanOrEqual(step.advance)
        before = after
      }
    }),
  )
})
