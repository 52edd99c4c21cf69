import { describe, expect, it } from 'vitest'
import { bookSymbol, readNseSymbol } from './listed-symbol.ts'

describe('readNseSymbol', () => {
  it.each([
    ['INFY', 'INFY', 'EQ', 'equity'],
    ['BAJAJ-AUTO', 'BAJAJ-AUTO', 'EQ', 'equity'],
    ['NAM-INDIA', 'NAM-INDIA', 'EQ', 'equity'],
    ['MCDOWELL-N', 'MCDOWELL-N', 'EQ', 'equity'],
    ['M&M', 'M&M', 'EQ', 'equity'],
    ['J&KBANK', 'J&KBANK', 'EQ', 'equity'],
    ['IDEA-BE', 'IDEA', 'BE', 'equity'],
    ['BAJAJ-AUTO-BZ', 'BAJAJ-AUTO', 'BZ', 'equity'],
    ['SMALLCO-SM', 'SMALLCO', 'SM', 'equity'],
    ['SMALLCO-ST', 'SMALLCO', 'ST', 'equity'],
    ['OFFICES-RR', 'OFFICES', 'RR', 'fund'],
    ['ROADS-IV', 'ROADS', 'IV', 'fund'],
    ['7AB35-SG', '7AB35-SG', 'SG', 'bond'],
    ['7AB35-GS', '7AB35-GS', 'GS', 'bond'],
    ['GOLD30-GB', 'GOLD30-GB', 'GB', 'bond'],
    ['ROADCO-N0', 'ROADCO-N0', 'N0', 'bond'],
    ['ROADCO-YA', 'ROADCO-YA', 'YA', 'bond'],
    ['ROADCO-ZZ', 'ROADCO-ZZ', 'ZZ', 'bond'],
    ['STEELPP-E1', 'STEELPP-E1', 'E1', null],
    ['STEEL-W1', 'STEEL-W1', 'W1', null],
    ['STEEL-BL', 'STEEL-BL', 'BL', null],
  ])('reads %s as %s of series %s, %s', (tradingSymbol, symbol, series, kind) => {
    expect(readNseSymbol(tradingSymbol)).toEqual({ symbol, series, kind })
  })
})

describe('bookSymbol', () => {
  it('knows series on NSE alone', () => {
    expect(bookSymbol('BSE', 'ABC-BE')).toEqual({ symbol: 'ABC-BE', mapped: true })
    expect(bookSymbol('NSE', 'ABC-BE')).toEqual({ symbol: 'ABC', mapped: true })
    expect(bookSymbol('NFO', 'NIFTY26MARFUT')).toEqual({ symbol: 'NIFTY26MARFUT', mapped: true })
  })

  it('keeps the broker’s own writing of what has not the form of a symbol', () => {
    expect(bookSymbol('NSE', 'a*b')).toEqual({ symbol: 'a*b', mapped: false })
  })
})
