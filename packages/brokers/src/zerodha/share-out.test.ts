import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { connectionsAtMost, instrumentsPerConnection, shareOut } from './share-out.ts'

const range = (length: number, from = 0) => Array.from({ length }, (_, i) => from + i)

describe('shareOut', () => {
  it('fills one connection before the next and returns what has no place', () => {
    const { shares, left } = shareOut(range(9_005), [])
    expect(shares.map(({ size }) => size)).toEqual([3_000, 3_000, 3_000])
    expect(left).toEqual([9_000, 9_001, 9_002, 9_003, 9_004])
  })

  it('leaves an instrument where it is when others go and come', () => {
    const { shares } = shareOut(range(4_000), [])
    const next = shareOut([...range(4_000).filter((token) => token % 2 === 0), 77_777], shares)
    expect(next.shares[1]?.has(3_998)).toBe(true)
    expect(next.shares[0]?.has(77_777)).toBe(true)
    expect(next.shares[0]?.has(1)).toBe(false)
  })

  it('gives each instrument exactly one place while there is one', () => {
    const lists = fc.array(
      fc
        .uniqueArray(fc.nat({ max: 20_000 }), { maxLength: 200 })
        .map((tokens) => tokens.flatMap((t) => range(50, t * 50))),
      {
        minLength: 1,
        maxLength: 4,
      },
    )
    fc.assert(
      fc.property(lists, (wanted) => {
        let shared = shareOut([], [])
        for (const tokens of wanted) {
          shared = shareOut(tokens, shared.shares)
          const placed = shared.shares.flatMap((share) => [...share])
          expect([...placed, ...shared.left].sort()).toEqual([...new Set(tokens)].sort())
          expect(Math.max(...shared.shares.map(({ size }) => size))).toBeLessThanOrEqual(instrumentsPerConnection)
          expect(shared.left.length).toBe(
            Math.max(0, new Set(tokens).size - connectionsAtMost * instrumentsPerConnection),
          )
        }
      }),
      { numRuns: 20 },
    )
  })
})
