import { expect, it } from 'vitest'
import { groupBy } from './group-by.ts'

it('groups by key in the order the keys first came', () => {
  const groups = groupBy(['beta', 'alpha', 'bow'], (word) => word.slice(0, 1))
  expect([...groups]).toEqual([
    ['b', ['beta', 'bow']],
    ['a', ['alpha']],
  ])
  expect(groupBy([], String)).toEqual(new Map())
})
