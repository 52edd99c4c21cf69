import { describe, expect, it } from 'vitest'
import { slicesOf, withRest } from './slices.ts'

describe('slices of a portfolio', () => {
  it('add what has the same name, largest first, and leave out what has no value', () => {
    const slices = slicesOf([
      { name: 'Bank', value: 100 },
      { name: 'IT', value: 250 },
      { name: 'Bank', value: 50 },
      { name: 'Auto', value: null },
      { name: 'Sold', value: -10 },
    ])
    expect(slices.map(({ name, value, percent }) => [name, value, percent])).toEqual([
      ['IT', 250, 62.5],
      ['Bank', 150, 37.5],
    ])
  })

  it('keep their sum when the small ones become one', () => {
    const slices = slicesOf([5, 4, 3, 2, 1].map((value) => ({ name: `N${value}`, value })))
    const few = withRest(slices, 3)
    expect(few.map(({ name, value }) => [name, value])).toEqual([
      ['N5', 5],
      ['N4', 4],
      ['3 others', 6],
    ])
    expect(few.reduce((sum, { percent }) => sum + percent, 0)).toBeCloseTo(100)
    expect(withRest(slices, 5)).toEqual(slices)
  })
})
