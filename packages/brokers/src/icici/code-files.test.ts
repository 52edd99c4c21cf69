import { instrumentId } from '@banyan/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCodeFile } from './code-files.ts'
import { createCodeList } from './code-list.ts'
import { bseFile, nseFile } from './testing/invented-code-files.ts'

describe('the list of codes', () => {
  it('is read by the names of its columns, whatever their case, spaces and quotes', () => {
    expect(readCodeFile('NSE', nseFile(['1', 'BANTRE', 'EQ', 'INE901X01013', 'BANYAN']))).toEqual([
      { exchange: 'NSE', code: 'BANTRE', symbol: 'BANYAN', isin: 'INE901X01013', rank: 0 },
    ])
    expect(readCodeFile('BSE', bseFile(['500001', 'BANTRE', 'DR', 'INE901X01013', 'BANYAN']))).toEqual([
      { exchange: 'BSE', code: 'BANTRE', symbol: 'BANYAN', isin: 'INE901X01013', rank: 0 },
    ])
  })

  it('holds rows with odd tokens, which are never numbers to us', () => {
    const tokens = ['0', 'NA', 'nul', 'X5572']
    const rows = readCodeFile(
      'NSE',
      nseFile(...tokens.map((token, i) => [token, `CODE${i}`, 'EQ', 'INE901X01013', `SYM${i}`])),
    )
    expect(rows.map(({ symbol, isin }) => [symbol, isin])).toEqual(tokens.map((_, i) => [`SYM${i}`, 'INE901X01013']))
  })

  it('names indices by their token, because their symbol is cut', () => {
    const rows = readCodeFile('NSE', nseFile(['Nifty Tall Trees', 'NIFTRE', '0', '', 'NIFTY TALL']))
    expect(createCodeList(rows).listingOf('NSE', 'NIFTRE')).toEqual({
      symbol: 'NIFTY TALL TREES',
      mapped: true,
      isin: null,
    })
  })

  it('takes no number of an offer for sale for an ISIN, even one that passes the check', () => {
    const rows = readCodeFile(
      'NSE',
      nseFile(['OFFOFS', 'OFFOFS', 'EQ', 'INE000000104', 'OFFOFS'], ['020', 'ODDSGS', 'EQ', '00', 'ODDSGS']),
    )
    const codes = createCodeList(rows)
    expect([codes.listingOf('NSE', 'OFFOFS'), codes.listingOf('NSE', 'ODDSGS')]).toEqual([
      { symbol: 'OFFOFS', mapped: false, isin: null },
      { symbol: 'ODDSGS', mapped: false, isin: null },
    ])
  })

  it('gives a symbol to the best series: EQ, then BE, SM, ST, BZ; bonds and warrants keep their code and ISIN', () => {
    const rows = readCodeFile(
      'NSE',
      nseFile(
        ['1', 'BANWA1', 'W1', 'INE907X07017', 'BANYAN'],
        ['2', 'BANBE', 'BE', 'INE902X01011', 'BANYAN'],
        ['3', 'BANTRE', 'EQ', 'INE901X01013', 'BANYAN'],
        ['4', 'PEEPUL', 'BZ', 'INE903X01019', 'PEEPAL'],
      ),
    )
    const codes = createCodeList(rows)
    expect(codes.nameOf(instrumentId('NSE', 'BANYAN'))).toEqual({ exchange: 'NSE', code: 'BANTRE' })
    expect(codes.nameOf(instrumentId('NSE', 'PEEPAL'))).toEqual({ exchange: 'NSE', code: 'PEEPUL' })
    expect(codes.listingOf('NSE', 'BANBE')).toEqual({ symbol: 'BANBE', mapped: false, isin: 'INE902X01011' })
    expect(codes.listingOf('NSE', 'BANWA1')).toEqual({ symbol: 'BANWA1', mapped: false, isin: 'INE907X07017' })
  })

  it('gives a symbol that two shares claim to neither', () => {
    const rows = readCodeFile(
      'BSE',
      bseFile(
        ['500001', 'BANTRE', 'DR', 'INE901X01013', 'BANYAN'],
        ['500002', 'BANOLD', 'C', 'INE902X01011', 'BANYAN'],
      ),
    )
    const codes = createCodeList(rows)
    expect(codes.nameOf(instrumentId('BSE', 'BANYAN'))).toBeNull()
    expect(codes.listingOf('BSE', 'bantre')).toEqual({ symbol: 'BANTRE', mapped: false, isin: 'INE901X01013' })
  })

  it('keeps the text of a code it does not hold', () => {
    expect(createCodeList([]).listingOf('NSE', 'NOBODY')).toEqual({ symbol: 'NOBODY', mapped: false, isin: null })
  })

  it('may lose one row in a hundred and no more', () => {
    const good = Array.from({ length: 99 }, (_, i) => ['1', `C${i}`, 'EQ', 'INE901X01013', `S${i}`])
    const bad = ['1', '', 'EQ', 'INE901X01013', 'X']
    expect(readCodeFile('NSE', nseFile(...good, bad))).toHaveLength(99)
    expect(() => readCodeFile('NSE', nseFile(...good.slice(1), bad))).toThrow()
    expect(() => readCodeFile('NSE', `${nseFile(...good.slice(0, 50))}"1","OPEN\r\n`)).toThrow()
  })

  it.each(['', '\r\n', '<html></html>', 'a,b\r\n1,2\r\n', nseFile()])('is not %j', (text) => {
    expect(() => readCodeFile('NSE', text)).toThrow()
  })

  it('is the wrong one when the exchange is', () => {
    expect(() => readCodeFile('BSE', nseFile(['1', 'BANTRE', 'EQ', 'INE901X01013', 'BANYAN']))).toThrow('scripid')
  })

  it('leads from each code to one symbol and back', () => {
    const cell = fc.stringMatching(/^[A-Z0-9&-]{1,6}$/)
    const rows = fc.uniqueArray(fc.tuple(cell, cell, fc.constantFrom('EQ', 'BE', 'N1')), {
      selector: ([code]) => code,
      minLength: 1,
    })
    fc.assert(
      fc.property(rows, (shares) => {
        const codes = createCodeList(
          readCodeFile(
            'NSE',
            nseFile(...shares.map(([code, symbol, series]) => ['1', code, series, 'INE901X01013', symbol])),
          ),
        )
        for (const [code] of shares) {
          const { symbol, mapped } = codes.listingOf('NSE', code)
          if (mapped) expect(codes.nameOf(instrumentId('NSE', symbol))).toEqual({ exchange: 'NSE', code })
          else expect(symbol).toBe(code)
        }
      }),
    )
  })
})
