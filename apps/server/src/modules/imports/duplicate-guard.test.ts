import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createDuplicateGuard } from './duplicate-guard.ts'

it('says new exactly the first time, for any order of series and bars', () => {
  const key = fc.tuple(
    fc.nat(5),
    fc.oneof(fc.integer({ min: -3000, max: 3000 }), fc.integer({ min: 29_000_000, max: 29_003_000 })),
  )
  fc.assert(
    fc.property(fc.array(key, { maxLength: 400 }), (keys) => {
      const guard = createDuplicateGuard()
      const seen = new Set<string>()
      for (const [series, bar] of keys) {
        expect(guard.isNew(series, bar)).toBe(!seen.has(`${series} ${bar}`))
        seen.add(`${series} ${bar}`)
      }
    }),
  )
})
