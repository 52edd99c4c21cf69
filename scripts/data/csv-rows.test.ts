import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readRows, writeRows } from './csv-rows.ts'

describe('reading', () => {
  it('finds columns by name, in any order and with either line end', () => {
    expect(readRows('a,b,c\r\n1,2,3\r\n', ['c', 'a'])).toEqual([{ c: '3', a: '1' }])
  })

  it('refuses a missing column and quoted cells', () => {
    expect(() => readRows('a,b\n1,2\n', ['d'])).toThrow('no column d')
    expect(() => readRows('a,b\n"1,5",2\n', ['a'])).toThrow('quoted')
  })
})

describe('writing', () => {
  it('refuses a cell that would need quotes', () => {
    expect(() => writeRows(['a'], [{ a: '1,5' }])).toThrow('needs quotes')
  })

  it('gives back every plain cell', () => {
    const cell = fc.string().filter((text) => !/[",\r\n]/.test(text))
    const rows = fc.array(fc.record({ a: fc.constant('x'), b: cell }))
    fc.assert(
      fc.property(rows, (some) => {
        expect(readRows(writeRows(['a', 'b'], some), ['a', 'b'])).toEqual(some)
      }),
    )
  })
})
