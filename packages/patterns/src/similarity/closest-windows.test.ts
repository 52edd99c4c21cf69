import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createClosestWindows, type FoundWindow } from './closest-windows.ts'

/** Few positions and few distances, so that overlaps and ties abound. */
const windows = fc.uniqueArray(fc.record({ position: fc.nat({ max: 60 }), squared: fc.integer({ min: 1, max: 12 }) }), {
  selector: ({ position }) => position,
  maxLength: 60,
})

function choose(all: readonly FoundWindow[], k: number, length: number): FoundWindow[] {
  const chosen: FoundWindow[] = []
  for (const one of all.toSorted((a, b) => a.squared - b.squared || a.position - b.position))
    if (chosen.every(({ position }) => Math.abs(position - one.position) >= length)) chosen.push(one)
  return chosen.slice(0, k)
}

const setting = [windows, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 9 })] as const

it('keeps every window that the closest without overlap are chosen from, in whatever order they come', () => {
  fc.assert(
    fc.property(...setting, (all, k, length) => {
      const closest = createClosestWindows(k, length)
      for (const { position, squared } of all) if (squared <= closest.limit()) closest.offer(position, squared)
      expect(choose(closest.list(), k, length)).toEqual(choose(all, k, length))
    }),
    { numRuns: 3_000 },
  )
})

it('keeps them also when some were foreseen', () => {
  fc.assert(
    fc.property(...setting, fc.integer({ min: 1, max: 4 }), (all, k, length, every) => {
      const closest = createClosestWindows(k, length)
      for (const { position, squared } of all) if (position % every === 0) closest.foresee(position, squared)
      for (const { position, squared } of all) if (squared <= closest.limit()) closest.offer(position, squared)
      expect(choose(closest.list(), k, length)).toEqual(choose(all, k, length))
    }),
    { numRuns: 1_000 },
  )
})

it('lets go of what has fallen beyond the limit', () => {
  const closest = createClosestWindows(1, 5)
  for (let squared = 20_000; squared > 0; squared--) closest.offer(squared * 10, squared)
  expect(closest.limit()).toBe(1)
  expect(closest.list()).toEqual([{ position: 10, squared: 1 }])
})
