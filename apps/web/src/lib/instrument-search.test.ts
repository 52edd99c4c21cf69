import { describe, expect, it } from 'vitest'
import { parseInstrumentSearch, studiesOf, toggled } from './instrument-search.ts'

describe('the address of an instrument', () => {
  it('keeps what is well-formed and leaves out the rest', () => {
    expect(
      parseInstrumentSearch({ int: 'week', r: 'soon', with: 'rsi14,macd,sma20', show: '', like: 'NSE:UPL@2014-11-18' }),
    ).toEqual({ int: 'week', with: 'sma20,rsi14', show: '', like: 'NSE:UPL@2014-11-18' })
    expect(parseInstrumentSearch({ i: 'NSE:TCS', with: '', like: 'UPL' })).toEqual({})
  })

  it('adds to a list and takes out of it', () => {
    expect(toggled(studiesOf('sma20'), 'rsi14')).toBe('sma20,rsi14')
    expect(toggled(['a', 'b'], 'a')).toBe('b')
    expect(toggled(['a'], 'a')).toBe('')
  })
})
