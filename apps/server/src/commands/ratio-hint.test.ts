import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ratioHint } from './ratio-hint.ts'

it.each([
  [1000, 500, '2:1'],
  [1000, 100, '10:1'],
  [1000, 400, '5:2'],
  [100, 1000, '1:10'],
  [1020, 500, '2:1'],
  [980, 500, '2:1'],
  [1021, 500, null],
  [979, 500, null],
  [1000, 130, null],
  [100, 180, null],
])('says of a close of %f followed by %f: %s', (previousClose, close, hint) => {
  expect(ratioHint(previousClose, close)).toBe(hint)
})

it('never says a ratio that is more than 2 % away', () => {
  const price = fc.double({ min: 0.05, max: 1e6, noNaN: true })
  fc.assert(
    fc.property(price, price, (previousClose, close) => {
      const hint = ratioHint(previousClose, close)
      if (hint === null) return
      const [after = 0, before = 0] = hint.split(':').map(Number)
      expect(Math.abs(previousClose / close / (after / before) - 1)).toBeLessThan(0.02000001)
    }),
    { numRuns: 2000 },
  )
})
