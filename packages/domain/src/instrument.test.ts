import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exchanges, parseInstrumentId } from './instrument.ts'

const symbolCharacters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789&-_. ']
const symbols = fc
  .array(fc.constantFrom(...symbolCharacters), { minLength: 1, maxLength: 40 })
  .map((characters) => characters.join(''))
  .filter((symbol) => symbol === symbol.trim())

describe('parseInstrumentId', () => {
  it.each([
    ['tcs', 'NSE:TCS'],
    ['NSE:TCS', 'NSE:TCS'],
    ['nse:m&m', 'NSE:M&M'],
    ['BAJAJ-AUTO', 'NSE:BAJAJ-AUTO'],
    ['NSE:NIFTY 50', 'NSE:NIFTY 50'],
    ['  bse:500325 ', 'BSE:500325'],
    ['NSE: TCS', 'NSE:TCS'],
    ['NFO:NIFTY26MARFUT', 'NFO:NIFTY26MARFUT'],
    ['MCX:CRUDE_OIL.M', 'MCX:CRUDE_OIL.M'],
    ['3MINDIA', 'NSE:3MINDIA'],
    ['NSE', 'NSE:NSE'],
    [`nse:${'a'.repeat(40)}`, `NSE:${'A'.repeat(40)}`],
    [`nse:  ${'a'.repeat(40)}  `, `NSE:${'A'.repeat(40)}`],
  ])('reads %j as %j', (text, id) => {
    expect(parseInstrumentId(text)).toBe(id)
  })

  it.each([
    '',
    ' ',
    'NSE:',
    'NSE: ',
    ':TCS',
    'XYZ:TCS',
    'NSE:TCS:BE',
    'NSE :TCS',
    'NSE:TCS,INFY',
    `NSE:${'A'.repeat(41)}`,
    'NSE:TCS\n',
    'NSE:TCS\u0000',
    'TCS\tINFY',
    "NSE:TCS' OR 1=1",
    'NSE:TCS;DROP',
    'NSE:../ETC',
    'NSE:<B>',
    'NSE:M%26M',
    'NSE:TCS\u00a0',
    'NſE:TCS',
    'NSE:ſBIN',
    'NSE:ıTC',
    'NSE:GROß',
    'NSE:टाटा',
    'NSE:ＴＣＳ',
    '__PROTO__:X',
  ])('refuses %j', (text) => {
    expect(parseInstrumentId(text)).toBeNull()
  })

  it('reads back every ID it gives, in either case', () => {
    fc.assert(
      fc.property(fc.constantFrom(...exchanges), symbols, (exchange, symbol) => {
        const id = parseInstrumentId(`${exchange}:${symbol}`.toLowerCase())
        expect(id).toBe(`${exchange}:${symbol}`)
        expect(parseInstrumentId(id ?? '')).toBe(id)
      }),
    )
  })

  it('gives any text an ID of the contract or none', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const id = parseInstrumentId(text)
        expect(id === null || /^(NSE|BSE|NFO|BFO|CDS|MCX):[A-Z0-9&\-_. ]{1,40}$/.test(id)).toBe(true)
      }),
    )
  })
})
