import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isCommonPassword, listCommonPasswords } from './common-passwords.ts'

it('knows more than 10,000 common passwords of at least 8 characters, each of them', () => {
  const list = listCommonPasswords()
  expect(list.length).toBeGreaterThanOrEqual(10_000)
  expect(new Set(list).size).toBe(list.length)
  expect(list.every((entry) => [...entry].length >= 8)).toBe(true)
  expect(list.every((entry) => entry === entry.normalize('NFKC').toLowerCase())).toBe(true)
  expect(list.filter((entry) => !isCommonPassword(entry))).toEqual([])
})

it('finds whole entries only', () => {
  expect(isCommonPassword('password1')).toBe(true)
  expect(isCommonPassword('1qaz2wsx3edc')).toBe(true)
  const [first = '', second = ''] = listCommonPasswords()
  for (const text of ['', 'password1x', 'password1 ', 'qaz2wsx3edc', `${first}\n${second}`, '\n', `\n${first}\n`]) {
    expect(isCommonPassword(text)).toBe(false)
  }
})

it('agrees with the list about any text', () => {
  const list = new Set(listCommonPasswords())
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...[...list].slice(0, 500))), (text) => {
      expect(isCommonPassword(text)).toBe(list.has(text))
    }),
  )
})
