import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { guardCell, unguardCell } from './csv-cells.ts'

/** Texts in which what begins a formula, and what guards one, come often. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', '\r', '\n', '＝', 'a', ' ') }),
)

describe('a guarded cell', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1'])(
    'of %j begins with an apostrophe',
    (formula) => {
      expect(guardCell(formula)).toBe(`'${formula}`)
    },
  )

  it.each(['', 'a=1', ' =1', "'quoted'", 'it’s', '1-2'])('of %j is the text itself', (plain) => {
    expect(guardCell(plain)).toBe(plain)
  })

  it('is never a formula and gives back its text, whatever that is', () => {
    fc.assert(
      fc.property(text, (original) => {
        const cell = guardCell(original)
        expect(cell).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/)
        expect(unguardCell(cell)).toBe(original)
      }),
    )
  })
})

describe('a cell that somebody wrote by hand', () => {
  it('keeps its apostrophe unless that guards a formula', () => {
    expect(["'tis", "'", "''", "'=1", "''=1"].map(unguardCell)).toEqual(["'tis", "'", "''", '=1', "'=1"])
  })
})
